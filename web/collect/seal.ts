/** Closed under a person's device key. */
export type Sealed = { iv: Uint8Array; bytes: Uint8Array }
type Bytes = Uint8Array<ArrayBuffer>

const IV_BYTES = 12
const encode = (text: string): Bytes => new TextEncoder().encode(text)
const way = (iv: Uint8Array, about: string) => ({ name: 'AES-GCM', iv: iv as Bytes, additionalData: encode(about) })

/** `about` says what it is and of which entry: what was closed as one thing does not open as another. */
export async function closeBytes(key: CryptoKey, about: string, bytes: Uint8Array): Promise<Sealed> {
  const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES))
  return { iv, bytes: new Uint8Array(await crypto.subtle.encrypt(way(iv, about), key, bytes as Bytes)) }
}

export async function openBytes(key: CryptoKey, about: string, { iv, bytes }: Sealed): Promise<Bytes> {
  return new Uint8Array(await crypto.subtle.decrypt(way(iv, about), key, bytes as Bytes))
}

export const closeValue = (key: CryptoKey, about: string, value: unknown): Promise<Sealed> => closeBytes(key, about, encode(JSON.stringify(value)))

export async function openValue<T>(key: CryptoKey, about: string, sealed: Sealed): Promise<T> {
  return JSON.parse(new TextDecoder().decode(await openBytes(key, about, sealed))) as T
}

/** A random key that never leaves the browser but wrapped. */
export const makeKey = (): Promise<CryptoKey> => crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, true, ['encrypt', 'decrypt'])

/**
 * As many rounds as OWASP asks of PBKDF2 with SHA-256 (2023). Four digits can be tried out all the same: a PIN deters, it does not protect.
 * Without a PIN there is nothing to try out, and nothing to wait for when the phone is opened.
 */
export const ROUNDS = 600_000

async function pinKey(pin: string, salt: Uint8Array): Promise<CryptoKey> {
  const base = await crypto.subtle.importKey('raw', encode(pin), 'PBKDF2', false, ['deriveKey'])
  return crypto.subtle.deriveKey({ name: 'PBKDF2', hash: 'SHA-256', salt: salt as Bytes, iterations: pin === '' ? 1 : ROUNDS }, base, { name: 'AES-GCM', length: 256 }, false, ['wrapKey', 'unwrapKey'])
}

export type Wrapped = { salt: Uint8Array; iv: Uint8Array; wrapped: Uint8Array }

export async function wrapKey(key: CryptoKey, pin: string): Promise<Wrapped> {
  const salt = crypto.getRandomValues(new Uint8Array(16)), iv = crypto.getRandomValues(new Uint8Array(IV_BYTES))
  return { salt, iv, wrapped: new Uint8Array(await crypto.subtle.wrapKey('raw', key, await pinKey(pin, salt), { name: 'AES-GCM', iv })) }
}

/** Null: the PIN is another. `mayLeave` only where the key is about to be wrapped anew. */
export async function unwrapKey({ salt, iv, wrapped }: Wrapped, pin: string, mayLeave = false): Promise<CryptoKey | null> {
  const with_ = await pinKey(pin, salt)
  return crypto.subtle.unwrapKey('raw', wrapped as Bytes, with_, { name: 'AES-GCM', iv: iv as Bytes }, 'AES-GCM', mayLeave, ['encrypt', 'decrypt']).catch(() => null)
}
