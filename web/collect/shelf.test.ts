import 'fake-indexeddb/auto'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { bytesOf, draftOf, emptyPhone, holderOf, pictureOf } from './fake.phone.ts'
import { openShelf, type Entry } from './shelf.ts'

beforeEach(emptyPhone)
afterEach(() => { vi.restoreAllMocks() })

type Fault = (store: IDBObjectStore) => void
const full = () => new DOMException('full', 'QuotaExceededError')

/** From now on there is no room for answers and pictures; for the lines of lists there still is. */
function fillUp(fault: Fault): void {
  const put = IDBObjectStore.prototype.put
  vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (this: IDBObjectStore, ...given) {
    const request = put.apply(this, given)
    if (['answers', 'bytes'].includes(this.name)) fault(this)
    return request
  })
}

test.each<{ when: string; fault: Fault }>([
  { when: 'at once', fault: () => { throw full() } },
  { when: 'when the act is closed', fault: ({ transaction }) => { (transaction as unknown as { _abort: (why: string) => void })._abort('QuotaExceededError') } },
])('a phone without room says so $when, and what was kept before is whole', async ({ fault }) => {
  const shelf = openShelf(await holderOf())
  await shelf.save(draftOf('uuid:1'), '<data>1</data>')
  await shelf.putFile('uuid:1', 'a.jpg', pictureOf(1))
  fillUp(fault)
  await expect(shelf.putFile('uuid:1', 'a.jpg', pictureOf(2, 5))).rejects.toMatchObject({ code: 'collect/phone-full' })
  await expect(shelf.save(draftOf('uuid:1', 'อีกชื่อ'), '<data>2</data>')).rejects.toMatchObject({ code: 'collect/phone-full' })
  const { entry, xml, files } = await shelf.read('uuid:1')
  expect(entry).toMatchObject({ title: 'บ้านป้าสม', files: [{ name: 'a.jpg', bytes: 1000 }] })
  expect(xml).toBe('<data>1</data>')
  expect(await bytesOf(files.get('a.jpg'))).toBe(await bytesOf(pictureOf(1)))
})

test('a draft is finished only with every file that it names; others go', async () => {
  const shelf = openShelf(await holderOf())
  await shelf.save(draftOf('uuid:1'), '<data/>', '3')
  await shelf.putFile('uuid:1', 'a.jpg', pictureOf(1))
  await shelf.putFile('uuid:1', 'old.jpg', pictureOf(2))
  await expect(shelf.finish('uuid:1', ['a.jpg', 'b.jpg'])).rejects.toMatchObject({ code: 'collect/file-missing', details: { name: 'b.jpg' } })
  expect(await shelf.read('uuid:1')).toMatchObject({ at: '3', entry: { state: 'draft' } })
  await shelf.finish('uuid:1', ['a.jpg'])
  expect([...(await shelf.read('uuid:1')).files.keys()]).toEqual(['a.jpg'])
})

test('a tab that still shows the draft cannot write over what another tab finished', async () => {
  const holder = await holderOf(), shelf = openShelf(holder), other = openShelf(holder)
  await shelf.save(draftOf('uuid:1'), '<data>1</data>')
  await other.finish('uuid:1', [])
  await expect(shelf.save(draftOf('uuid:1'), '<data>2</data>')).rejects.toMatchObject({ code: 'collect/not-a-draft' })
  await expect(shelf.putFile('uuid:1', 'a.jpg', pictureOf(1))).rejects.toMatchObject({ code: 'collect/not-a-draft' })
  expect((await shelf.read('uuid:1')).xml).toBe('<data>1</data>')
})

test('whoever watches hears of a change in another tab, once for several', async () => {
  const holder = await holderOf(), shelf = openShelf(holder), other = openShelf(holder), heard: Entry[][] = []
  await shelf.save(draftOf('uuid:1'), '<data/>')
  const end = shelf.watch(entries => { heard.push(entries) })
  await expect.poll(() => heard.length).toBeGreaterThan(0)
  const before = heard.length
  for (const id of ['uuid:2', 'uuid:3', 'uuid:4']) await other.save(draftOf(id), '<data/>')
  await expect.poll(() => heard.at(-1)?.length).toBe(4)
  expect(heard.length - before).toBeLessThanOrEqual(3)
  end()
  shelf.close(); other.close()
})

test('what was sent leaves a line of thirty days', async () => {
  let at = new Date('2026-11-26T08:00:00Z')
  const shelf = openShelf(await holderOf(), { now: () => at })
  for (const id of ['uuid:1', 'uuid:2']) { await shelf.save(draftOf(id), '<data/>'); await shelf.finish(id, []) }
  await shelf.begin('uuid:1')
  await shelf.confirm('uuid:1')
  at = new Date('2026-12-20T08:00:00Z')
  await shelf.clearSent()
  expect(await shelf.list()).toHaveLength(2)
  at = new Date('2026-12-27T08:00:00Z')
  await shelf.clearSent()
  expect((await shelf.list()).map(({ instanceId, state }) => [instanceId, state])).toEqual([['uuid:2', 'waiting']])
})
