import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { AreaCode } from '../../domain/base/ids.ts'
import type { Grant } from '../../domain/access/access.ts'
import type { ChangePlan, Followed, Preview } from '../../domain/change/change.ts'
import type { Layout } from '../../domain/change/rules.ts'
import { warningsOf } from '../../domain/change/rules.warn.ts'
import { GRANT_COLUMNS, withTodaysCodes } from '../access/read.held.ts'
import type { Writer } from '../db/db.ts'
import { within } from '../db/place.ts'
import { TODAY } from '../db/today.ts'
import { listFollowed } from './read.ts'
import type { Act } from './read.columns.ts'

/** What an act came to, read where it was tried out or done; the name of what was seen is its hash. */
export async function readPreview(tx: Writer, act: Act, plan: ChangePlan, layout: Layout): Promise<Preview> {
  const rows = await listFollowed(tx, act, [...act.olds, ...act.news]), grants = await countGrants(tx, act, layout), figures = await countFigures(tx, act, layout)
  const left = await countLeft(tx, layout), own = await listOwn(tx, act), twice = plan.kind === 'merge' ? await listTwice(tx, plan.code) : [], names = await namesOf(tx, [...layout.ends])
  const preview = {
    begins: layout.begins.map(({ code, name }) => ({ code, name })), ends: layout.ends.map(code => ({ code, name: names.get(code) ?? { th: '', en: '' } })),
    moves: [...layout.moves].filter(([from]) => layout.ends.includes(from)).map(([from, to]) => ({ from, to, name: names.get(from) ?? { th: '', en: '' } })),
    rows, grants, figures, warnings: warningsOf(plan, { rows, lost: grants.lost, left, own, twice }),
  }
  return { ...preview, seen: createHash('sha256').update(JSON.stringify([plan, { ...preview, rows: rows.filter(({ what }) => !HOUSEWORK.includes(what)) }])).digest('hex') }
}

/** What jobs and telephones go on with while one looks: that is not what was decided on. */
const HOUSEWORK = ['core.duplicate.area_code', 'core.duplicate_turn.area_code', 'raw.waiting.area_code', 'access.phone.area_code']

/** The names as they were. */
async function namesOf(tx: Writer, codes: readonly AreaCode[]): Promise<Map<AreaCode, { th: string; en: string }>> {
  const { rows } = await sql<{ code: AreaCode; th: string; en: string }>`select code, name_th as th, name_en as en from open.area where code = any(${codes})`.execute(tx)
  return new Map(rows.map(({ code, ...name }) => [code, name]))
}

/** Roles in places that changed: found again under today's codes, or not. */
async function countGrants(tx: Writer, { olds }: Act, { became }: Layout): Promise<Preview['grants']> {
  if (became.size === 0) return { follow: 0, lost: 0 }
  const grants: (Grant & { givenAt: Date })[] = await tx.selectFrom('access.grant').where(within('area_code', olds)).where('ended_at', 'is', null)
    .where('area_code', 'in', [...became.keys()]).where(({ or, eb }) => or([eb('valid_until', 'is', null), eb('valid_until', '>', TODAY)])).select([...GRANT_COLUMNS, 'given_at as givenAt']).execute()
  const held = new Set((await withTodaysCodes(tx, grants)).map(({ id }) => id))
  return { follow: held.size, lost: grants.filter(({ id }) => !held.has(id)).length }
}

/** Public numbers of files at codes that changed; those of datasets are counted anew. */
async function countFigures(tx: Writer, { olds }: Act, { became }: Layout): Promise<number> {
  const { rows: [row] } = await sql<{ count: number }>`select count(*)::int as count from open.figure where ${within('area_code', olds)} and area_code = any(${[...became.keys()]}) and source_id not like 'dataset-%'`.execute(tx)
  return row?.count ?? 0
}

/** Definitions and targets that stay at a code that ended, since the place they would go to has one already. */
async function countLeft(tx: Writer, { ends }: Layout): Promise<Followed[]> {
  const { rows } = await sql<Followed>`
    select what, area_code as "from", area_code as "to", count(*)::int as count from (
      select 'dataset.draft.area_code' as what, area_code from dataset.draft where area_code = any(${ends})
      union all select 'core.check_set.area_code', area_code from core.check_set where area_code = any(${ends})
      union all select 'core.ladder.area_code', area_code from core.ladder where area_code = any(${ends})) l group by 1, 2 order by 1, 2`.execute(tx)
  return rows
}

/** Datasets that the place made for itself. */
async function listOwn(tx: Writer, { olds, news }: Act): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`select distinct id from core.dataset where area_code = any(${[...olds, ...news]}) order by 1`.execute(tx)
  return rows.map(({ id }) => id)
}

/** Datasets for which a place holds open forms that were made for several. */
async function listTwice(tx: Writer, code: AreaCode): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`select dataset_id as id from core.form where area_code = ${code} and closed_at is null group by 1 having count(distinct substring(version from '[.](TH[0-9]+)[.]')) > 1 order by 1`.execute(tx)
  return rows.map(({ id }) => id)
}
