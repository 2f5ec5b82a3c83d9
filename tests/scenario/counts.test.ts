import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { AreaCode } from '../../domain/base/ids.ts'
import { type Outcome, ReviewAct } from '../../domain/review/review.ts'
import { countsOf, lastOf } from '../../server/count/read.ts'
import { readAs, SYSTEM } from '../../server/db/scope.ts'
import { follow } from '../../server/publication/jobs.ts'
import { foldCounts, keyOf, listCounts } from '../../server/publication/read.fold.ts'
import { fillIn, signedIn, startCollecting, telephoneOf, untilRead, type Collecting } from '../setup/collecting.ts'
import { freshDatabase } from '../setup/fresh.ts'
import type { Browser } from '../setup/people.ts'
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

/** What is kept, and what the acts come to, line by line. */
async function compare(): Promise<void> {
  const [kept, folded] = await readAs(house.database.app, SYSTEM, async tx => [await listCounts(tx), await foldCounts(tx)])
  expect(byKey(kept)).toEqual(byKey(folded))
}
const byKey = (lines: Awaited<ReturnType<typeof listCounts>>) => Object.fromEntries(lines.map(line => [keyOf(line), [line.count, line.faulty, line.shown]]).sort())

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
  while (await follow(house.database.app) > 0);
  await compare()
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
