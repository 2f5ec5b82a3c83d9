import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import fc from 'fast-check'
import { afterAll, describe, expect, test } from 'vitest'
import yazl from 'yazl'
import { Problem } from '../../domain/base/problem.ts'
import { FORMAT, MANIFEST } from '../../domain/package/package.ts'
import { checkPackage, openPackage } from './read.given.ts'
import { openZip } from './read.unzip.ts'

const folder = mkdtempSync(join(tmpdir(), 'rakkaeo-package-')), HOME = 'TH580703'
afterAll(() => rmSync(folder, { recursive: true, force: true }))

type Files = Record<string, string | Buffer>

function zipOf(files: Files, compress = true): Promise<Buffer> {
  const zip = new yazl.ZipFile()
  for (const [name, content] of Object.entries(files)) zip.addBuffer(Buffer.from(content), name, { compress })
  zip.end()
  return buffer(zip.outputStream)
}

const sha256 = (text: string | Buffer) => createHash('sha256').update(text).digest('hex')
const PHOTO = Buffer.from('as if it were a picture')
const line = (row: object) => `${JSON.stringify(row)}\n`
const ATTACHMENTS = line({ area_code: `${HOME}01`, instance_id: 'uuid:1', dataset_id: 'attraction', name: 'cave.jpg', sha256: `\\x${sha256(PHOTO)}`, bytes: PHOTO.length, path: 'photos/cave.jpg' })
const partOf = (name: string, text: string) => ({ name, rows: text.split('\n').length - 1, columns: ['area_code'], bytes: text.length, sha256: sha256(text) })
const manifestOf = (parts: object[], more: object = {}) => ({ format: FORMAT.name, version: FORMAT.version, program: '0.1.0', area: HOME, packedAt: '2026-11-26T12:00:00.000Z', madeBy: 'มะลิ', whole: true, keys: 'x', parts, withheld: [], lost: 0, ...more })

/** A small package that is whole, with what is said of it. */
function packageOf({ attachments = ATTACHMENTS, manifest = {}, files = {} }: { attachments?: string; manifest?: object; files?: Files } = {}): Files {
  return { 'photos/cave.jpg': PHOTO, 'original/attachments.jsonl': attachments, [MANIFEST]: JSON.stringify(manifestOf([partOf('attachments', attachments)], manifest)), ...files }
}

async function look(bytes: Buffer): Promise<string> {
  const path = join(folder, 'given.zip')
  writeFileSync(path, bytes)
  try {
    const given = await openPackage(path)
    return await checkPackage(given).then(files => `${files.size} files`).finally(() => given.zip.close())
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    expect([error.say.th, error.say.en].every(say => say.length > 40)).toBe(true)
    return error.code
  }
}

/** Names that the writer refuses to write. */
function renamed(bytes: Buffer, from: string, to: string): Buffer {
  return Buffer.from(bytes.toString('latin1').replaceAll(from, to), 'latin1')
}

describe('a package that comes in', () => {
  test('is read through before anything of it is kept', async () => {
    expect(await look(await zipOf(packageOf()))).toBe('1 files')
    expect(await look(await zipOf(packageOf(), false))).toBe('1 files')
  })

  test.each<[string, string, () => Promise<Buffer> | Buffer]>([
    ['an empty file', 'package/not-zip', () => Buffer.alloc(0)],
    ['a picture under the name of a ZIP', 'package/not-zip', () => PHOTO],
    ['one that was cut short', 'package/not-zip', async () => (await zipOf(packageOf())).subarray(0, -40)],
    ['one whose beginning is missing', 'package/not-zip', async () => (await zipOf(packageOf())).subarray(100)],
    ['another ZIP', 'package/not-package', () => zipOf({ 'a.txt': 'a' })],
    ['a manifest that is no JSON', 'package/not-package', () => zipOf(packageOf({ files: { [MANIFEST]: '{' } }))],
    ['a manifest of something else', 'package/not-package', () => zipOf(packageOf({ manifest: { format: 'rakkaeo-backup' } }))],
    ['a manifest without an area', 'package/not-package', () => zipOf(packageOf({ manifest: { area: 'Tham Lot' } }))],
    ['a column that is no name', 'package/not-package', () => zipOf(packageOf({ manifest: { parts: [{ ...partOf('attachments', ATTACHMENTS), columns: ['name) select 1 --'] }] } }))],
    ['a newer format', 'package/newer', () => zipOf(packageOf({ manifest: { version: FORMAT.version + 1, parts: 'whatever' } }))],
    ['a part that this program does not know', 'package/newer', () => zipOf(packageOf({ manifest: { parts: [partOf('dreams', ATTACHMENTS)] } }))],
    ['one that is not complete', 'package/not-whole', () => zipOf(packageOf({ manifest: { whole: false } }))],
    ['a part that is missing', 'package/not-package', () => zipOf({ [MANIFEST]: JSON.stringify(manifestOf([partOf('attachments', ATTACHMENTS)])) })],
    ['a row that was changed', 'package/changed', () => zipOf(packageOf({ files: { 'original/attachments.jsonl': ATTACHMENTS.replace('uuid:1', 'uuid:2') } }))],
    ['a row that was put in', 'package/changed', () => zipOf(packageOf({ files: { 'original/attachments.jsonl': ATTACHMENTS + ATTACHMENTS } }))],
    ['a row that is no JSON', 'package/bad-line', () => zipOf(packageOf({ attachments: '{"area_code":\n' }))],
    ['a row that is a list', 'package/bad-line', () => zipOf(packageOf({ attachments: '[1]\n' }))],
    ['letters that are none', 'package/bad-line', () => zipOf(packageOf({ files: { 'original/attachments.jsonl': Buffer.from([0x7b, 0xff, 0xfe, 0x7d, 0x0a]) } }))],
    ['a row of another place', 'package/elsewhere', () => zipOf(packageOf({ attachments: ATTACHMENTS.replace(HOME, 'TH500101') }))],
    ['a row of the province', 'package/elsewhere', () => zipOf(packageOf({ attachments: ATTACHMENTS.replace(`${HOME}01`, 'TH58') }))],
    ['a row without a place', 'package/elsewhere', () => zipOf(packageOf({ attachments: line({}) }))],
    ['a photograph that is not there', 'package/bad-line', () => zipOf(packageOf({ attachments: ATTACHMENTS.replace('photos/cave', 'photos/caves') }))],
    ['a name that leads out of the folder', 'package/bad-name', async () => renamed(await zipOf(packageOf({ files: { 'aa/aa/secret': 'x' } })), 'aa/aa/secret', '../../secret')],
    ['a name of another system', 'package/bad-name', async () => renamed(await zipOf(packageOf({ files: { 'c_/secret': 'x' } })), 'c_/secret', 'c:\\secret')],
    ['one name twice', 'package/bad-name', async () => renamed(await zipOf(packageOf({ files: { 'photos/cavf.jpg': 'x' } })), 'photos/cavf.jpg', 'photos/cave.jpg')],
    ['a bomb', 'package/swollen', () => zipOf(packageOf({ files: { 'photos/bomb.jpg': Buffer.alloc(1 << 25) } }))],
  ])('%s gets its sentence: %s', async (_, code, made) => {
    expect(await look(await made())).toBe(code)
  })

  test('a bomb that says that it is small is stopped at the size that it said', async () => {
    const text = 'x'.repeat(1 << 20), bytes = await zipOf(packageOf({ files: { 'original/attachments.jsonl': text } })), directory = bytes.lastIndexOf('original/attachments.jsonl') - 46
    bytes.writeUInt32LE(10, directory + 24)
    expect(await look(bytes)).toBe('package/swollen')
  })

  test('whatever byte of it is another one, it is refused, or says the same as before', async () => {
    const bytes = await zipOf(packageOf())
    await fc.assert(fc.asyncProperty(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), async (at, by) => {
      const changed = Buffer.from(bytes)
      changed[at] = (changed[at] as number) ^ by
      expect(await look(changed)).toMatch(/^package\/|^[01] files$/)
    }), { numRuns: 300 })
  })
})

test('a ZIP is read as it was written, in many files or in one large one', async () => {
  await fc.assert(fc.asyncProperty(fc.dictionary(fc.stringMatching(/^[a-zก-ฮ]{1,8}$/), fc.uint8Array({ maxLength: 5000 }), { maxKeys: 12 }), fc.boolean(), async (given, compress) => {
    const path = join(folder, 'written.zip')
    writeFileSync(path, await zipOf(Object.fromEntries(Object.entries(given).map(([name, bytes]) => [name, Buffer.from(bytes)])), compress))
    const zip = await openZip(path)
    for (const [name, bytes] of Object.entries(given)) expect(Buffer.concat(await piecesOf(zip.read(name))).equals(Buffer.from(bytes))).toBe(true)
    expect([...zip.names].sort()).toEqual(Object.keys(given).sort())
    await zip.close()
  }), { numRuns: 30 })
})

async function piecesOf(pieces: AsyncIterable<Buffer>): Promise<Buffer[]> {
  const all: Buffer[] = []
  for await (const piece of pieces) all.push(piece)
  return all
}
