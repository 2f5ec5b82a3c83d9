import pg from 'pg'
import { beforeAll, expect, test } from 'vitest'
import type { PlaceChangeDetail, Preview } from '../../domain/change/change.ts'
import { HOME, PART, split, village } from '../setup/changing.ts'
import { fillIn, signedIn, startCollecting, telephoneOf, untilRead, type Collecting } from '../setup/collecting.ts'
import { freshDatabase } from '../setup/fresh.ts'
import { whenFileEnds } from '../setup/leave.ts'
import type { Browser } from '../setup/people.ts'
import type { Telephone } from '../setup/telephone.ts'

const MOVED = 'TH580650'
let house: Collecting, owner: pg.Client, admin: Browser, phone: Telephone, xform: string, id: string

/** A telephone gets its key and its form, then the tambon moves to another district. */
beforeAll(async () => {
  house = await startCollecting(await freshDatabase())
  owner = new pg.Client({ connectionString: house.database.url })
  await owner.connect()
  whenFileEnds(() => owner.end())
  admin = await signedIn(house, { userName: 'pricha', role: 'administrator', areas: ['TH58'] })
  phone = await telephoneOf(house, await signedIn(house, { userName: 'khamkaeo', home: HOME, role: 'collector', areas: [HOME] }), [HOME])
  xform = (await phone.download((await phone.listForms()).find(form => form.id === 'attraction') as never)).xform
  await visit(village(1))
  const plan = { kind: 'move', area: HOME, code: MOVED, day: '2026-11-20', reason: 'พระราชกฤษฎีกา' }
  const { seen } = (await admin.post('/api/place-changes/preview', { plan })).json() as Preview
  id = ((await admin.post('/api/place-changes', { plan, seen })).json() as { id: string }).id
})

async function visit(place: string): Promise<string> {
  const { xml, instanceId } = fillIn(xform, { village: place, visit_date: '2026-11-26', title: 'ถ้ำ', kind: 'cave', status: 'open', not_public: 'no' })
  const heard = await phone.submit(xml)
  if (heard.status !== 201) throw new Error(heard.body)
  await untilRead(house)
  return instanceId
}

test('a telephone that knows the old villages sends on, and its records lie at the codes of today without a word', async () => {
  const instance = await visit(village(6))
  const { rows } = await owner.query('select area_code, faults from core.record where instance_id = $1', [instance])
  expect(rows).toEqual([{ area_code: village(6, MOVED), faults: expect.not.arrayContaining([expect.objectContaining({ kind: 'place' })]) }])
  expect((await owner.query('select area_code from raw.submission where instance_id = $1', [instance])).rows).toEqual([{ area_code: village(6, MOVED) }])
})

test('what came since stands against taking it back, and what came before goes back', async () => {
  const detail = (await admin.get(`/api/place-changes/${id}`)).json() as PlaceChangeDetail
  expect(detail.hindrances.map(({ en }) => en)).toEqual(['records that came to the new places: 1', 'submissions that came to the new places: 1'])
  expect((await admin.post(`/api/place-changes/${id}/undo`)).json()).toMatchObject({ code: 'change/hindered' })
  for (const table of ['core.record', 'raw.act', 'raw.submission', 'core.duplicate_turn', 'core.duplicate']) await owner.query(`delete from ${table} where area_code = any('{${MOVED},${village(6, MOVED)}}')`)
  expect((await admin.post(`/api/place-changes/${id}/undo`)).statusCode).toBe(200)
  expect((await owner.query('select area_code from core.record')).rows).toEqual([{ area_code: village(1) }])
  expect((await owner.query(`select kind, reason from raw.act order by id`)).rows.map(({ kind, reason }) => `${kind} ${reason ?? ''}`)).toEqual(['make ', `recode ${village(1)} → ${village(1, MOVED)}: พระราชกฤษฎีกา`, `recode ${village(1, MOVED)} → ${village(1)}: ↶ พระราชกฤษฎีกา`])
})

test('a telephone that was away while its tambon became two others: villages go where they lie, the whole goes to the heir and is flagged, and the form of the tambon is understood', async () => {
  const HEIR = 'TH580706', [, version = ''] = / version="(\d{4,}[^"]*)"/.exec(xform) ?? [], own = `${version}.${HOME}.1`
  await owner.query(`insert into core.form (area_code, dataset_id, version, workbook, xform, md5, model, published_by) select '${HOME}', dataset_id, $1, workbook, xform, md5, model, 'x' from core.form where dataset_id = 'attraction' and area_code = 'TH' and version = $2`, [own, version])
  const plan = { ...split, heir: HEIR, parts: split.parts.map((part, i) => ({ ...part, code: i === 0 ? HEIR : PART })) }, { seen } = (await admin.post('/api/place-changes/preview', { plan })).json() as Preview
  expect((await admin.post('/api/place-changes', { plan, seen })).statusCode).toBe(200)
  const [moved, whole] = [await visit(village(6)), await visit(HOME)]
  xform = xform.replaceAll(` version="${version}"`, ` version="${own}"`)
  const byOwn = await visit(village(6)), { rows } = await owner.query(`select instance_id, area_code, form_area, faults from core.record where instance_id = any($1)`, [[moved, whole, byOwn]])
  const at = (instance: string) => { const row = rows.find(each => each.instance_id === instance); return [row?.area_code, row?.form_area, row?.faults.filter((fault: { kind: string }) => fault.kind === 'place').map((fault: { say: { en: string } }) => fault.say.en)] }
  expect(at(moved)).toEqual([village(6, PART), 'TH', []])
  // the door may not have heard of it: then it lies in the first of the sender's places
  const [lies] = at(whole)
  expect(at(whole)).toEqual([expect.stringMatching(`^(${HEIR}|${PART})$`), 'TH', [`${HOME} was divided since, so this is kept at ${lies}: see in which part it lies.`]])
  expect(at(byOwn)).toEqual([village(6, PART), expect.stringMatching(/TH58070[56]/), []])
})
