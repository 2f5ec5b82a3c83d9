import { createCipheriv, createDecipheriv, createHash, createHmac, hkdfSync, randomBytes } from 'node:crypto'
import type { Keys } from './keys.ts'

/** Opens and closes citizens' numbers with the keys of the keys file; nobody without them can read, or try out, what the database holds. */
export type Seal = { close(number: string): string; open(sealed: string): string; hash(number: string): Buffer }

const MARK = 'sealed:1:', NONCE_BYTES = 12, TAG_BYTES = 16, KEY_BYTES = 32

/** AES-256-GCM under a key that follows from `pid`; for look-up an HMAC-SHA-256 under another that does. */
export function makeSeal({ pid }: Pick<Keys, 'pid'>): Seal {
  const derive = (use: string) => Buffer.from(hkdfSync('sha256', pid, '', `rakkaeo national id ${use}`, KEY_BYTES))
  const sealKey = derive('seal'), hashKey = derive('hash')
  return {
    close: number => {
      const nonce = randomBytes(NONCE_BYTES), cipher = createCipheriv('aes-256-gcm', sealKey, nonce)
      const body = Buffer.concat([cipher.update(number, 'utf8'), cipher.final()])
      return MARK + Buffer.concat([nonce, cipher.getAuthTag(), body]).toString('base64url')
    },
    open: sealed => {
      const bytes = Buffer.from(sealed.slice(MARK.length), 'base64url')
      const cipher = createDecipheriv('aes-256-gcm', sealKey, bytes.subarray(0, NONCE_BYTES)).setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES))
      return Buffer.concat([cipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES)), cipher.final()]).toString('utf8')
    },
    hash: number => createHmac('sha256', hashKey).update(number).digest(),
  }
}

export function isSealed(text: string): boolean {
  return text.startsWith(MARK)
}

export function sha256(bytes: string | Uint8Array): Buffer {
  return createHash('sha256').update(bytes).digest()
}
