import { sql } from 'kysely'
import { z } from 'zod'
import { AreaCode, DatasetId, GrantId, type PersonId, type RecordId } from '../domain/base/ids.ts'
import { NATION } from '../domain/area/rules.ts'
import type { Role, Viewer } from '../domain/access/access.ts'
import { placesOf } from '../domain/access/can.ts'
import { questionOf } from '../domain/dataset/rules.ts'
import type { MergeBody } from '../domain/duplicate/api.ts'
import { FieldReason } from '../domain/record/record.ts'
import { ReviewAct } from '../domain/review/review.ts'
import type { Db, Reader } from './db/db.ts'
import { within } from './db/place.ts'
import { readAs, SYSTEM, writeAs } from './db/scope.ts'
import { merge } from './duplicate/write.merge.ts'
import { getShown } from './record/read.shown.ts'
import { act } from './review/write.ts'

/** `titles`: how the titles of the records begin (of a merging, first the one that stays); without them, whatever the person may do it to, in `area` if one is said. */
const Step = z.object({ by: z.string(), act: ReviewAct.or(z.literal('merge')), dataset: DatasetId, titles: z.array(z.string()).optional(), area: AreaCode.optional(), reason: z.string().optional(), fields: z.array(FieldReason).optional() })
type Step = z.infer<typeof Step>

/** What the invented people did to the invented records, by the very act that anyone's hand does: so there are some in every state. */
export async function actOnDemoRecords(app: Db, people: ReadonlyMap<string, PersonId>, text: string): Promise<void> {
  for (const step of z.array(Step).parse(JSON.parse(text))) {
    const viewer = await readAs(app, SYSTEM, tx => getViewer(tx, people.get(step.by))), areas = placesOf(viewer, 'see-records')
    await writeAs(app, { person: viewer.person.id, kind: 'person', areas }, async tx => {
      const { act: kind, titles, area, reason, fields } = step
      if (kind === 'merge') return void await merge(tx, { viewer, areas }, step.dataset, await bodyOf(tx, step, areas))
      const ids = titles && await idsOf(tx, step, areas)
      const chosen = ids ? { ids } : { filter: { state: 'received' as const, ...area && { area } } }
      const { refused } = await act(tx, { viewer, areas, dataset: step.dataset }, { act: kind, mode: titles ? 'all' : 'good', preview: false, ...chosen, ...reason && { reason }, ...fields && { fields } })
      if (titles && refused[0]) throw new Error(`seed/demo/records/acts: ${step.act} ${titles.join(', ')}: ${refused[0].say.en}`)
    })
  }
}

async function getViewer(tx: Reader, id: PersonId | undefined): Promise<Viewer> {
  const { rows } = await sql<{ name: string; role: Role; area: AreaCode; grant: string }>`
    select p.name, g.role, g.area_code as area, g.id as grant from access.person p join access.grant g on g.person_id = p.id and ${within('g.area_code', [NATION])}
    where p.id = ${id ?? null} and ${within('p.area_code', [NATION])} and g.ended_at is null`.execute(tx)
  if (id === undefined || !rows[0]) throw new Error('seed/demo/records/acts: somebody who acts is not among the people')
  const grants = rows.map(row => ({ id: GrantId.parse(row.grant), person: id, role: row.role, area: row.area, from: '2018-01-01', until: null, givenBy: null }))
  return { person: { id, name: rows[0].name, userName: null, email: null, demo: true }, grants, via: 'session', onlyAreas: null }
}

async function bodyOf(tx: Reader, step: Step, areas: readonly AreaCode[]): Promise<MergeBody> {
  const ids = (await Promise.all((step.titles ?? []).map(title => idsOf(tx, { ...step, titles: [title] }, areas)))).flat(), [keep, ...from] = ids as [RecordId, ...RecordId[]]
  return { keep, from, choices: {}, reason: step.reason }
}

async function idsOf(tx: Reader, { dataset, titles = [] }: Step, areas: readonly AreaCode[]): Promise<RecordId[]> {
  const title = questionOf((await getShown(tx, dataset, areas)).model, 'title')?.key ?? ''
  const { rows } = await sql<{ id: RecordId }>`select r.id from core.record r where r.dataset_id = ${dataset} and ${within('r.area_code', areas)} and r.open ->> ${title} ^@ any(${titles}::text[])`.execute(tx)
  if (rows.length !== titles.length) throw new Error(`seed/demo/records/acts: of ${titles.join(', ')} there are ${rows.length} records of ${dataset}`)
  return rows.map(({ id }) => id)
}
