import 'fake-indexeddb/auto'
import { beforeEach, expect, test } from 'vitest'
import { bytesOf, draftOf, emptyPhone, holderOf, lifeUntil, mortalStore, pictureOf, type Life } from './fake.phone.ts'
import { makeServer, type FakeServer } from './fake.server.ts'
import { makeOutbox } from './outbox.ts'
import { openShelf, type Holder, type Shelf } from './shelf.ts'

beforeEach(emptyPhone)

const ID = 'uuid:5a3e', xmlOf = (answer: string) => `<data><q>${answer}</q><meta><instanceID>${ID}</instanceID></meta></data>`
const outboxOf = (shelf: Shelf, { fetch, post }: FakeServer) => makeOutbox(shelf, { version: 'test', fetch, post, locks: null, lang: () => 'th', getPhone: async () => ({ id: 'p' }) })

/** What the phone said it had kept, or was about to keep, when it died. */
type Said = { xml: string[]; files: string[][]; finished: boolean }

async function visit(shelf: Shelf, server: FakeServer, said: Said): Promise<void> {
  const step = async (next: Partial<Said>, work: () => Promise<void>) => {
    Object.assign(said, { xml: [...said.xml, ...next.xml ?? []], files: [...said.files, ...next.files ?? []] })
    await work()
    Object.assign(said, { xml: next.xml ?? said.xml.slice(-1), files: next.files ?? said.files.slice(-1), finished: next.finished ?? said.finished })
  }
  await step({ xml: [xmlOf('1')] }, () => shelf.save(draftOf(ID), xmlOf('1')))
  await step({ files: [['a.jpg']] }, () => shelf.putFile(ID, 'a.jpg', pictureOf(1)))
  await step({ files: [['a.jpg', 'b.jpg']] }, () => shelf.putFile(ID, 'b.jpg', pictureOf(2)))
  await step({ files: [['a.jpg', 'b.jpg', 'c.jpg']] }, () => shelf.putFile(ID, 'c.jpg', pictureOf(3)))
  await step({ xml: [xmlOf('2')] }, () => shelf.save(draftOf(ID), xmlOf('2')))
  await step({ files: [['a.jpg', 'b.jpg']], finished: true }, () => shelf.finish(ID, ['a.jpg', 'b.jpg']))
  await outboxOf(shelf, server).sendNow()
}

async function live(holder: Holder, life: Life, server: FakeServer): Promise<Said> {
  const said: Said = { xml: ['nothing'], files: [[]], finished: false }
  const shelf = openShelf(holder, { store: mortalStore(life) })
  await Promise.resolve().then(() => visit(shelf, server, said)).catch(error => { if (!life.dead) throw error })
  shelf.close()
  return said
}

async function checkNothingLost(shelf: Shelf, server: FakeServer, said: Said): Promise<void> {
  const [entry] = await shelf.list(), there = server.kept.get(ID)
  if (entry === undefined) return expect(said.xml).toContain('nothing')
  if (entry.state === 'sent') {
    expect(there?.xml).toBe(xmlOf('2'))
    expect([...there?.files.keys() ?? []].sort()).toEqual(['a.jpg', 'b.jpg'])
    return
  }
  const { xml, files } = await shelf.read(ID)
  expect(said.xml).toContain(xml)
  expect(said.files.map(names => names.join())).toContain([...files.keys()].sort().join())
  for (const [name, sign] of [['a.jpg', 1], ['b.jpg', 2], ['c.jpg', 3]] as const) if (files.has(name)) expect(await bytesOf(files.get(name))).toBe(await bytesOf(pictureOf(sign)))
  if (said.finished) expect(['waiting', 'sending']).toContain(entry.state)
}

test.each<{ server: string; faults: FakeServer['faults'] }>([
  { server: 'one that keeps all', faults: [] },
  // who is signed in; then the post
  { server: 'one that loses a photo and says thanks', faults: [null, 'drops-file'] },
  { server: 'one whose thanks get lost', faults: [null, 'lost-answer'] },
])('a tab that is killed at any step of a visit, while writing or sending to $server, loses no answer and no photo, and calls nothing sent that the server lacks', async ({ faults }) => {
  let step = 1
  for (;; step++) {
    await emptyPhone()
    const holder = await holderOf(), life = lifeUntil(step), server = makeServer(holder.person)
    Object.assign(server, { life, faults: [...faults] })
    const said = await live(holder, life, server)
    Object.assign(server, { life: null, faults: [] })
    const shelf = openShelf(holder)
    await checkNothingLost(shelf, server, said)
    if (said.finished || (await shelf.list())[0]?.state === 'waiting') {
      await outboxOf(shelf, server).sendNow()
      expect((await shelf.list())[0], `killed at step ${step}`).toMatchObject({ state: 'sent', why: null })
      await checkNothingLost(shelf, server, said)
    }
    shelf.close()
    if (!life.dead) break
  }
  // the visit has so many steps at least: else this test looked at nothing
  expect(step).toBeGreaterThan(80)
}, 60_000)
