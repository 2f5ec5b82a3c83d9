import 'fake-indexeddb/auto'
import fc from 'fast-check'
import { beforeEach, expect, test } from 'vitest'
import { bytesOf, draftOf, emptyPhone, holderOf, KHAMKAEO, MALI, pictureOf } from './fake.phone.ts'
import { makeServer, type FakeServer, type Fault } from './fake.server.ts'
import { makeOutbox, type OutboxStatus } from './outbox.ts'
import { openShelf, type Shelf } from './shelf.ts'

beforeEach(emptyPhone)

const outboxOf = (shelf: Shelf, { fetch, post }: FakeServer) => makeOutbox(shelf, { version: '1', fetch, post, locks: null, lang: () => 'th', getPhone: async () => ({ id: 'p' }) })
const xmlOf = (id: string) => `<data><q>${id}</q><meta><instanceID>${id}</instanceID></meta></data>`

async function finish(shelf: Shelf, id: string, pictures: Record<string, Blob> = {}): Promise<void> {
  await shelf.save(draftOf(id), xmlOf(id))
  for (const [name, picture] of Object.entries(pictures)) await shelf.putFile(id, name, picture)
  await shelf.finish(id, Object.keys(pictures))
}

async function setUp() {
  const shelf = openShelf(await holderOf()), server = makeServer(KHAMKAEO), outbox = outboxOf(shelf, server)
  let status: OutboxStatus | null = null
  outbox.watch(now => { status = now })
  return { shelf, server, outbox, status: () => status as OutboxStatus | null }
}

const FAULTS: (Fault | null)[] = [null, null, null, 'down', 'lost-answer', 'portal', 'portal-401', 'portal-403', 'signed-out', 'busy', 'fault', 'drops-file']

test('over a line that fails in every way, what is called sent is there to the last byte, and the rest is still whole on the phone', async () => {
  await fc.assert(fc.asyncProperty(fc.array(fc.constantFrom(...FAULTS), { maxLength: 25 }), async faults => {
    await emptyPhone()
    const { shelf, server, outbox } = await setUp()
    const pictures: Record<string, Record<string, Blob>> = { 'uuid:1': {}, 'uuid:2': { 'a.jpg': pictureOf(1), 'b.jpg': pictureOf(2, 900_000), 'c.jpg': pictureOf(3, 400_000) }, 'uuid:3': { 'd.jpg': pictureOf(4) } }
    for (const [id, files] of Object.entries(pictures)) await finish(shelf, id, files)
    server.faults = faults
    while (server.faults.length > 0) { await outbox.sendNow(); await check(shelf, server, pictures) }
    await outbox.sendNow()
    await check(shelf, server, pictures)
    expect((await shelf.list()).map(({ state }) => state)).toEqual(['sent', 'sent', 'sent'])
    shelf.close()
  }), { numRuns: 40 })
}, 60_000)

async function check(shelf: Shelf, server: FakeServer, pictures: Record<string, Record<string, Blob>>): Promise<void> {
  for (const entry of await shelf.list()) {
    const there = server.kept.get(entry.instanceId)
    const held = entry.state === 'sent' ? new Map([...there?.files ?? []].map(([name, bytes]) => [name, new Blob([bytes as Uint8Array<ArrayBuffer>])])) : (await shelf.read(entry.instanceId)).files
    expect(['sent', 'waiting']).toContain(entry.state)
    expect([...held.keys()].sort()).toEqual(Object.keys(pictures[entry.instanceId] ?? {}))
    for (const [name, picture] of Object.entries(pictures[entry.instanceId] ?? {})) expect(await bytesOf(held.get(name))).toBe(await bytesOf(picture))
  }
}

test('photos are posted in pieces of about a megabyte, what has arrived is not sent again, and progress is told file by file', async () => {
  const { shelf, server, outbox } = await setUp()
  await finish(shelf, 'uuid:1', { 'a.jpg': pictureOf(1, 700_000), 'b.jpg': pictureOf(2, 200_000), 'c.jpg': pictureOf(3, 800_000) })
  server.faults = [null, null, 'down']
  await outbox.sendNow()
  expect((await shelf.list())[0]).toMatchObject({ state: 'waiting', tried: true, files: [{ name: 'a.jpg', sent: 700_000 }, { name: 'b.jpg', sent: 200_000 }, { name: 'c.jpg', sent: 0 }] })
  await outbox.sendNow()
  expect(server.posted.map(({ names }) => names)).toEqual([['a.jpg', 'b.jpg'], ['c.jpg']])
  expect((await shelf.list())[0]).toMatchObject({ state: 'sent', files: [{ name: 'a.jpg', sent: 700_000 }, { sent: 200_000 }, { sent: 800_000 }] })
  expect(await shelf.readFile('uuid:1', 'a.jpg')).toBeNull()
})

test('a session that ended in the field asks to sign in, and collecting goes on', async () => {
  const { shelf, server, outbox, status } = await setUp()
  await finish(shelf, 'uuid:1')
  server.signedIn = false
  await outbox.sendNow()
  expect(status()).toMatchObject({ state: 'sign-in' })
  expect((await shelf.list())[0]?.why?.th).toContain('เข้าสู่ระบบ')
  await finish(shelf, 'uuid:2')
  server.signedIn = true
  await outbox.sendNow()
  expect((await shelf.list()).map(({ state }) => state)).toEqual(['sent', 'sent'])
  expect(status()).toMatchObject({ state: 'idle', why: null })
})

test('nothing of Khamkaeo is sent while the browser is signed in as Mali', async () => {
  const { shelf, server, outbox } = await setUp()
  await finish(shelf, 'uuid:1')
  server.person = MALI
  await outbox.sendNow()
  expect(server.posted).toEqual([])
  expect((await shelf.list())[0]).toMatchObject({ state: 'waiting', why: { en: expect.stringContaining('somebody else') } })
})

test('what the server refuses is kept with its sentence, does not stop the next one, and can be opened again', async () => {
  const { shelf, server, outbox } = await setUp()
  await finish(shelf, 'uuid:1', { 'a.jpg': pictureOf(1) })
  await new Promise(later => setTimeout(later, 2))
  await finish(shelf, 'uuid:2')
  server.faults = [null, 'refuses']
  await outbox.sendNow()
  const [, first] = (await shelf.list()).sort((a, b) => b.instanceId.localeCompare(a.instanceId))
  expect(first).toMatchObject({ state: 'refused', why: { th: 'ปิดรับแล้ว & จบ' } })
  expect([...server.kept.keys()]).toEqual(['uuid:2'])
  await shelf.reopen('uuid:1')
  expect(await shelf.read('uuid:1')).toMatchObject({ entry: { state: 'draft', why: null }, xml: xmlOf('uuid:1') })
})

test('what may have arrived is not opened again', async () => {
  const { shelf, server, outbox } = await setUp()
  await finish(shelf, 'uuid:1')
  server.faults = [null, 'lost-answer']
  await outbox.sendNow()
  await expect(shelf.reopen('uuid:1')).rejects.toMatchObject({ code: 'collect/may-have-arrived' })
})

test('two tabs do not send the same', async () => {
  const { shelf, server } = await setUp()
  let last = Promise.resolve()
  const locks = { request: (_name: string, work: () => Promise<void>) => { last = last.then(work); return last } } as unknown as LockManager
  const tab = () => makeOutbox(shelf, { version: '1', fetch: server.fetch, post: server.post, locks, lang: () => 'th', getPhone: async () => ({ id: 'p' }) })
  for (let turn = 1; turn <= 5; turn++) await finish(shelf, `uuid:${turn}`)
  await Promise.all([tab().sendNow(), tab().sendNow()])
  expect(server.posted.map(({ instanceId }) => instanceId)).toEqual(['uuid:1', 'uuid:2', 'uuid:3', 'uuid:4', 'uuid:5'])
})

test('what is finished while others are being sent is sent after them', async () => {
  const { shelf, server } = await setUp(), post = server.post
  server.post = (...sent) => { server.post = post; return finish(shelf, 'uuid:2').then(() => { void late.sendNow(); return post(...sent) }) }
  const late = makeOutbox(shelf, { version: '1', fetch: server.fetch, post: (...sent) => server.post(...sent), locks: null, lang: () => 'th', getPhone: async () => ({ id: 'p' }) })
  await finish(shelf, 'uuid:1')
  await late.sendNow()
  expect(server.posted.map(({ instanceId }) => instanceId)).toEqual(['uuid:1', 'uuid:2'])
})

test('three that the server stumbles over do not keep back the others for ever', async () => {
  const { shelf, server, outbox } = await setUp()
  for (const id of ['uuid:1', 'uuid:2', 'uuid:3', 'uuid:4']) { await finish(shelf, id); await new Promise(later => setTimeout(later, 2)) }
  server.faults = [null, 'fault', 'fault', 'fault']
  await outbox.sendNow()
  expect([...server.kept.keys()]).toEqual([])
  server.faults = [null, null, null, 'busy']
  await outbox.sendNow()
  expect([...server.kept.keys()]).toEqual(['uuid:4'])
})
