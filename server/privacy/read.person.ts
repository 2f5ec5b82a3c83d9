import { sql } from 'kysely'
import type { PersonId, RecordId } from '../../domain/base/ids.ts'
import { keysOf, type Level } from '../../domain/dataset/rules.ts'
import type { FoundSpot, Holding, Said, Spot } from '../../domain/privacy/privacy.ts'
import { privacyProblems } from '../../domain/privacy/problems.ts'
import type { Answers, RecordRow } from '../../domain/record/record.ts'
import { sayLine } from '../../domain/audit/rules.ts'
import type { AuditLine } from '../../domain/audit/audit.ts'
import type { Seal } from '../base/seal.ts'
import type { Reader } from '../db/db.ts'
import { within } from '../db/place.ts'
import type { Looking } from '../record/read.answers.ts'
import { getFound, getRecord } from '../record/read.ts'
import { toFound } from './read.find.ts'

const MOST_LOOKS = 200

/** All that is held at the chosen spots, as far as it is for whoever asks. */
export async function getPerson(tx: Reader, looking: Looking, spots: readonly Spot[], seal: Seal): Promise<Holding[]> {
  const found = await toFound(tx, looking, spots), holdings: Holding[] = []
  if (found.length !== spots.length) throw privacyProblems.notThere({})
  for (const [i, spot] of spots.entries()) {
    const { record, rows, files, history, withheld, form } = await getRecord(tx, await getFound(tx, looking.viewer, looking.areas, spot.record, looking.purpose), seal)
    const said = keysOf(form.model).flatMap(level => saidOf(level, spot, record.values, rows)).map(one => placed(one, found[i] as FoundSpot)), named = new Set(said.flatMap(({ asked, answer }) => asked.type === 'file' ? [String(answer)] : []))
    holdings.push({
      ...found[i] as Holding, said, withheld, files: files.filter(({ name, present }) => present && (spot.repeat === null || named.has(name))).map(({ name }) => name),
      acts: history.map(({ at, kind, byName }) => ({ at, kind, byName })), looks: await listLooks(tx, looking, spot.record), pairs: await countPairs(tx, looking, spot.record),
    })
  }
  return holdings
}

/** The place of a record is told by its name. */
function placed(said: Said, { area, areaName }: FoundSpot): Said {
  return said.answer === area ? { ...said, asked: { ...said.asked, choices: [{ value: area, label: areaName }] } } : said
}

/** Of a row, its own answers and those of rows inside it; of a record itself, all that is told of it outside of rows, and of a person also the rows. */
function saidOf({ repeat, questions }: Level, spot: Spot, values: Answers, rows: readonly RecordRow[]): Said[] {
  const own = repeat === null ? (spot.repeat === null ? [{ position: null, values }] : []) : rows.filter(row => row.repeat === repeat && (spot.repeat === null || isIn(row, spot, rows)))
  return own.flatMap(({ position, values: of }) => questions.filter(({ key }) => of[key] !== undefined).map(({ key, label, type, choices, unit }) => ({ key, row: position, label, asked: { type, choices, unit }, answer: of[key] as Said['answer'] })))
}

function isIn(row: RecordRow, spot: Spot, rows: readonly RecordRow[]): boolean {
  if (row.repeat === spot.repeat) return row.position === spot.row
  const above = rows.find(one => row.repeat.startsWith(`${one.repeat}/`) && one.position === row.parent)
  return above !== undefined && isIn(above, spot, rows)
}

/** Who looked at it or took it along, the latest first. */
async function listLooks(tx: Reader, { areas, viewer }: Looking, id: RecordId): Promise<Holding['looks']> {
  const { rows } = await sql<Pick<AuditLine, 'actorKind' | 'actorName' | 'action'> & { at: Date; actor: PersonId | null }>`
    select at, actor, kind as "actorKind", actor_name as "actorName", action from audit.line where ${within('area_code', areas)} and target = ${id} and actor is distinct from ${viewer.person.id}::uuid order by id desc limit ${MOST_LOOKS}`.execute(tx)
  return rows.map(({ at, actorKind, actorName, action }) => ({ at: at.toISOString(), say: sayLine({ actorKind, actorName, action, areaName: { th: 'พื้นที่', en: 'the place' } }) }))
}

async function countPairs(tx: Reader, { areas }: Looking, id: RecordId): Promise<number> {
  const { rows: [row] } = await sql<{ count: number }>`select count(*)::int as count from core.duplicate d where ${within('d.area_code', areas)} and (d.one = ${id} or d.other = ${id})`.execute(tx)
  return row?.count ?? 0
}
