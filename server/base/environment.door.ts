import { z } from 'zod'

const WITHOUT = z.enum(['pkce', 'nonce'])
const NATIONAL_ISSUER = 'https://imauth.bora.dopa.go.th'

/** What the door needs to know: e-mail, and ThaID. Addresses are kept to the letter, with the slash at their end. */
export const DOOR_SETTINGS = {
  /** `smtp://user:password@host:587` or `smtps://…` */
  RAKKAEO_SMTP_URL: z.url({ protocol: /^smtps?$/ }).optional(),
  RAKKAEO_MAIL_FROM: z.string().regex(/^[^\r\n]+$/).default('Rakkaeo <no-reply@localhost>'),
  RAKKAEO_THAID_CLIENT_ID: z.string().optional(),
  RAKKAEO_THAID_CLIENT_SECRET: z.string().optional(),
  RAKKAEO_THAID_ISSUER: z.url().default(NATIONAL_ISSUER),
  RAKKAEO_THAID_AUTH_URL: z.url().optional(),
  RAKKAEO_THAID_TOKEN_URL: z.url().optional(),
  RAKKAEO_THAID_JWKS_URL: z.url().optional(),
  RAKKAEO_THAID_SCOPES: z.string().default('openid pid'),
  /** What the provider does not know: `pkce`, `nonce`, or both with a comma. */
  RAKKAEO_THAID_WITHOUT: z.string().default('').transform(text => text.split(',').filter(Boolean)).pipe(z.array(WITHOUT)),
}

export type ThaidSettings = {
  clientId: string; clientSecret: string; issuer: string; authUrl: string; tokenUrl: string; jwksUrl: string
  scopes: string[]; pkce: boolean; nonce: boolean
}
/** Null: no e-mail is sent, nobody comes in by ThaID. */
export type DoorSettings = { mail: { url: string; from: string } | null; thaid: ThaidSettings | null }

type Read = z.infer<z.ZodObject<typeof DOOR_SETTINGS>>

export function doorSettingsOf(set: Read): DoorSettings {
  return { mail: set.RAKKAEO_SMTP_URL ? { url: set.RAKKAEO_SMTP_URL, from: set.RAKKAEO_MAIL_FROM } : null, thaid: thaidOf(set) }
}

function thaidOf(set: Read): ThaidSettings | null {
  const { RAKKAEO_THAID_CLIENT_ID: clientId, RAKKAEO_THAID_CLIENT_SECRET: clientSecret, RAKKAEO_THAID_ISSUER: issuer } = set
  if (!clientId || !clientSecret) return null
  const base = issuer.replace(/\/+$/, '')
  return {
    clientId, clientSecret, issuer,
    authUrl: set.RAKKAEO_THAID_AUTH_URL ?? `${base}/api/v2/oauth2/auth/`,
    tokenUrl: set.RAKKAEO_THAID_TOKEN_URL ?? `${base}/api/v2/oauth2/token/`,
    jwksUrl: set.RAKKAEO_THAID_JWKS_URL ?? `${base}/jwks/`,
    scopes: set.RAKKAEO_THAID_SCOPES.split(/\s+/).filter(Boolean),
    pkce: !set.RAKKAEO_THAID_WITHOUT.includes('pkce'), nonce: !set.RAKKAEO_THAID_WITHOUT.includes('nonce'),
  }
}
