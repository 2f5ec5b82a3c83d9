import pg from 'pg'
import { beforeAll, expect, test } from 'vitest'
import type { PlaceChangeDetail, Preview } from '../../domain/change/change.ts'
import { HOME, village } from '../setup/changing.ts'
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
  expect(detail.hindrances.map(({ en }) => en)).toEqual(['1 records came to the new places', '1 submissions came to the new places'])
  expect((await admin.post(`/api/place-changes/${id}/undo`)).json()).toMatchObject({ code: 'change/hindered' })
  for (const table of ['core.record', 'raw.act', 'raw.submission', 'core.duplicate_turn', 'core.duplicate']) await owner.query(`delete from ${table} where area_code = any('{${MOVED},${village(6, MOVED)}}')`)
  expect((await admin.post(`/api/place-changes/${id}/undo`)).statusCode).toBe(200)
  expect((await owner.query('select area_code from core.record')).rows).toEqual([{ area_code: village(1) }])
  expect((await owner.query(`select kind, reason from raw.act order by id`)).rows.map(({ kind, reason }) => `${kind} ${reason ?? ''}`)).toEqual(['make ', `recode ${village(1)} → ${village(1, MOVED)}: พระราชกฤษฎีกา`, `recode ${village(1, MOVED)} → ${village(1)}: ↶ พระราชกฤษฎีกา`])
})
