import { createHash, randomBytes } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { once } from 'node:events'
import { request as httpRequest, type IncomingMessage } from 'node:http'
import { json } from 'node:stream/consumers'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { beforeAll, describe, expect, inject, test } from 'vitest'
import { sql } from 'kysely'
import type { BackupTaken, Kit } from '../../domain/collect/collect.ts'
import { makeBackupKeys } from '../../server/base/backup-keys.ts'
import { SYSTEM, readAs } from '../../server/db/scope.ts'
import { fillIn, signedIn, startCollecting, untilRead, type Collecting } from '../setup/collecting.ts'
import { lastLine, rakkaeo } from '../setup/command.ts'
import { filesFolderOf } from '../setup/database.ts'
import { freshDatabase } from '../setup/fresh.ts'
import { Browser, listNotes } from '../setup/people.ts'
import { headOf, linesOf, Pocket, sealBackup, sealLine, type Filled, type Line } from '../setup/in-browser.ts'
import { makeTempFolder } from '../setup/seeded-folder.ts'

const HOME = 'TH580703', FAR = 'TH580102', VILLAGE = `${HOME}01`
/** บัวลา collects in Tham Lot, where ทองดี is the integrator; คำปัน collects there as well, ใจดี is the integrator of a tambon far from there. */
let house: Collecting, buala: Pocket, khampan: Pocket, thongdi: Pocket, chaidi: Pocket, kit: Kit, xform = '', version = ''

beforeAll(async () => {
  house = await startCollecting(await freshDatabase())
  const pocket = async (userName: string, role: 'collector' | 'tambon-integrator', area: string) => new Pocket(house, await signedIn(house, { userName, role, areas: [area] }))
  ;[buala, khampan, thongdi, chaidi] = [await pocket('buala', 'collector', HOME), await pocket('khampan', 'collector', HOME), await pocket('thongdi', 'tambon-integrator', HOME), await pocket('chaidi', 'tambon-integrator', FAR)]
  kit = await buala.kit()
  version = kit.forms.find(form => form.id === 'attraction')?.version as string
  xform = (await buala.browser.get(`/api/openrosa/forms/TH/attraction/${version}/form.xml`)).body
})

function filled(title: string, photo?: Buffer, parts = 1): Filled {
  const name = `${title.length}-${title.at(-1)}.jpg`
  const { xml, instanceId } = fillIn(xform, { village: VILLAGE, visit_date: '2026-11-26', title, kind: 'cave', status: 'open', not_public: 'no', condition: 'good', ...photo && { photo: name } })
  return { instanceId, dataset: 'attraction', version, xml, ...photo && { files: [{ name, bytes: photo, parts }] } }
}

const backupOf = (entries: Filled[], more: Line[] = []) => sealBackup(kit.backupKey, [headOf(kit, entries.length), ...entries.flatMap(linesOf), ...more])
const taken = async (pocket: Pocket, backup: string | Buffer) => (await pocket.handIn(backup)).json() as BackupTaken
const received = (entries: Filled[]) => Promise.all(entries.map(async ({ instanceId }) => (await buala.sent('attraction', instanceId)).received))
const codeOf = async (pocket: Pocket, backup: string | Buffer) => { const reply = await pocket.handIn(backup); return [reply.statusCode, reply.json().code] }
const CLEAN = { refused: [], broken: null }

describe('the backup of a telephone', () => {
  test('is taken in whole, in the name of who filled it in, and the same again takes nothing twice', async () => {
    const photo = randomBytes(3_000_000), entries = [filled('ถ้ำหนึ่ง'), filled('ถ้ำสอง', photo, 3), filled('ถ้ำสาม', Buffer.alloc(0))], backup = await backupOf(entries)
    expect(await taken(buala, backup)).toEqual({ entries: 3, taken: 3, already: 0, ...CLEAN })
    expect(await taken(buala, backup)).toEqual({ entries: 3, taken: 0, already: 3, ...CLEAN })
    await untilRead(house)
    const sent = await buala.sent('attraction', (entries[1] as Filled).instanceId)
    expect(sent.files).toMatchObject([{ bytes: photo.length, sha256: createHash('sha256').update(photo).digest('hex') }])
    const { rows } = await readAs(house.database.app, SYSTEM, tx => sql<{ person: string; client: string }>`
      select person_id as person, client from raw.submission where area_code >= 'TH' and instance_id = any(${entries.map(entry => entry.instanceId)})`.execute(tx))
    expect(rows).toEqual(Array(3).fill({ person: kit.me.id, client: 'Rakkaeo backup' }))
    expect((await listNotes(house.database)).filter(line => line.startsWith('backup.take'))).toEqual(['backup.take (3 + 0 / 3)', 'backup.take (0 + 3 / 3)'])
  })

  test('may hold what was sent before: that is there already', async () => {
    const [before, after] = [filled('ส่งแล้ว'), filled('ยังไม่ส่ง')]
    await buala.submit(before.xml)
    expect(await taken(buala, await backupOf([before, after]))).toEqual({ entries: 2, taken: 1, already: 1, ...CLEAN })
  })

  test('is taken in from a form of the site as well', async () => {
    const entry = filled('จากหน้าเว็บ'), backup = Buffer.from(await backupOf([entry]))
    const body = Buffer.concat([Buffer.from('--b\r\nContent-Disposition: form-data; name="file"; filename="a.rakkaeo"\r\nContent-Type: application/octet-stream\r\n\r\n'), backup, Buffer.from('\r\n--b--\r\n')])
    const reply = await buala.send('/api/collect/backup', 'multipart/form-data; boundary=b', body)
    expect([reply.statusCode, reply.json()]).toEqual([200, { entries: 1, taken: 1, already: 0, ...CLEAN }])
    const inPage = async (pocket: Pocket, url: string) => (await pocket.send(url, 'multipart/form-data; boundary=b', body, { 'sec-fetch-site': 'same-origin', accept: 'text/html,*/*' })).headers.location
    expect(await inPage(buala, '/api/collect/backup?lang=en')).toBe('/en/phones?entries=1&taken=0&already=1#outcome')
    expect(await inPage(khampan, '/api/collect/backup')).toBe('/phones?problem=collect%2Fnot-yours#outcome')
    expect(await inPage(new Pocket(house, new Browser(house.app)), '/api/collect/backup')).toBe('/sign-in?next=%2Fphones')
  })
})

describe('whose backup it is', () => {
  test('the integrator of the place may hand it in, and what is in it is still the collector’s', async () => {
    const entry = filled('ผ่านผู้ประสาน')
    expect(await taken(thongdi, await backupOf([entry]))).toMatchObject({ taken: 1 })
    expect(await received([entry])).toEqual([true])
  })

  test('another collector may not, nor an integrator of elsewhere, nor anybody who is not signed in', async () => {
    const entry = filled('ของคนอื่น'), backup = await backupOf([entry])
    for (const pocket of [khampan, chaidi]) expect(await codeOf(pocket, backup)).toEqual([403, 'collect/not-yours'])
    expect(await codeOf(new Pocket(house, new Browser(house.app)), backup)).toEqual([401, 'access/sign-in'])
    expect((await buala.send('/api/collect/backup', 'application/octet-stream', Buffer.from(backup), { 'sec-fetch-site': 'cross-site' })).statusCode).toBe(403)
    expect(await received([entry])).toEqual([false])
  })

  test('a form that this person may not send is refused, and the others are taken', async () => {
    const far = filled('นอกพื้นที่'), here = filled('ในพื้นที่')
    const strange = { ...far, xml: far.xml.replace(`version="${version}"`, 'version="nope"') }
    const report = await taken(buala, await backupOf([strange, here]))
    expect(report).toMatchObject({ entries: 2, taken: 1, already: 0, refused: [{ instanceId: far.instanceId, code: 'submission/no-form', say: { th: expect.stringContaining('ไม่รู้จักแบบฟอร์ม'), en: expect.any(String) } }] })
    expect(await received([far, here])).toEqual([false, true])
  })
})

describe('a file that is not as it was saved', () => {
  test('cut short anywhere: what is whole until there is taken, nothing by halves, and it is said what is missing', async () => {
    const photo = randomBytes(200_000), entries = [filled('ตัดหนึ่ง', photo, 2), filled('ตัดสองๆ', photo, 2)], backup = await backupOf(entries)
    const ends = [...backup.matchAll(/\n/g)].map(match => match.index + 1)
    // after the head, in the first entry's file, between its parts, before the second entry, in its first file part
    const cuts: [number, boolean][] = [[ends[0] as number, false], [(ends[1] as number) + 500, false], [ends[2] as number, false], [ends[3] as number, true], [(ends[4] as number) + 9, true]]
    for (const [cut, hasFirst] of cuts) {
      const report = await taken(buala, backup.slice(0, cut))
      expect([cut, report.taken + report.already, report.broken !== null || report.refused.length > 0]).toEqual([cut, hasFirst ? 1 : 0, true])
      expect(await received(entries)).toEqual([hasFirst, false])
    }
    expect((await taken(buala, backup.slice(0, ends[3]))).broken?.en).toContain('ends early: 1 forms are missing')
    expect(await taken(buala, backup)).toMatchObject({ taken: 1, already: 1, ...CLEAN })
  })

  test('altered by one letter: that entry is refused, the others are taken, and the line is named', async () => {
    const entries = [filled('ดีหนึ่ง'), filled('ถูกแก้', randomBytes(1000)), filled('ดีสอง')], lines = (await backupOf(entries)).split('\n')
    const flip = (line: string) => line.slice(0, -30) + (line.at(-30) === 'A' ? 'B' : 'A') + line.slice(-29)
    lines[3] = flip(lines[3] as string)
    const report = await taken(buala, lines.join('\n'))
    expect(report).toMatchObject({ entries: 3, taken: 2, refused: [{ instanceId: entries[1]?.instanceId, say: { en: expect.stringContaining('missing or damaged') } }] })
    expect(report.broken?.en).toContain('altered at line 4')
    expect(await received(entries)).toEqual([true, false, true])
    lines[0] = flip(lines[0] as string)
    expect(await codeOf(buala, lines.join('\n'))).toEqual([400, 'collect/not-a-backup'])
  })

  test('with lines of another file among its own, or in another order, gives no submission a file that is not its own', async () => {
    const [a, b] = [filled('สลับหนึ่ง', randomBytes(100)), filled('สลับสอง2', randomBytes(100))]
    const [entryA, fileA, entryB, fileB] = [...linesOf(a), ...linesOf(b)] as [Line, Line, Line, Line]
    const report = await taken(buala, await sealBackup(kit.backupKey, [headOf(kit, 2), entryA, fileB, entryB, fileA]))
    expect([report.taken, report.refused.length]).toEqual([0, 2])
    const other = { ...a, instanceId: 'uuid:another' }
    expect((await taken(buala, await backupOf([{ ...other, files: [] }]))).refused).toMatchObject([{ instanceId: 'uuid:another', code: 'collect/other-instance', say: { en: expect.stringContaining('not the one that its label names') } }])
    expect(await received([a, b])).toEqual([false, false])
  })

  test('that is no backup, or one of another server, is refused in words', async () => {
    for (const text of ['', 'hello', '{}', 'a.b.c.d.e', randomBytes(100_000)]) expect(await codeOf(buala, text)).toEqual([400, 'collect/not-a-backup'])
    const foreign = { ...kit, backupKey: makeBackupKeys({ backup: 'of another server '.repeat(3) }).publicKey }
    expect(await codeOf(buala, await sealBackup(foreign.backupKey, [headOf(foreign, 0)]))).toEqual([400, 'collect/other-keys'])
    expect(await codeOf(buala, await sealLine(kit.backupKey, { said: { kind: 'entry', instanceId: 'x' } }))).toEqual([400, 'collect/not-a-backup'])
    const json = await buala.browser.post('/api/collect/backup', { a: 1 })
    expect([json.statusCode, json.json().code]).toEqual([400, 'collect/not-a-backup'])
  })
})

test('the command takes a file in, in the name of its owner or of their integrator', async () => {
  const file = join(makeTempFolder(), 'a.rakkaeo'), entries = [filled('ทางคำสั่ง'), filled('อีกหนึ่ง')]
  writeFileSync(file, await backupOf(entries))
  const run = (as: string) => rakkaeo(['collector', 'backup', file, '--as', as], { env: { DATABASE_URL: house.database.url, RAKKAEO_KEYS: inject('cluster').keysFile, RAKKAEO_DATA: filesFolderOf(house.database.name) } })
  expect(lastLine(await run('khampan'))).toContain('This backup is somebody else’s')
  expect(await received(entries)).toEqual([false, false])
  const ran = await run('thongdi')
  expect([ran.code, ran.out.trim()]).toEqual([0, 'In the file: 2 forms. Taken now: 2. There before: 0. Refused: 0.'])
  expect(await received(entries)).toEqual([true, true])
  writeFileSync(file, (await backupOf(entries)).slice(0, -200))
  expect([(await run('buala')).code, (await run('buala')).out]).toEqual([2, expect.stringContaining('damaged or was altered at line 3')])
}, 120_000)

test('what is refused at its first line is refused in words also when there is much of it', async () => {
  const cookie = [...khampan.browser.jar].map(([name, value]) => `${name}=${value}`).join('; ')
  const much = Buffer.concat([Buffer.from(await backupOf([filled('ใหญ่แต่ไม่ใช่ของฉัน')])), randomBytes(30 << 20)]), none = randomBytes(30 << 20)
  const form = (bytes: Buffer) => { const body = new FormData(); body.set('file', new Blob([bytes as BlobPart]), 'a.rakkaeo'); return body }
  const heard = async (body: BodyInit, headers = {}) => (await fetch(`${house.address}/api/collect/backup`, { method: 'POST', headers: { cookie, origin: house.address, ...headers }, body })).json() as Promise<{ code: string }>
  const raw = { 'content-type': 'application/octet-stream' }
  expect([(await heard(much as BodyInit, raw)).code, (await heard(none as BodyInit, raw)).code]).toEqual(['collect/not-yours', 'collect/not-a-backup'])
  expect([(await heard(form(much))).code, (await heard(form(none))).code]).toEqual(['collect/not-yours', 'collect/not-a-backup'])
})

setFlagsFromString('--expose-gc')
const collectGarbage = runInNewContext('gc') as () => void

test('a large backup is taken in without being held in memory', async () => {
  const photo = randomBytes(4 << 20), ENTRIES = 6, PARTS = 4
  const line = async (said: Line['said'], bytes?: Buffer) => Buffer.from(`${await sealLine(kit.backupKey, { said, ...bytes && { bytes } })}\n`)
  let most = 0, sent = 0
  const held = () => { collectGarbage(); return process.memoryUsage().arrayBuffers }, before = held()
  async function* pieces(): AsyncGenerator<Buffer> {
    yield await line(headOf(kit, ENTRIES).said)
    for (let i = 0; i < ENTRIES; i++) {
      const { xml, instanceId } = fillIn(xform, { village: VILLAGE, visit_date: '2026-11-26', title: `ใหญ่ ${i}`, kind: 'cave', status: 'open', photo: 'big.jpg' }), dataset = 'attraction'
      yield await line({ kind: 'entry', instanceId, dataset, version, area: 'TH', files: ['big.jpg'] }, Buffer.from(xml))
      most = Math.max(most, held())
      for (let turn = 1; turn <= PARTS; turn++) { sent += photo.length; yield await line({ kind: 'file', instanceId, dataset, name: 'big.jpg', type: 'image/jpeg', turn, of: PARTS }, photo) }
    }
  }
  const cookie = [...buala.browser.jar].map(([name, value]) => `${name}=${value}`).join('; ')
  const request = httpRequest(`${house.address}/api/collect/backup`, { method: 'POST', headers: { 'content-type': 'application/octet-stream', cookie, origin: house.address } })
  const answered = once(request, 'response') as Promise<[IncomingMessage]>
  // one at a time: what waits to be sent is not to be counted
  for await (const piece of pieces()) if (!request.write(piece)) await once(request, 'drain')
  request.end()
  expect(await json((await answered)[0])).toEqual({ entries: ENTRIES, taken: ENTRIES, already: 0, ...CLEAN })
  expect(sent).toBeGreaterThan(90 << 20)
  expect(most - before).toBeLessThan(64 << 20)
}, 120_000)
