import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { proposeDue } from '../../server/privacy/write.proposals.ts'
import { readErasures } from '../../server/privacy/read.list.ts'
import { rakkaeo } from '../setup/command.ts'
import { filesFolderOf } from '../setup/database.ts'
import { NUMBER, Persons } from '../setup/persons.ts'
import { asOwner, emptyDatabase } from '../setup/restored.ts'

const FIRST = 'ซีคิวแก้ว', LAST = 'แซดคิวทอง', WORDS = [FIRST, LAST, NUMBER, 'zq-weaves', '0899911122', 'แซดคิวบ้าน'], BACKUP = join(tmpdir(), `rakkaeo-privacy-${process.pid}`)
let persons: Persons, nicknamed: string

beforeAll(async () => {
  persons = await Persons.make()
  await persons.tell(FIRST, LAST)
  nicknamed = (await persons.send('farmer', { first_name: 'อีกคน', last_name: 'แซดคิวบ้าน' })).id
  const { url, name } = persons.house.database, made = await rakkaeo(['backup', BACKUP], { env: { DATABASE_URL: url, RAKKAEO_KEYS: inject('cluster').keysFile, RAKKAEO_DATA: filesFolderOf(name) } })
  expect(made.code, made.err).toBe(0)
  const erase = (body: object) => persons.people.mali.post('/api/privacy/erase', { request: 'ตล. 12/2569', reason: 'เจ้าของข้อมูลขอให้ลบ', ...body })
  const spots = [...new Set([...await persons.find('mali', { number: NUMBER }), ...await persons.find('mali', { name: `${FIRST} ${LAST}` })].map(({ spot }) => spot))]
  const later = await persons.send('farmer', { first_name: 'มาทีหลัง', last_name: 'แซดคิวบ้าน' })
  for (const body of [{ spots: spots.join(',') }, { spots: nicknamed, also: 'ตุ๊กแก' }, { spots: later.id }]) expect((await erase(body)).json()).toMatchObject({ erasure: expect.any(String) })
})
afterAll(async () => { rmSync(BACKUP, { force: true }); await persons?.owner.end() })

const erasuresOf = async (owner: typeof persons.owner, ids: readonly string[]) => (await owner.query(`select id, record_id, whole, cause, request, reason, person_name from raw.erasure where id = any($1) order by id, record_id`, [ids])).rows

test('what was erased after a backup is erased again when that is restored, by a list that tells nobody who it was', async () => {
  const { url, env } = await emptyDatabase(), list = `${env['RAKKAEO_KEYS']}.erasures`, { rows: [{ ids }] } = await persons.owner.query('select array_agg(distinct id) as ids from raw.erasure')
  const lines = readFileSync(`${inject('cluster').keysFile}.erasures`, 'utf8').split('\n').filter(line => line && ids.includes(JSON.parse(line).id))
  // the last line was cut short by a power cut
  writeFileSync(list, ['', ...lines, '{"id":"'].join('\n'))
  expect([(await readErasures(list))?.length, await readErasures(`${list}.none`)]).toEqual([3, null])
  for (const word of [...WORDS, 'ตุ๊กแก']) expect(lines.join()).not.toContain(word)
  const restored = await rakkaeo(['restore', BACKUP, '--json'], { env })
  expect(restored.code, restored.err).toBe(0)
  const { erasures, takenAt, keys } = JSON.parse(restored.out)
  expect(erasures).toEqual({ again: 2, byHand: [nicknamed] })
  await asOwner(url, async owner => {
    expect(await persons.whereIs(WORDS, owner)).toEqual([])
    expect(await persons.whereIs(['แซดคิวอื่น'], owner), 'the others of the household are there').toContain('core.record_row')
    const again = await erasuresOf(owner, ids)
    expect([again, again.length]).toEqual([(await erasuresOf(persons.owner, ids)).filter(({ id }) => again.some(one => one.id === id)), 4])
    expect((await owner.query('select count(*)::int as files from core.file_gone')).rows).toEqual([{ files: 1 }])
    // as when it is killed just before its end
    await owner.query(`insert into meta.setting (name, value) values ('restoring', $1)`, [`${takenAt} ${keys}`])
  })
  expect((await rakkaeo(['figures', 'check'], { env })).err).toContain('Give the same restore command again')
  const goesOn = await rakkaeo(['restore', BACKUP], { env })
  expect([goesOn.code, goesOn.out], goesOn.err).toEqual([0, expect.stringContaining('Erased again, by the list of erasures: 0')])
  expect((await asOwner(url, owner => owner.query(`select from meta.setting where name = 'restoring'`))).rowCount).toBe(0)
})

test('of a product whose owner does not agree, what it says of them goes and the product stays; one that tells of nobody is not asked about', async () => {
  const product = { consent: 'no', title: 'zq-basket' }, [bare, named] = [await persons.send('otop-product', product), await persons.send('otop-product', { ...product, contact_name: 'เจ้าของ แซดคิวร้าน', contact_phone: '0899911133' })]
  const due = async () => (await persons.due('&dataset=otop-product')).items.filter(({ record }) => [bare.id, named.id].includes(record)).map(({ record, kind, whole }) => [record, kind, whole])
  await proposeDue(persons.house.database.app)
  expect(await due()).toEqual([[named.id, 'consent', false]])
  expect((await persons.settle({ act: 'erase', records: [named.id] })).json()).toEqual({ done: 1, left: 0 })
  expect(await persons.whereIs(['แซดคิวร้าน', '0899911133'])).toEqual([])
  expect((await persons.people.mali.get(`/api/records/${named.id}`)).json().record).toMatchObject({ state: 'received', values: { title: 'zq-basket' } })
  await proposeDue(persons.house.database.app)
  expect(await due()).toEqual([])
})
