import { calculateJwkThumbprint, CompactEncrypt, compactDecrypt, importJWK } from 'jose'
import { expect, test } from 'vitest'
import { makeBackupKeys } from './backup-keys.ts'

const FIRST = 'a'.repeat(43), SECOND = 'b'.repeat(43)
const seal = async (keys: ReturnType<typeof makeBackupKeys>) =>
  new CompactEncrypt(Buffer.from('ครัวเรือน')).setProtectedHeader({ alg: 'ECDH-ES', enc: 'A256GCM', kid: keys.publicKey.kid }).encrypt(await importJWK({ ...keys.publicKey }, 'ECDH-ES') as CryptoKey)

test('what is sealed to the public key is opened by the private one of that name', async () => {
  const keys = makeBackupKeys({ backup: FIRST })
  expect(keys.publicKey.kid).toBe(await calculateJwkThumbprint({ ...keys.publicKey }))
  const { plaintext } = await compactDecrypt(await seal(keys), ({ kid }) => keys.find(kid) as never)
  expect(Buffer.from(plaintext).toString()).toBe('ครัวเรือน')
  expect(keys.find('no such key')).toBeNull()
  expect(keys.find(undefined)).toBeNull()
})

test('the same secret gives the same key, another one another, and after a renewal the old one still opens', async () => {
  const [old, renewed] = [makeBackupKeys({ backup: FIRST }), makeBackupKeys({ backup: SECOND, backupBefore: [FIRST] })]
  expect(makeBackupKeys({ backup: FIRST }).publicKey).toEqual(old.publicKey)
  expect(renewed.publicKey.kid).not.toBe(old.publicKey.kid)
  const { plaintext } = await compactDecrypt(await seal(old), ({ kid }) => renewed.find(kid) as never)
  expect(Buffer.from(plaintext).toString()).toBe('ครัวเรือน')
})
