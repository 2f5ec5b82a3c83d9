import { createHmac } from 'node:crypto'
import type { BetterAuthPlugin } from 'better-auth'
import { createAuthorizationURL, validateAuthorizationCode, verifyProviderIdToken, type OAuth2Tokens, type OAuthProvider } from 'better-auth/oauth2'
import { createRemoteJWKSet, decodeJwt } from 'jose'
import type { ThaidSettings } from '../base/environment.door.ts'

export const THAID = 'thaid'
/** Signatures with a public key only: a token signed with our own secret proves nothing. */
const SIGNATURES = ['RS256', 'PS256', 'ES256']
const PATIENCE_MS = 10_000

/** What is known of the person: their citizen's number as a keyed hash, and nothing else. */
type Known = { subject: string }

/** The citizen's number as it is kept: whoever has no key cannot turn it back, nor try all numbers. */
export function hashPid(pid: string, key: string): string {
  return createHmac('sha256', key).update(`pid ${pid}`).digest('base64url')
}

/** ThaID (DOPA) as a way to sign in: OpenID Connect with the addresses of the settings, since it publishes no discovery document. */
export function thaid(settings: ThaidSettings, pidKey: string): BetterAuthPlugin {
  const provider = makeProvider(settings, pidKey)
  return { id: THAID, init: ctx => ({ context: { socialProviders: [...ctx.socialProviders, provider as OAuthProvider] } }) }
}

function makeProvider(settings: ThaidSettings, pidKey: string): OAuthProvider<Known> {
  const { clientId, clientSecret, issuer } = settings
  const client = { clientId, clientSecret }
  const provider: OAuthProvider<Known> = {
    id: THAID, name: 'ThaID', issuer, disableSignUp: true, requiresIdTokenNonce: settings.nonce,
    options: { ...client, disableSignUp: true },
    idToken: { jwks: createRemoteJWKSet(new URL(settings.jwksUrl)), issuer, audience: clientId, algorithms: SIGNATURES },
    createAuthorizationURL: ({ state, codeVerifier, redirectURI, idTokenNonce }) => createAuthorizationURL({
      id: THAID, options: client, authorizationEndpoint: settings.authUrl, state, redirectURI, scopes: settings.scopes,
      ...(settings.pkce && { codeVerifier }), ...(idTokenNonce && { nonce: idTokenNonce }),
    }),
    validateAuthorizationCode: ({ code, codeVerifier, redirectURI }) => soon(validateAuthorizationCode({
      code, redirectURI, options: client, tokenEndpoint: settings.tokenUrl, authentication: 'basic', ...(settings.pkce && codeVerifier && { codeVerifier }),
    })),
    getUserInfo: async ({ expectedIdTokenNonce, ...tokens }) => {
      const genuine = tokens.idToken !== undefined && await verifyProviderIdToken(provider, tokens.idToken, expectedIdTokenNonce)
      const pid = genuine ? findPid(tokens) : null
      return pid === null ? null : knownAs(hashPid(pid, pidKey))
    },
    accountSubject: ({ profile }) => profile.subject,
  }
  return provider
}

/** In the id token, or beside it in the same reply. */
function findPid({ idToken = '', raw }: OAuth2Tokens): string | null {
  const pid = decodeJwt(idToken)['pid'] ?? raw?.['pid']
  return typeof pid === 'string' && /^\d{13}$/.test(pid) ? pid : null
}

/** An address that cannot exist, since there has to be one; it never meets an account's. */
function knownAs(subject: string) {
  return { user: { name: '', email: `${subject.toLowerCase()}@thaid.invalid`, emailVerified: false }, data: { subject } }
}

function soon<T>(work: Promise<T>): Promise<T> {
  const late = new Promise<never>((_, reject) => { setTimeout(() => reject(new Error('the provider does not answer')), PATIENCE_MS).unref() })
  return Promise.race([work, late])
}
