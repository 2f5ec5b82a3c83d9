import 'fake-indexeddb/auto'
import { compactDecrypt, exportJWK, generateKeyPair } from 'jose'
import { beforeEach, expect, test } from 'vitest'
import { BackupLine } from '../../domain/collect/collect.backup.ts'
import { PART_MOST_BYTES } from '../../domain/collect/rules.ts'
import type { BackupKey } from '../../domain/collect/collect.ts'
import { PhoneId } from '../../domain/base/ids.ts'
import { makeBackup } from './backup.ts'
import { draftOf, emptyPhone, holderOf, KHAMKAEO, pictureOf } from './fake.phone.ts'
import { openShelf } from './shelf.ts'

beforeEach(emptyPhone)

const parts = { phone: { id: PhoneId.parse('7d1f4c1e-93a5-4b6e-8a53-3e1d9a6f0003'), name: 'Android' }, now: new Date('2026-11-26T08:05:00Z') }

async function makeKeys() {
  const { publicKey, privateKey } = await generateKeyPair('ECDH-ES', { crv: 'P-256', extractable: true })
  return { key: { ...await exportJWK(publicKey), kid: 'k1', use: 'enc', alg: 'ECDH-ES' } as BackupKey, privateKey }
}

test('a backup holds what is finished and not sent, file by file, and nobody reads it without the server’s key', async () => {
  const shelf = openShelf(await holderOf()), { key, privateKey } = await makeKeys(), video = pictureOf(9, PART_MOST_BYTES + 10)
  for (const id of ['uuid:draft', 'uuid:1', 'uuid:sent', 'uuid:2']) {
    await shelf.save(draftOf(id), `<data>ความลับ ${id}</data>`)
    if (id === 'uuid:1') { await shelf.putFile(id, 'a.jpg', pictureOf(1)); await shelf.putFile(id, 'b.mp4', video) }
    if (id !== 'uuid:draft') await shelf.finish(id, id === 'uuid:1' ? ['a.jpg', 'b.mp4'] : [])
    await new Promise(later => setTimeout(later, 2))
  }
  await shelf.begin('uuid:sent')
  await shelf.confirm('uuid:sent')
  const { file, name, entries } = await makeBackup(shelf, key, parts), text = await file.text()
  expect([name, entries]).toEqual(['rakkaeo-202611260805.rakkaeo', 2])
  expect(text).not.toContain('ความลับ')
  const lines = await Promise.all(text.trimEnd().split('\n').map(async line => {
    const { plaintext, protectedHeader } = await compactDecrypt(line, privateKey), bytes = Buffer.from(plaintext), end = bytes.indexOf('\n')
    expect(protectedHeader).toMatchObject({ alg: 'ECDH-ES', enc: 'A256GCM', kid: 'k1' })
    return { line: BackupLine.parse(JSON.parse(bytes.subarray(0, end < 0 ? undefined : end).toString())), rest: end < 0 ? null : bytes.subarray(end + 1) }
  }))
  expect(lines.map(({ line, rest }) => [line.kind, 'instanceId' in line ? line.instanceId : line.person, rest?.length ?? null])).toEqual([
    ['backup', KHAMKAEO, null], ['entry', 'uuid:1', Buffer.byteLength('<data>ความลับ uuid:1</data>')], ['file', 'uuid:1', 1000], ['file', 'uuid:1', PART_MOST_BYTES], ['file', 'uuid:1', 10], ['entry', 'uuid:2', Buffer.byteLength('<data>ความลับ uuid:2</data>')],
  ])
  expect(lines[1]).toMatchObject({ line: { files: ['a.jpg', 'b.mp4'], area: 'TH', dataset: 'household' } })
  expect(lines[3]?.line).toMatchObject({ name: 'b.mp4', turn: 1, of: 2 })
})
