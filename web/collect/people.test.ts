import 'fake-indexeddb/auto'
import { beforeEach, expect, test } from 'vitest'
import { draftOf, emptyPhone, KHAMKAEO, MALI, pictureOf } from './fake.phone.ts'
import { addPerson, changePin, listPeople, logOut, unlock, type People } from './people.ts'
import { ROUNDS } from './seal.ts'
import { openShelf } from './shelf.ts'
import { openStore } from './store.ts'

beforeEach(emptyPhone)

const khamkaeo = { id: KHAMKAEO, name: 'คำแก้ว' }, mali = { id: MALI, name: 'มะลิ' }
const clock = (at = Date.parse('2026-11-26T08:00:00Z')) => {
  const people: People & { pass: (ms: number) => void } = { store: openStore, now: () => at, pass: ms => { at += ms } }
  return people
}

async function write(person: typeof khamkaeo, pin: string, id: string): Promise<void> {
  const shelf = openShelf(await addPerson(person, pin))
  await shelf.save(draftOf(id), '<data>ความลับ</data>')
  await shelf.putFile(id, 'a.jpg', pictureOf(1))
  shelf.close()
}

test('each of two people on one phone reads what they wrote, with their own PIN, and nothing of the other; how much is unsent is seen before', async () => {
  await write(khamkaeo, '1234', 'uuid:k')
  await write(mali, '5678', 'uuid:m')
  expect(await listPeople()).toEqual([{ ...khamkaeo, hasPin: true, unsent: 1 }, { ...mali, hasPin: true, unsent: 1 }])
  const shelf = openShelf(await unlock(MALI, '5678'))
  expect((await shelf.list()).map(({ instanceId }) => instanceId)).toEqual(['uuid:m'])
  await expect(shelf.read('uuid:k')).rejects.toMatchObject({ code: 'collect/not-on-phone' })
  await expect(unlock(KHAMKAEO, '5678')).rejects.toMatchObject({ code: 'collect/wrong-pin' })
  expect(ROUNDS).toBeGreaterThanOrEqual(600_000)
})

test('nothing of what was answered lies in the phone’s store in the clear, and no key', async () => {
  await write(khamkaeo, '', 'uuid:k')
  const db = await openStore()
  const lying = JSON.stringify(await Promise.all([...db.objectStoreNames].map(name => db.getAll(name as 'entries'))), (_, value) => value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : value)
  expect(lying).not.toMatch(/ความลับ|บ้านป้าสม|TH58070301/)
  expect(lying).not.toContain(Buffer.from(new Uint8Array(20).fill(1)).toString('latin1'))
  expect(lying).toContain('uuid:k')
})

test('after three wrong PINs one has to wait, longer each time; a clock set back a year locks nobody out', async () => {
  const people = clock()
  await addPerson(khamkaeo, '1234', people)
  for (const wrong of ['1', '2', '3']) await expect(unlock(KHAMKAEO, wrong, people)).rejects.toMatchObject({ code: 'collect/wrong-pin' })
  await expect(unlock(KHAMKAEO, '1234', people)).rejects.toMatchObject({ code: 'collect/wait-for-pin', details: { waitSeconds: 5 } })
  people.pass(5_000)
  await expect(unlock(KHAMKAEO, '4', people)).rejects.toMatchObject({ code: 'collect/wrong-pin' })
  people.pass(5_000)
  await expect(unlock(KHAMKAEO, '1234', people)).rejects.toMatchObject({ details: { waitSeconds: 5 } })
  people.pass(-365 * 86_400_000)
  expect(await unlock(KHAMKAEO, '1234', people)).toMatchObject({ person: KHAMKAEO, name: 'คำแก้ว' })
}, 20_000)

test('with a new PIN the entries are the same, and a person who is added twice keeps the first key', async () => {
  await write(khamkaeo, '', 'uuid:k')
  await changePin(KHAMKAEO, '', '1234')
  await expect(unlock(KHAMKAEO, '')).rejects.toMatchObject({ code: 'collect/wrong-pin' })
  await expect(addPerson(khamkaeo, '9999')).rejects.toMatchObject({ code: 'collect/wrong-pin' })
  const shelf = openShelf(await addPerson(khamkaeo, '1234'))
  expect((await shelf.read('uuid:k')).xml).toBe('<data>ความลับ</data>')
})

test('who signs out is told what is unsent; then everything of theirs goes, and nothing of anybody else', async () => {
  await write(khamkaeo, '', 'uuid:k')
  await write(mali, '', 'uuid:m')
  await expect(logOut(KHAMKAEO)).rejects.toMatchObject({ code: 'collect/still-unsent', details: { unsent: 1 } })
  await logOut(KHAMKAEO, { evenUnsent: true })
  const db = await openStore()
  for (const name of ['entries', 'answers', 'files', 'bytes'] as const) expect((await db.getAll(name)).map(({ person }) => person)).toEqual([MALI])
  expect(await listPeople()).toEqual([{ ...mali, hasPin: false, unsent: 1 }])
})

test('a tab that is still open after its person signed out keeps nothing, and spoils nothing when they come again', async () => {
  const left = openShelf(await addPerson(khamkaeo, ''))
  await logOut(KHAMKAEO)
  await expect(left.save(draftOf('uuid:1'), '<data/>')).rejects.toMatchObject({ code: 'collect/signed-out' })
  const again = openShelf(await addPerson(khamkaeo, ''))
  await expect(left.save(draftOf('uuid:1'), '<data/>')).rejects.toMatchObject({ code: 'collect/signed-out' })
  await again.save(draftOf('uuid:1'), '<data>2</data>')
  expect((await again.read('uuid:1')).xml).toBe('<data>2</data>')
})
