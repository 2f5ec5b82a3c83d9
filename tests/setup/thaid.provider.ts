/** The process of the OpenID provider that stands in for ThaID; started by thaid.ts with its settings as the only argument. */
import { once } from 'node:events'
import { decodeJwt, exportJWK, generateKeyPair, importJWK, SignJWT, type JWK } from 'jose'
// @ts-expect-error it brings no types
import Provider from 'oidc-provider'

const { issuer, port, clientId, clientSecret, redirectUri, people, wrong } = JSON.parse(process.argv[2] as string)

const genuine = await makeKey()
const forged = await makeKey()

async function makeKey(): Promise<JWK> {
  const { privateKey } = await generateKeyPair('RS256', { extractable: true })
  return { ...await exportJWK(privateKey), kid: 'thaid', use: 'sig', alg: 'RS256' }
}

const provider = new Provider(issuer, {
  clients: [{ client_id: clientId, client_secret: clientSecret, redirect_uris: [redirectUri], response_types: ['code'], grant_types: ['authorization_code'], token_endpoint_auth_method: 'client_secret_basic' }],
  jwks: { keys: [genuine] },
  routes: { authorization: '/api/v2/oauth2/auth/', token: '/api/v2/oauth2/token/', jwks: '/jwks/' },
  // ThaID tells what was asked for in the id token itself
  claims: { openid: ['sub'], pid: ['pid'] }, conformIdTokenClaims: false,
  features: { devInteractions: { enabled: true } },
  findAccount: (_: unknown, id: string) => ({ accountId: id, claims: async () => ({ sub: id, pid: people[id] }) }),
})

/** A provider that is not what it says: a token for somebody else, or signed by somebody else. */
async function falsify(token: string): Promise<string> {
  const claims = decodeJwt(token)
  const signer = wrong === 'key' ? forged : genuine
  return new SignJWT({ ...claims, ...(wrong === 'audience' && { aud: 'somebody-else' }) }).setProtectedHeader({ alg: 'RS256', kid: 'thaid' }).sign(await importJWK(signer, 'RS256'))
}

if (wrong) {
  provider.use(async (ctx: { body: { id_token?: string } }, next: () => Promise<void>) => {
    await next()
    if (ctx.body?.id_token) ctx.body = { ...ctx.body, id_token: await falsify(ctx.body.id_token) }
  })
}

await once(provider.listen(port, '127.0.0.1'), 'listening')
process.send?.('ready')
