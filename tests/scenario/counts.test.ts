import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { AreaCode } from '../../domain/base/ids.ts'
import { type Outcome, ReviewAct } from '../../domain/review/review.ts'
import { countsOf, lastOf } from '../../server/count/read.ts'
import { settleCounts } from '../../server/count/write.ts'
import { readAs, SYSTEM, writeAs } from '../../server/db/scope.ts'
import { follow } from '../../server/publication/jobs.ts'
import { checkFigures } from '../../server/publication/read.check.ts'
import { foldCounts } from '../../server/publication/read.fold.ts'
import { rebuildFigures } from '../../server/publication/write.rebuild.ts'
import { fillIn, signedIn, startCollecting, telephoneOf, untilRead, type Collecting } from '../setup/collecting.ts'
import { freshDatabase } from '../setup/fresh.ts'
import { Browser } from '../setup/people.ts'
import type { Telephone } from '../setup/telephone.ts'

const HOME = 'TH580703', VILLAGES = [`${HOME}01`, `${HOME}02`, 'TH58070101']
let house: Collecting, phone: Telephone, xform: string, owner: pg.Client
const people: Browser[] = []

beforeAll(async () => {
  house = await startCollecting(await freshDatabase())
  const khamkaeo = await signedIn(house, { userName: 'khamkaeo', role: 'collector', areas: ['TH5807'] })
  people.push(await signedIn(house, { userName: 'mali', role: 'tambon-integrator', areas: [HOME] }), await signedIn(house, { userName: 'somsak', role: 'provincial-integrator', areas: ['TH58'] }), khamkaeo)
  phone = await telephoneOf(house, khamkaeo, ['TH5807'])
  xform = (await phone.download((await phone.listForms()).find(({ id }) => id === 'attraction') as never)).xform
  owner = new pg.Client({ connectionString: house.database.url })
  await owner.connect()
})
afterAll(() => owner?.end())

async function visit(id: string, how: 'create' | 'update', given: Record<string, string>): Promise<void> {
  const entity = `<entity xmlns="http://www.opendatakit.org/xforms/entities" dataset="attraction" id="${id}" ${how}="1"${how === 'update' ? ' baseVersion="9999"' : ''}><label>x</label></entity>`
  const heard = await phone.submit(fillIn(xform, { title: 'ถ้ำ', status: 'open', not_public: 'no', condition: 'good', ...given }, { entity }).xml)
  if (heard.status !== 201) throw new Error(heard.body)
}

const checked = () => readAs(house.database.app, SYSTEM, checkFigures)
/** Counts, sums and figures, also those that are open, are what the acts come to. */
async function compare(): Promise<void> {
  expect((await checked()).differences).toEqual([])
}

const THINGS = 5
const Which = fc.nat(THINGS - 1)
const Given = fc.record({ village: fc.constantFrom(...VILLAGES), kind: fc.constantFrom('cave', 'waterfall'), visit_date: fc.constantFrom('2026-11-02', '2025-01-31'), not_public: fc.constantFrom('yes', 'no') })
const Step = fc.oneof(
  { weight: 4, arbitrary: fc.record({ what: fc.constant('act' as const), who: fc.nat(2), kind: fc.constantFrom(...ReviewAct.options), of: fc.uniqueArray(Which, { minLength: 1 }) }) },
  { weight: 1, arbitrary: fc.record({ what: fc.constant('undo' as const), who: fc.nat(1), back: fc.nat(3) }) },
  { weight: 3, arbitrary: fc.record({ what: fc.constant('visit' as const), of: Which, given: Given }) },
  { weight: 1, arbitrary: fc.record({ what: fc.constant('follow' as const) }) },
)

test('whatever people and telephones do at once, the counts are what the acts come to, at every place', async () => {
  await fc.assert(fc.asyncProperty(fc.array(fc.array(Step, { minLength: 1, maxLength: 4 }), { minLength: 3, maxLength: 6 }), async rounds => {
    const ids = Array.from({ length: THINGS }, () => randomUUID()), batches: string[] = []
    for (const [i, id] of ids.entries()) await visit(id, 'create', { village: VILLAGES[i % VILLAGES.length] as string, kind: 'cave', visit_date: '2026-11-26' })
    await untilRead(house)
    for (const round of rounds) {
      await Promise.all(round.map(async step => {
        if (step.what === 'visit') return visit(ids[step.of] as string, 'update', step.given)
        if (step.what === 'follow') return follow(house.database.app)
        const batch = step.what === 'undo' ? batches.at(-1 - step.back) : undefined
        if (step.what === 'undo') return batch && people[step.who]?.post(`/api/datasets/attraction/acts/${batch}/undo`)
        const done = (await people[step.who]?.post('/api/datasets/attraction/acts', { act: step.kind, ids: step.of.map(i => ids[i]), mode: 'good', reason: 'ลอง' }))?.json() as Outcome
        if (done.batch) batches.push(done.batch)
      }))
      await untilRead(house)
      await compare()
    }
  }), { numRuns: 6 })
  await settled()
  const { equal, different } = await checked()
  expect({ different, some: equal > 20 }).toEqual({ different: 0, some: true })
  await expectSums()
})

/** The sum of any place, before and after it was added up, is the sum of what lies in it. */
async function expectSums(): Promise<void> {
  await readAs(house.database.app, SYSTEM, async tx => {
    const lines = await foldCounts(tx)
    for (const area of ['TH', 'TH58', 'TH5807', HOME, VILLAGES[0], 'TH50'] as AreaCode[]) {
      const counts = await countsOf(tx, [area], { by: ['state', 'type'] })
      const slow = Map.groupBy(lines.filter(line => line.area.startsWith(area)), ({ dataset, state, type }) => `${dataset} ${state} ${type}`)
      expect(counts.map(({ dataset, state, type, count }) => [`${dataset} ${state} ${type}`, count]), area).toEqual([...slow].map(([key, alike]) => [key, alike.reduce((sum, { count }) => sum + count, 0)]).sort())
    }
    const tambons = await countsOf(tx, ['TH58' as AreaCode], { level: 'tambon' })
    expect(tambons.map(({ area }) => area)).toEqual([...new Set(lines.map(line => line.area.slice(0, 8)))].sort())
    const { rows: [last] } = await owner.query<{ at: Date }>('select max(changed_at) as at from core.record')
    expect(await lastOf(tx, ['TH' as AreaCode])).toEqual([{ area: null, dataset: 'attraction', at: last?.at }])
  })
}

type Figures = { values: { area: string; value: number | null; status: string; period: string }[]; source: { id: string; title: { en: string } }; indicator: { version: string } }
const figures = async (query: string) => (await new Browser(house.app).get(`/api/figures?${query}`)).json() as Figures
const settled = async () => { while (await follow(house.database.app) !== 0); }

/** Records as they would stand, made by hand: so many in each village. */
async function stand(dataset: string, villages: Record<string, number>, state = 'approved', publishes = true): Promise<void> {
  for (const [village, count] of Object.entries(villages)) {
    await owner.query(`with made as (insert into core.record (area_code, id, dataset_id, state, form_area, version, instance_id, versions, day, made_at, made_by, changed_at, changed_by, open, internal, personal, sensitive, faults, acts, may_publish)
      select $1, gen_random_uuid(), f.dataset_id, $4, 'TH', f.version, 'by hand', 1, '2026-11-01', now(), gen_random_uuid(), now(), gen_random_uuid(), '{}', '{}', '{}', '{}', '[]', 2, $5 from core.form f, generate_series(1, $3) where f.dataset_id = $2 and f.area_code = 'TH' returning area_code, id, dataset_id, state)
      insert into raw.act (area_code, record_id, dataset_id, kind, at) select area_code, id, dataset_id, kind, now() from made, unnest(case when state = 'approved' then '{make,approve}'::text[] else '{make}' end) with ordinality k (kind, turn) order by id, turn`, [village, dataset, count, state, publishes])
  }
}

test('an approval is in the figures of the village, the tambon, the province and the nation within five seconds, by every door', async () => {
  const id = randomUUID(), began = Date.now()
  // as long as nothing is public, there is no such number
  const known = async () => (await figures('indicator=records-attraction') as Partial<Figures>).values?.[0]?.value ?? 0, before = await known()
  await visit(id, 'create', { village: VILLAGES[0] as string, kind: 'cave', visit_date: '2026-11-26', visitor_wish: 'some', position: '19.5 98.2 0 5', months: '' })
  await untilRead(house)
  await owner.query(`update core.record set faults = '[]' where id = $1`, [id])
  expect((await people[0]?.post('/api/datasets/attraction/acts', { act: 'approve', ids: [id] }))?.json()).toMatchObject({ done: 1 })
  // the server follows by itself
  while (await known() !== before + 1) { if (Date.now() - began > 8000) throw new Error('the figure did not follow'); await new Promise(done => setTimeout(done, 100)) }
  for (const area of ['TH', 'TH58', 'TH5807', HOME, VILLAGES[0] as string]) expect((await figures(`indicator=records-attraction&area=${area}`)).values[0], area).toMatchObject({ status: 'summed', value: (await owner.query(`select count(*)::int as n from open.record where dataset_id = 'attraction' and area_code like $1 || '%'`, [area])).rows[0].n })
  const { items } = (await new Browser(house.app).get('/api/ranks?indicator=records-attraction&level=province')).json() as { items: { area: string; rank: number | null }[] }
  expect(items[0]).toMatchObject({ area: 'TH58', rank: 1 })
  expect((await new Browser(house.app).get('/api/figures.csv?indicator=records-attraction&area=TH58')).body).toContain('ชุดข้อมูลชุมชน')
  const { headlines, missing } = (await new Browser(house.app).get(`/api/profile/${HOME}`)).json() as { headlines: { indicator: { id: string } }[]; missing: { source: string }[] }
  expect(headlines.map(({ indicator }) => indicator.id)).toContain('records-attraction')
  expect(missing.map(({ source }) => source)).not.toContain('dataset-attraction')
})

test('of persons few are not told, and not what would give them away; where few and none read the same', async () => {
  await stand('returnee', { TH58070101: 30, TH580702: 3, TH580703: 12, TH580101: 40 })
  await settled()
  const tambons = await figures('indicator=records-returnee&level=tambon&area=TH5807')
  expect(tambons.values.filter(({ value }) => value !== null).map(({ area, value }) => [area, value])).toEqual([['TH580701', 30]])
  expect(new Set(tambons.values.filter(({ value }) => value === null).map(({ status }) => status))).toEqual(new Set(['suppressed']))
  expect((await figures('indicator=records-returnee&area=TH5807')).values[0]).toMatchObject({ value: 45 })
  expect((await figures('indicator=records-returnee&area=TH58070101')).values[0]).toMatchObject({ value: null, status: 'not-published' })
  await compare()
})

test('what somebody asked to keep from the public is not counted there, and what is not approved is not', async () => {
  await stand('restaurant', { TH58070101: 2 })
  await stand('restaurant', { TH58070101: 4 }, 'approved', false)
  await stand('restaurant', { TH58070101: 8 }, 'received')
  await settled()
  expect((await figures('indicator=records-restaurant&area=TH58070101')).values[0]).toMatchObject({ value: 2 })
  await compare()
})

test('when a dataset’s ladder changes its number is another one, by another definition; when it is no longer for everyone it is gone', async () => {
  const change = (path: string, value: unknown) => owner.query(`update core.dataset set definition = jsonb_set(definition, $1::text[], $2::jsonb) where id = 'restaurant'`, [path, JSON.stringify(value)])
  await change('{ladder}', { approves: 'tambon', counts: 'received' })
  await settled()
  expect(await figures('indicator=records-restaurant&area=TH58')).toMatchObject({ indicator: { version: '1-received' }, values: [{ value: 10, status: 'provisional' }] })
  await change('{catalogue,data_category}', 'ข้อมูลความมั่นคง')
  await settled()
  expect((await owner.query(`select from open.figure where source_id = 'dataset-restaurant'`)).rowCount).toBe(0)
  expect((await owner.query(`select from open.series where source_id = 'dataset-restaurant'`)).rowCount).toBe(0)
  await change('{catalogue,data_category}', 'ข้อมูลสาธารณะ')
  await change('{ladder}', { approves: 'tambon', counts: 'approved' })
  await settled()
  expect(await figures('indicator=records-restaurant&area=TH58')).toMatchObject({ indicator: { version: '1-approved' }, values: [{ value: 2, status: 'summed' }] })
  await compare()
})

test('what is broken off half-way was not done; the next one does it', async () => {
  await stand('plant', { TH58070101: 7 })
  await expect(writeAs(house.database.app, SYSTEM, async tx => { while ((await settleCounts(tx, 1000) ?? [0]).length > 0); throw new Error('killed') })).rejects.toThrow('killed')
  await compare()
  await settled()
  expect((await figures('indicator=records-plant')).values[0]).toMatchObject({ value: 7 })
  await compare()
})

test.each([
  ['a count', `update core.record_count set count = count + 1 where ctid = (select ctid from core.record_count limit 1)`, /^count /],
  ['a sum', `delete from core.record_sum where ctid = (select ctid from core.record_sum limit 1)`, /^sum /],
  ['a figure', `update fact.figure set numerator = numerator + 1 where source_id = 'dataset-attraction' and area_code = 'TH58'`, /^fact\.figure .* TH58$/],
  ['an open figure', `delete from open.figure where source_id = 'dataset-attraction' and area_code = 'TH580703'`, /^open\.figure .* TH580703$/],
  ['a figure of few persons', `insert into open.figure select 'TH580702', indicator_id, version, period, source_id, 'tambon', 3, null, status from open.figure where source_id = 'dataset-returnee' and area_code = 'TH'`, /^open\.figure .* TH580702$/],
  ['the state of a record', `update core.record set state = 'rejected' where id = (select id from core.record where dataset_id = 'attraction' and state = 'approved' limit 1)`, /^count /],
])('%s that is wrong is found, and made anew from the acts', async (_what, spoil, cell) => {
  await owner.query(spoil)
  const { different, differences } = await checked()
  expect(different).toBeGreaterThan(0)
  expect(differences.some(one => cell.test(one.cell)), JSON.stringify(differences)).toBe(true)
  await writeAs(house.database.app, SYSTEM, rebuildFigures)
  await compare()
})
