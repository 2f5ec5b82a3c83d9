import { createHash } from 'node:crypto'
import { gunzipSync, gzipSync } from 'node:zlib'
import { sql } from 'kysely'
import type { AreaCode } from '../../domain/base/ids.ts'
import type { ChangePlan } from '../../domain/change/change.ts'
import type { Layout } from '../../domain/change/rules.ts'
import { changeShapes, outlineIn } from '../../engine/geo/change-shapes.ts'
import { depthOf, termsOf } from '../../engine/text/terms.ts'
import { keepAreas } from '../area/write.ts'
import type { Writer } from '../db/db.ts'
import type { Act } from './read.columns.ts'
import { trace, type Trace } from './write.journal.ts'

const AREA = 'core.area.code', TAMBON = 8

/** Areas begin, end and get their names, and the ledger says so. */
export async function changeGround(tx: Writer, act: Act, plan: ChangePlan, layout: Layout): Promise<void> {
  const { begins, ends } = layout
  if (begins.length > 0) await keepAreas(tx, begins.map(({ point, ...ground }) => ({ ...ground, lat: point?.lat ?? null, lon: point?.lon ?? null, validFrom: plan.day })))
  await sql`update core.area set valid_until = ${plan.day} where code = any(${ends})`.execute(tx)
  await trace(tx, act, [
    ...begins.map(({ code }): Trace => ({ place: AREA, key: { code }, was: null, becomes: code })),
    ...ends.map((code): Trace => ({ place: AREA, key: { code }, was: code, becomes: code, old: { valid_until: null } })),
  ])
  for (const { code, name } of layout.renames) await nameAnew(tx, act, code, name)
  await writeLedger(tx, act, plan, layout)
}

/** The search finds it by either name. */
async function nameAnew(tx: Writer, act: Act, code: AreaCode, name: { th: string; en: string }): Promise<void> {
  const { rows: [before] } = await sql<{ name_th: string; name_en: string; level: Parameters<typeof depthOf>[0] }>`select name_th, name_en, level from core.area where code = ${code}`.execute(tx)
  if (!before) return
  const { level, ...old } = before, terms = termsOf({ level, name })
  await sql`update core.area set name_th = ${name.th}, name_en = ${name.en} where code = ${code}`.execute(tx)
  const { rows: added } = await sql<{ term: string }>`insert into core.area_term (area_code, term, whole, depth)
    select ${code}, t.term, t.whole, ${depthOf(level)} from jsonb_to_recordset(${JSON.stringify(terms)}::jsonb) t (term text, whole boolean) on conflict do nothing returning term`.execute(tx)
  await trace(tx, act, [{ place: AREA, key: { code }, was: code, becomes: code, old }, ...added.map(({ term }): Trace => ({ place: 'core.area_term.area_code', key: { term }, was: null, becomes: code }))])
}

async function writeLedger(tx: Writer, act: Act, { day, reason }: ChangePlan, { lines }: Layout): Promise<void> {
  const rows = await tx.insertInto('core.area_change').values(lines.map(({ kind, predecessor, successor, share, nameBefore, nameAfter }) => ({
    area_code: predecessor as AreaCode, kind, day, precision: 'day' as const, predecessor, successor, share, name_before_th: nameBefore?.th ?? null, name_before_en: nameBefore?.en ?? null,
    name_after_th: nameAfter?.th ?? null, name_after_en: nameAfter?.en ?? null, note_th: reason, note_en: reason, source: 'place-change', made_at: sql<Date>`clock_timestamp()`,
  }))).returning(['id', 'area_code']).execute()
  await trace(tx, act, rows.map(({ id, area_code }) => ({ place: 'core.area_change.area_code', key: { id }, was: null, becomes: area_code })))
}

type File = { area: AreaCode; level: string; topology: Buffer; version: string }
type Shapes = Parameters<typeof changeShapes>[0]

/** The old outlines stay for the past; new ones are drawn where they are known. Villages have none. */
export async function redraw(tx: Writer, act: Act, { day }: ChangePlan, { became, ends }: Layout): Promise<void> {
  const drawn = [...became].filter(([code]) => code.length <= TAMBON)
  if (drawn.length === 0) return
  const { rows } = await sql<File>`select area_code as area, level, topology, version from core.boundary where area_code = 'TH' or area_code = any(${[...new Set([...act.olds, ...act.news].map(code => code.slice(0, 4)))]}) order by area_code, level`.execute(tx)
  const files = rows.map(file => ({ file, before: JSON.parse(gunzipSync(file.topology).toString()) as Shapes }))
  for (const { file, before } of files) {
    let shapes = before
    for (const [code, parts] of drawn) {
      const old = files.map(each => outlineIn(each.before, code)).find(Boolean) ?? null
      const known = parts.filter(part => isOf(file, part.code)).map(part => ({ code: part.code, outline: part.whole ? old : part.outline }))
      if (isOf(file, code) || known.length > 0) shapes = changeShapes(shapes, { code, day, stays: !ends.includes(code), parts: known })
    }
    if (JSON.stringify(shapes) !== JSON.stringify(before)) await keepShapes(tx, act, file, shapes)
  }
  const outlined = drawn.flatMap(([, parts]) => parts.every(part => part.outline) ? parts.map(part => part.code) : [])
  await sql`update core.area set has_shape = true where code = any(${outlined}) and valid_from = ${day}`.execute(tx)
}

const isOf = ({ area, level }: File, code: AreaCode) => code.startsWith(area) && code.length === (level === 'province' ? 4 : level === 'district' ? 6 : 8)

async function keepShapes(tx: Writer, act: Act, { area, level, topology, version }: File, shapes: Shapes): Promise<void> {
  const text = JSON.stringify(shapes), now = createHash('sha256').update(text).digest('hex').slice(0, version.length)
  await sql`update core.boundary set topology = ${gzipSync(text)}, version = ${now} where area_code = ${area} and level = ${level}`.execute(tx)
  await trace(tx, act, [{ place: 'core.boundary.area_code', key: { level, version: now }, was: area, becomes: area, old: { topology: `\\x${topology.toString('hex')}`, version } }])
}
