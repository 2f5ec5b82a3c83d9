import { betterAuth } from 'better-auth'
import { twoFactor, username } from 'better-auth/plugins'
import { UserName, PASSWORD_LEAST, PASSWORD_MOST } from '../../domain/access/api.sign-in.ts'
import type { ThaidSettings } from '../base/environment.door.ts'
import type { Keys } from '../base/keys.ts'
import type { AuthDb } from '../db/db.ts'
import { THAID, thaid } from './thaid.ts'

const DAY = 86_400, MINUTE = 60
export const SESSION_SECONDS = 7 * DAY
export const RESET_MAIL_SECONDS = 60 * MINUTE
export const ADDRESS_HEADER = 'x-rakkaeo-asker'

export type AuthParts = {
  db: AuthDb; keys: Pick<Keys, 'session' | 'pid'>; baseUrl: string; thaid: ThaidSettings | null
  sendReset: (to: { id: string; email: string }, token: string) => Promise<void>
  onReset: (personId: string) => Promise<void>
  /** Work that nobody waits for, so that the time of an answer does not tell whether there is an account. */
  later: (work: Promise<unknown>) => void
  log: (level: string, message: string) => void
}
export type Auth = ReturnType<typeof makeAuth>

/** better-auth over our own schema. Its addresses are not reachable from outside: server/auth asks it in-process. */
export function makeAuth(parts: AuthParts) {
  const { db, keys, baseUrl } = parts
  return betterAuth({
    appName: 'Rakkaeo', baseURL: baseUrl, secret: keys.session, telemetry: { enabled: false }, rateLimit: { enabled: false },
    database: { db, type: 'postgres', transaction: true, schemaName: 'auth' },
    // only the message: what comes with it can hold names, addresses and tokens
    logger: { level: 'error', log: (level, message) => parts.log(level, String(message)) },
    onAPIError: { errorURL: `${baseUrl}/sign-in` },
    emailAndPassword: {
      enabled: true, disableSignUp: true, minPasswordLength: PASSWORD_LEAST, maxPasswordLength: PASSWORD_MOST,
      revokeSessionsOnPasswordReset: true, resetPasswordTokenExpiresIn: RESET_MAIL_SECONDS,
      sendResetPassword: ({ user, token }) => parts.sendReset(user, token), onPasswordReset: ({ user }) => parts.onReset(user.id),
    },
    advanced: {
      cookiePrefix: 'rakkaeo', useSecureCookies: false, database: { generateId: 'uuid' }, ipAddress: { ipAddressHeaders: [ADDRESS_HEADER] },
      defaultCookieAttributes: { httpOnly: true, sameSite: 'lax', path: '/' }, backgroundTasks: { handler: parts.later },
    },
    ...TABLES,
    databaseHooks: { account: { create: { before: async account => ({ data: withoutTokens(account) }) }, update: { before: async account => ({ data: withoutTokens(account) }) } } },
    plugins: [
      username({ displayUsername: false, usernameNormalization: name => name.trim().toLowerCase(), usernameValidator: name => UserName.safeParse(name).success, maxUsernameLength: 40, schema: { user: { fields: { username: 'user_name' } } } }),
      twoFactor({ issuer: 'Rakkaeo', schema: { user: { fields: { twoFactorEnabled: 'two_factor_enabled' } }, twoFactor: TWO_FACTOR } }),
      ...(parts.thaid ? [thaid(parts.thaid, keys.pid)] : []),
    ],
  })
}

/** What a provider hands out can hold the citizen's number: nothing of it is kept. The table refuses it too. */
function withoutTokens<T extends object>(account: T): T {
  return { ...account, accessToken: null, refreshToken: null, idToken: null }
}

const TIMES = { createdAt: 'created_at', updatedAt: 'updated_at' }
const TWO_FACTOR = {
  modelName: 'two_factor',
  fields: { backupCodes: 'backup_codes', userId: 'user_id', failedVerificationCount: 'failed_verification_count', lockedUntil: 'locked_until' },
}
/** Our names of its tables and columns (db/migrations/0007_auth.sql), and how long things hold. */
const TABLES = {
  user: { fields: { emailVerified: 'email_verified', ...TIMES } },
  session: {
    expiresIn: SESSION_SECONDS, disableSessionRefresh: true,
    fields: { expiresAt: 'expires_at', ipAddress: 'ip_address', userAgent: 'user_agent', userId: 'user_id', ...TIMES },
  },
  account: {
    updateAccountOnSignIn: false,
    accountLinking: { enabled: true, disableImplicitLinking: true, allowDifferentEmails: true, trustedProviders: [THAID] },
    fields: {
      accountId: 'account_id', providerId: 'provider_id', userId: 'user_id', accessToken: 'access_token', refreshToken: 'refresh_token', idToken: 'id_token',
      accessTokenExpiresAt: 'access_token_expires_at', refreshTokenExpiresAt: 'refresh_token_expires_at', ...TIMES,
    },
  },
  verification: { storeIdentifier: 'hashed' as const, fields: { expiresAt: 'expires_at', ...TIMES } },
}
