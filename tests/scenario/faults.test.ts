import { spawnSync } from 'node:child_process'
import { randomBytes, randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { setTimeout as wait } from 'node:timers/promises'
import Fastify from 'fastify'
import { serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { acceptFiles } from '../../server/http/upload.ts'
import { mountSubmission, type SubmissionParts } from '../../server/record/routes.submission.ts'
import { fillIn, signedIn, startCollecting, telephoneOf, untilRead, type Collecting } from '../setup/collecting.ts'
import { filesFolderOf } from '../setup/database.ts'
import { freshDatabase } from '../setup/fresh.ts'
import type { Browser } from '../setup/people.ts'
import { isRoot, makeTempFolder } from '../setup/seeded-folder.ts'
import { startServer, type RunningServer } from '../setup/server.ts'
import { messageOf, multipart, Telephone, type Offered } from '../setup/telephone.ts'

const HOME = 'TH580703', VILLAGE = 'TH58070301'
let house: Collecting, integrator: Browser, phone: Telephone, xform: string, owner: pg.Client, files: string

beforeAll(async () => {
  house = await startCollecting(await freshDatabase())
  phone = await telephoneOf(house, await signedIn(house, { userName: 'buala', role: 'collector', areas: [HOME] }), [HOME])
  integrator = await signedIn(house, { userName: 'thongdi', role: 'tambon-integrator', areas: [HOME] })
  xform = (await phone.download((await phone.listForms()).find(form => form.id === 'attraction') as Offered)).xform
  owner = new pg.Client({ connectionString: house.database.url })
  await owner.connect()
  files = join(filesFolderOf(house.database.name), 'files')
})
afterAll(() => owner.end())

const cave = (more: Record<string, string> = {}) => fillIn(xform, { village: VILLAGE, visit_date: '2026-11-26', title: 'ถ้ำน้ำลอด', kind: 'cave', status: 'open', not_public: 'no', ...more })
const elsewhere = ({ address }: { address: string }) => new Telephone(`${address}${new URL(phone.base).pathname}`)
const photo = (name: string, bytes = randomBytes(300_000)) => ({ name, bytes })
const send = (from: Telephone, xml: string, sent: ReturnType<typeof photo>[] = []) => from.post(`${from.base}/submission`, xml, sent)
const kept = async (instanceId: string) => (await owner.query('select from raw.submission where instance_id = $1', [instanceId])).rowCount

/** Which files of a record are there, and their bytes as the integrator gets them. */
async function filesOf(instanceId: string): Promise<Record<string, Buffer | null>> {
  await untilRead(house)
  const id = instanceId.slice(5), listed = (await integrator.get(`/api/records/${id}`)).json().files as { name: string; present: boolean }[]
  return Object.fromEntries(await Promise.all(listed.map(async ({ name, present }) => [name, present ? (await integrator.get(`/api/records/${id}/files/${encodeURIComponent(name)}`)).rawPayload : null])))
}

describe('the server stops in the middle of a photograph', () => {
  let server: RunningServer
  const start = async () => { server = await startServer(filesFolderOf(house.database.name), { DATABASE_URL: house.database.url, RAKKAEO_KEYS: inject('cluster').keysFile }) }
  afterAll(() => server?.stop())

  /** As far as the middle of its photograph; `rest` sends what is left and tells what was answered. */
  async function sendHalf(xml: string, sent: ReturnType<typeof photo>) {
    const boundary = `b${randomUUID()}`, body = multipart(boundary, xml, [sent]), before = arriving()
    const asked = request(`${elsewhere(server).base}/submission`, { method: 'POST', headers: { 'content-type': `multipart/form-data; boundary=${boundary}`, 'content-length': body.length } })
    const status = new Promise<number | null>(done => { asked.on('response', reply => done(reply.resume().statusCode ?? null)).on('error', () => done(null)) })
    asked.write(body.subarray(0, body.length / 2))
    while (arriving() === before) await wait(10)
    return { status, rest: () => { asked.end(body.subarray(body.length / 2)); return status }, leave: () => asked.destroy() }
  }
  const arriving = () => existsSync(join(files, 'arriving')) ? readdirSync(join(files, 'arriving')).length : 0

  test.each(['killed', 'asked to stop while the telephone goes away'])('%s: nothing half counts, and sending it again completes it', async how => {
    await start()
    const { xml, instanceId } = cave({ photo: 'a.jpg' }), sent = photo('a.jpg'), half = await sendHalf(xml, sent), gone = once(server.child, 'exit')
    server.child.kill(how === 'killed' ? 'SIGKILL' : 'SIGTERM')
    if (how !== 'killed') half.leave()
    expect(await half.status).toBe(null)
    await gone
    expect([await kept(instanceId), server.child.exitCode]).toEqual([0, how === 'killed' ? null : 0])
    expect((await send(phone, xml, [sent])).status).toBe(201)
    expect(await filesOf(instanceId)).toEqual({ 'a.jpg': sent.bytes })
  }, 300_000)

  test('asked to stop while the telephone goes on: it is taken to its end, and then the server is gone', async () => {
    await start()
    const { xml, instanceId } = cave({ photo: 'a.jpg' }), sent = photo('a.jpg'), half = await sendHalf(xml, sent), gone = once(server.child, 'exit')
    server.child.kill('SIGTERM')
    await wait(300)
    expect(await half.rest()).toBe(201)
    await gone
    expect(server.child.exitCode).toBe(0)
    expect(await filesOf(instanceId)).toEqual({ 'a.jpg': sent.bytes })
  }, 300_000)
})

test('parts come in any order and with days between: each counts when it is there, and the last one ends the waiting', async () => {
  const { xml, instanceId } = cave({ photo: 'ก.jpg', photo_2: 'ข.jpg' }), [a, b] = [photo('ก.jpg'), photo('ข.jpg')]
  const missing = async () => (await integrator.get('/api/waiting')).json().filesMissing as number
  const before = await missing()
  expect((await send(phone, xml, [b])).status).toBe(201)
  expect([await filesOf(instanceId), await missing()]).toEqual([{ 'ก.jpg': null, 'ข.jpg': b.bytes }, before + 1])
  expect((await send(phone, xml, [a])).status).toBe(201)
  expect([await filesOf(instanceId), await missing()]).toEqual([{ 'ก.jpg': a.bytes, 'ข.jpg': b.bytes }, before])
})

test('other bytes under the name of a file that is there do not take its place, in a later part or in the same', async () => {
  const { xml, instanceId } = cave({ photo: 'a.jpg', photo_2: 'b.jpg' }), first = photo('a.jpg'), twice = [photo('b.jpg'), photo('b.jpg')]
  for (const part of [[first], [photo('a.jpg')], twice, [photo('b.jpg')]]) expect((await send(phone, xml, part)).status).toBe(201)
  expect(await filesOf(instanceId)).toEqual({ 'a.jpg': first.bytes, 'b.jpg': twice[0]?.bytes })
})

describe.skipIf(!isRoot)('a disk with no room left (left out for an ordinary user, who cannot make a small one)', () => {
  const folder = makeTempFolder(), disk = join(folder, 'files')
  beforeAll(() => { mkdirSync(disk); expect(spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=2m', 'tmpfs', disk]).status).toBe(0) })
  afterAll(() => { spawnSync('umount', [disk]); rmSync(folder, { recursive: true }) })

  test('is told the collector in a sentence; nothing of it counts, half a file takes no room, and sending it again completes it', async () => {
    const small = elsewhere(await startCollecting(house.database, { RAKKAEO_DATA: folder }))
    const { xml, instanceId } = cave({ photo: 'a.jpg', photo_2: 'b.jpg' }), [a, b] = [photo('a.jpg', randomBytes(900_000)), photo('b.jpg', randomBytes(900_000))]
    writeFileSync(join(disk, 'filler'), randomBytes(1_000_000))
    const heard = await send(small, xml, [a, b])
    expect([heard.status, messageOf(heard)]).toEqual([507, expect.stringContaining('ไม่มีที่เก็บ')])
    expect([await kept(instanceId), readdirSync(join(disk, 'arriving'))]).toEqual([0, []])
    rmSync(join(disk, 'filler'))
    expect((await send(small, xml, [a, b])).status).toBe(201)
    const { rows } = await owner.query('select name, bytes::int, sha256 from raw.attachment where instance_id = $1 order by name', [instanceId])
    expect(rows.map(row => `${row.name} ${row.bytes}`)).toEqual(['a.jpg 900000', 'b.jpg 900000'])
  })

  test('is told also where the photograph is larger than the whole disk', async () => {
    const small = elsewhere(await startCollecting(house.database, { RAKKAEO_DATA: folder }))
    const heard = await send(small, cave({ photo: 'a.jpg' }).xml, [photo('a.jpg', randomBytes(8_000_000))])
    expect([heard.status, readdirSync(join(disk, 'arriving'))]).toEqual([507, []])
  })
})

test('a store of files that may take no more (a quota) is told the same', async () => {
  const api = Fastify().setValidatorCompiler(validatorCompiler).setSerializerCompiler(serializerCompiler)
  await acceptFiles(api)
  const files = { keep: async (stream: Readable) => { stream.resume(); throw Object.assign(new Error('disk quota exceeded'), { code: 'EDQUOT' }) } }
  mountSubmission(api, { files, findCollector: async () => ({}), ingest: {} } as unknown as SubmissionParts)
  const address = await api.listen({ host: '127.0.0.1', port: 0 }), heard = await send(new Telephone(phone.base.replace(/^.*\/api/, address)), cave({ photo: 'a.jpg' }).xml, [photo('a.jpg')])
  expect([heard.status, messageOf(heard)]).toEqual([507, expect.stringContaining('ไม่มีที่เก็บ')])
  await api.close()
})

test('a database with no room left is told the collector in a sentence, and sending again keeps it with its file', async () => {
  const { xml, instanceId } = cave({ photo: 'a.jpg' }), sent = photo('a.jpg')
  for (const table of ['raw.submission', 'raw.attachment', 'raw.waiting', 'audit.line']) {
    await owner.query(`create function public.no_room() returns trigger language plpgsql as $$ begin raise exception 'could not extend file' using errcode = 'disk_full'; end $$;
      create trigger no_room before insert on ${table} for each row execute function public.no_room()`)
    const heard = await send(phone, xml, [sent])
    expect([table, heard.status, messageOf(heard)]).toEqual([table, 507, expect.stringContaining('ไม่มีที่เก็บ')])
    expect(await kept(instanceId)).toBe(0)
    await owner.query('drop function public.no_room cascade')
  }
  expect((await send(phone, xml, [sent])).status).toBe(201)
  expect(await filesOf(instanceId)).toEqual({ 'a.jpg': sent.bytes })
})
