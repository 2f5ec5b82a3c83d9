import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { findKeys, keysFileOf, makeKeys } from './keys.ts'

const folder = mkdtempSync(join(tmpdir(), 'rakkaeo-keys-'))
afterAll(() => rmSync(folder, { recursive: true }))

test('keys are made for the owner’s eyes only, and two starts at once end up with the same ones', () => {
  const file = join(folder, 'new/data.keys')
  const keys = makeKeys(file)
  expect(statSync(file).mode & 0o777).toBe(0o600)
  expect(makeKeys(file)).toEqual(keys)
  expect(findKeys(file)).toEqual(keys)
})

test('keys that others can read are refused, and the sentence says what to type', () => {
  const file = join(folder, 'open.keys')
  makeKeys(file)
  chmodSync(file, 0o644)
  expect(() => findKeys(file)).toThrow(`chmod 600 ${file}`)
})

test('a file that holds no keys is refused and left as it is', () => {
  const file = join(folder, 'other.keys')
  writeFileSync(file, '{}', { mode: 0o600 })
  expect(() => findKeys(file)).toThrow('not a keys file')
  expect(readFileSync(file, 'utf8')).toBe('{}')
})

test('keys lie beside the data folder, never inside', () => {
  expect(keysFileOf({ keysFile: null, dataFolder: '/srv/data' })).toBe('/srv/data.keys')
  expect(() => keysFileOf({ keysFile: '/srv/data/keys', dataFolder: '/srv/data' })).toThrow('must not lie inside')
})

test('an older file gains the keys of later programs once, keeps its own, and stays for the owner’s eyes only', () => {
  const file = join(folder, 'older.keys')
  const { id, superuser, app, public: open } = makeKeys(join(folder, 'whole.keys'))
  writeFileSync(file, JSON.stringify({ id, superuser, app, public: open }), { mode: 0o600 })
  const completed = findKeys(file)
  expect(completed).toMatchObject({ id, superuser, app, public: open })
  const later = [completed?.auth, completed?.sealer, completed?.session, completed?.pid, completed?.backup]
  expect(new Set([...later, superuser, app, open]).size).toBe(8)
  expect(statSync(file).mode & 0o777).toBe(0o600)
  const written = readFileSync(file, 'utf8')
  expect(findKeys(file)).toEqual(completed)
  expect(readFileSync(file, 'utf8')).toBe(written)
})
