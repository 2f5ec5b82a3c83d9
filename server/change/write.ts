import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { ChangeId, type AreaCode, type PersonId } from '../../domain/base/ids.ts'
import { accessProblems } from '../../domain/access/problems.ts'
import { whoGives } from '../../domain/access/rules.ts'
import { commonOf, isWithin, NATION, parentOf } from '../../domain/area/rules.ts'
import type { ChangePlan, Preview } from '../../domain/change/change.ts'
import { changeProblems } from '../../domain/change/problems.ts'
import { codesOf, layOut, placesOf, type Layout } from '../../domain/change/rules.ts'
import { tryOut, type Writer } from '../db/db.ts'
import { note } from '../db/note.ts'
import { inPlaces } from '../db/scope.ts'
import { TODAY } from '../db/today.ts'
import { columnsThat, type Act } from './read.columns.ts'
import { readPreview } from './read.preview.ts'
import { findLastChange, listGround, listKnown } from './read.ts'
import { changeGround, redraw } from './write.ground.ts'
import { giveEach, listAnew, shareTargets } from './write.parts.ts'
import { recode } from './write.recode.ts'
import { lockChanging, standStill } from './write.still.ts'
import { drawMaps, noteLast, placePairs, tellRecords } from './write.records.ts'
import { recodeBefore } from './write.tables.ts'

/** Who changes places, and where they may: by the site, by the API, or at the command line of the server (`person` null). */
export type Changer = { areas: readonly AreaCode[]; by: { name: string; person: PersonId | null } }

/** Does everything, looks at it, and takes it back. */
export function previewChange(tx: Writer, changer: Changer, plan: ChangePlan): Promise<Preview> {
  return tryOut(tx, async () => {
    const { act, layout } = await carryOut(tx, changer, plan)
    return inPlaces(tx, [NATION], () => readPreview(tx, act, plan, layout))
  })
}

/** Changes places, if what follows is what was seen. */
export async function changePlace(tx: Writer, changer: Changer, plan: ChangePlan, seen: string): Promise<{ id: ChangeId }> {
  const { act, layout } = await carryOut(tx, changer, plan)
  const preview = await inPlaces(tx, [NATION], () => readPreview(tx, act, plan, layout))
  if (preview.seen !== seen) throw changeProblems.otherwise({})
  await note(tx, { action: 'place.change', area: act.area, target: `${plan.kind} ${act.id}`, reason: plan.reason })
  return { id: act.id }
}

async function carryOut(tx: Writer, changer: Changer, plan: ChangePlan): Promise<{ act: Act; layout: Layout }> {
  const olds = placesOf(plan), news = codesOf(plan)
  mustReach(changer, [...olds, ...news])
  const act: Act = { area: commonOf([...olds, ...news]), id: ChangeId.parse(randomUUID()), olds, news }
  await lockChanging(tx)
  const layout = await planOut(tx, plan)
  return inPlaces(tx, [NATION], async () => {
    await standStill(tx)
    await sql`insert into core.area_act (area_code, id, plan, done_by, done_by_name) values (${act.area}, ${act.id}, ${JSON.stringify(plan)}::jsonb, ${changer.by.person}, ${changer.by.name})`.execute(tx)
    await changeGround(tx, act, plan, layout)
    await redraw(tx, act, plan, layout)
    await changeRows(tx, act, plan, layout, changer)
    return { act, layout }
  })
}

async function changeRows(tx: Writer, act: Act, plan: ChangePlan, layout: Layout, { by }: Changer): Promise<void> {
  if (layout.became.size === 0) return
  await drawMaps(tx, act, layout)
  await noteLast(tx, act)
  for (const name of columnsThat('instance', 'record', 'place', 'each', 'shared')) await recode(tx, act, name)
  await recodeBefore(tx, act)
  await placePairs(tx, act, true)
  for (const name of columnsThat('each', 'copied')) await giveEach(tx, act, layout, name)
  await shareTargets(tx, act, layout)
  for (const name of columnsThat('list')) await listAnew(tx, act, layout, name)
  await tellRecords(tx, act, by, plan.reason)
}

export function mustReach({ areas: held }: Changer, wanted: readonly AreaCode[]): void {
  if (!wanted.every(area => held.some(place => isWithin(area, place)))) throw accessProblems.noRight({ right: 'change-places', ask: whoGives('change-places') })
}

/** The plan laid out over what is there, or why it cannot be. */
async function planOut(tx: Writer, plan: ChangePlan): Promise<Layout> {
  const olds = placesOf(plan), news = codesOf(plan), { rows: [now] } = await sql<{ today: string }>`select ${TODAY} as today`.execute(tx)
  if (plan.day > (now?.today ?? '')) throw changeProblems.future({})
  const known = await listKnown(tx, [...olds, ...news]), inside = await listGround(tx, olds)
  const layout = layOut(plan, inside, code => known.has(code))
  const last = await findLastChange(tx, [...olds, ...layout.ends])
  if (plan.kind !== 'rename' && last && last.day >= plan.day) throw changeProblems.early(last)
  const made = new Set(layout.begins.map(({ code }) => code)), parents = [...new Set(layout.begins.map(({ code }) => parentOf(code) as AreaCode))].filter(code => !made.has(code))
  const there = new Set((await listGround(tx, parents)).map(({ code }) => code))
  for (const code of parents) if (!there.has(code)) throw changeProblems.notThere({ code })
  return layout
}
