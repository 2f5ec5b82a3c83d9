import 'fake-indexeddb/auto'
import { beforeEach, expect, test } from 'vitest'
import { draftOf, emptyPhone, KHAMKAEO } from './fake.phone.ts'
import { addPerson, listPeople } from './people.ts'
import { getPhone, guessName, renamePhone } from './phone.name.ts'
import { reportPhone } from './phone.ts'
import { openShelf } from './shelf.ts'
import { openStore } from './store.ts'

beforeEach(emptyPhone)

const khamkaeo = { id: KHAMKAEO, name: 'คำแก้ว' }

test('a phone keeps the number that it drew, whatever it is called', async () => {
  const [first, second] = await Promise.all([getPhone(), getPhone()])
  expect(second).toEqual(first)
  expect(await renamePhone(' เครื่องของ อบต. ')).toEqual({ id: first.id, name: 'เครื่องของ อบต.' })
  expect(await getPhone()).toEqual({ id: first.id, name: 'เครื่องของ อบต.' })
  expect(guessName('Mozilla/5.0 (Linux; Android 14; SM-A155F Build/UP1A) AppleWebKit/537.36')).toBe('Android SM-A155F')
  expect(guessName('Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X)')).toBe('iPhone')
})

test('the server is told what waits and since when; a phone that was revoked is wiped of its person, and another answer wipes nothing', async () => {
  const shelf = openShelf(await addPerson(khamkaeo, '')), told: unknown[] = []
  let answer: unknown = { revoked: false }
  const parts = { store: openStore, fetch: (async (href: string, { body }: { body: string }) => { told.push([href.split('/').slice(0, 4).join('/'), JSON.parse(body)]); return Response.json(answer) }) as unknown as typeof fetch }
  await shelf.save(draftOf('uuid:1'), '<data/>')
  const madeAt = (await shelf.list())[0]?.madeAt
  expect(await reportPhone(shelf, 'v1', parts)).toEqual({ revoked: false })
  expect(told).toMatchObject([['/api/collect/phones', { unsent: 1, oldest: madeAt, version: 'v1' }]])
  for (answer of ['<html>buy Wi-Fi', { revoked: 'yes' }]) expect(await reportPhone(shelf, 'v1', parts)).toBeNull()
  expect(await shelf.list()).toHaveLength(1)
  answer = { revoked: true }
  expect(await reportPhone(shelf, 'v1', parts)).toEqual({ revoked: true })
  expect(await listPeople()).toEqual([])
  expect(await shelf.list()).toEqual([])
})
