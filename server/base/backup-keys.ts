import { createECDH, createHash, createPrivateKey, hkdfSync, type KeyObject } from 'node:crypto'
import type { BackupKey } from '../../domain/collect/collect.ts'
import type { Keys } from './keys.ts'

/** The key that telephones seal their backups to, and all that can still be opened, by name. */
export type BackupKeys = { publicKey: BackupKey; find(kid: string | undefined): KeyObject | null }

/** The order of P-256 (FIPS 186-5). */
const ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n
/** 16 bytes more than the order has, so that the remainder favours no scalar (FIPS 186-5, A.2.1). */
const SEED_BYTES = 48, COORDINATE_BYTES = 32

/** They follow from secrets of the keys file: no other file must be kept, and every server of a database has the same. */
export function makeBackupKeys({ backup, backupBefore = [] }: Pick<Keys, 'backup' | 'backupBefore'>): BackupKeys {
  const [current, ...before] = [backup, ...backupBefore].map(makePair) as [Pair, ...Pair[]]
  const known = new Map([current, ...before].map(pair => [pair.publicKey.kid, pair.privateKey]))
  return { publicKey: current.publicKey, find: kid => known.get(kid ?? '') ?? null }
}

type Pair = { publicKey: BackupKey; privateKey: KeyObject }

function makePair(secret: string): Pair {
  const seed = Buffer.from(hkdfSync('sha256', secret, '', 'rakkaeo backup of a telephone', SEED_BYTES)).toString('hex')
  const scalar = Buffer.from((BigInt(`0x${seed}`) % (ORDER - 1n) + 1n).toString(16).padStart(2 * COORDINATE_BYTES, '0'), 'hex')
  const curve = createECDH('prime256v1')
  curve.setPrivateKey(scalar)
  const point = curve.getPublicKey(), coordinate = (at: number) => point.subarray(at, at + COORDINATE_BYTES).toString('base64url')
  const jwk = { crv: 'P-256', kty: 'EC', x: coordinate(1), y: coordinate(1 + COORDINATE_BYTES) } as const
  // the thumbprint of RFC 7638: exactly these members, in this order
  const kid = createHash('sha256').update(JSON.stringify(jwk)).digest('base64url')
  return { publicKey: { ...jwk, kid, use: 'enc', alg: 'ECDH-ES' }, privateKey: createPrivateKey({ key: { ...jwk, d: scalar.toString('base64url') }, format: 'jwk' }) }
}
