import { sql, type RawBuilder } from 'kysely'
import type { AreaCode, DatasetId, RecordId } from '../../domain/base/ids.ts'
import { NATION } from '../../domain/area/rules.ts'
import type { Sensitivity } from '../../domain/access/access.ts'
import type { DatasetUnit } from '../../domain/dataset/dataset.ts'
import type { FormModel, Question } from '../../domain/dataset/dataset.form.ts'
import { keysOf, questionOf } from '../../domain/dataset/rules.ts'
import type { ReasonKind } from '../../domain/duplicate/duplicate.ts'
import { typeQuestionOf } from '../../domain/record/rules.explore.ts'
import { NEAR_METRES } from '../../engine/match/block.ts'
import { parseName } from '../../engine/match/name.ts'
import type { Thing } from '../../engine/match/score.ts'
import { squeeze } from '../../engine/text/fold.ts'
import type { Reader } from '../db/db.ts'
import { within } from '../db/place.ts'
import { stands } from '../record/read.answers.ts'

type Asked = (Question & { key: string }) | null
/** The questions that records of a dataset are compared by. */
export type Compared = { id: DatasetId; unit: DatasetUnit; name: Asked; type: Asked; born: Asked; house: Asked; point: Asked; number: Sensitivity }

const BIRTH = 'schema:birthDate', ADDRESS = 'schema:streetAddress'

export function comparedOf(id: DatasetId, unit: DatasetUnit, model: FormModel): Compared {
  const own = keysOf(model)[0]?.questions ?? [], withTerm = (term: string) => own.find(question => question.term === term) ?? null
  const number = model.questions.find(question => question.role === 'national-id')?.sensitivity ?? 'personal'
  return { id, unit, name: questionOf(model, 'title'), type: typeQuestionOf(model), born: withTerm(BIRTH), house: unit === 'household' ? withTerm(ADDRESS) : null, point: questionOf(model, 'point'), number }
}

/** How closely the answers are kept that speak for or against a pair. */
export function sensitivityOf({ name, type, born, house, point, number }: Compared, kind: ReasonKind): Sensitivity {
  const of: Record<ReasonKind, Sensitivity> = {
    name: name?.sensitivity ?? 'open', type: type?.sensitivity ?? 'open', birth: born?.sensitivity ?? 'open', house: house?.sensitivity ?? 'open', distance: point?.sensitivity ?? 'open', number, member: number, village: 'open',
  }
  return of[kind]
}

type Row = { id: RecordId; area: AreaCode; name: string | null; type: string | null; born: string | null; house: string | null; lat: number | null; lon: number | null; numbers: string[] }

/** An answer however closely it is kept: the house itself compares. */
function said(question: Asked): RawBuilder<string | null> {
  if (!question) return sql<null>`null::text`
  const key = sql.lit(question.key)
  return sql<string | null>`coalesce(r.open ->> ${key}, r.internal ->> ${key}, r.personal ->> ${key}, r.sensitive ->> ${key})`
}

/** Records that stand, as far as they are compared. */
export async function listThings(tx: Reader, compared: Compared, where: RawBuilder<boolean>): Promise<Thing[]> {
  const { rows } = await sql<Row>`
    select r.id, r.area_code as area, ${said(compared.name)} as name, ${said(compared.type)} as type, ${said(compared.born)} as born, ${said(compared.house)} as house, r.lat, r.lon,
      ${compared.unit === 'person' || compared.unit === 'household' ? sql`array(select encode(n.hash, 'base64') from core.national_id n where n.area_code = r.area_code and n.record_id = r.id)` : sql`array[]::text[]`} as numbers
    from core.record r where r.dataset_id = ${compared.id} and ${stands('r')} and ${where}`.execute(tx)
  return rows.map(({ id, area, name, type, born, house, lat, lon, numbers }) => ({
    id, area, type, numbers, born: born || null, house: house ? squeeze(house) : null, point: lat !== null && lon !== null ? { lat, lon } : null,
    // a household is called by its number and whoever heads it; the number is compared by itself
    name: name ? parseName(compared.unit === 'household' ? name.replace(/^[^·]*· /, '') : name) : null,
  }))
}

/** Records of a tambon; where they are of places, also those that lie close to them beyond its border; of people, those elsewhere with one of their numbers. */
export async function listAround(tx: Reader, compared: Compared, group: AreaCode): Promise<{ own: Thing[]; all: Thing[] }> {
  const here = group.length >= TAMBON ? within('r.area_code', [group]) : sql<boolean>`r.area_code = ${group}`
  const own = await listThings(tx, compared, here), ids = own.map(({ id }) => id)
  const beside = compared.unit === 'place' ? nearTo(own) : compared.unit === 'record' ? null : withNumbersOf(ids)
  const others = own.length > 0 && beside ? await listThings(tx, compared, sql<boolean>`${within('r.area_code', [NATION])} and not ${here} and ${beside}`) : []
  return { own, all: [...own, ...others] }
}

const TAMBON = 8
/** Further from the middle of a tambon than this is a position that was typed wrongly: not all between is looked at for its sake. */
const PLAUSIBLE_DEGREES = 0.3, MARGIN_DEGREES = NEAR_METRES / 100_000

function nearTo(own: readonly Thing[]): RawBuilder<boolean> | null {
  const points = own.flatMap(({ point }) => point ?? []), middle = (of: readonly number[]) => of.toSorted((a, b) => a - b)[of.length >> 1] ?? 0
  const [lat, lon] = [middle(points.map(point => point.lat)), middle(points.map(point => point.lon))]
  const good = points.filter(point => Math.abs(point.lat - lat) < PLAUSIBLE_DEGREES && Math.abs(point.lon - lon) < PLAUSIBLE_DEGREES)
  if (good.length === 0) return null
  const [south, north, west, east] = [good.reduce((least, point) => Math.min(least, point.lat), lat), good.reduce((most, point) => Math.max(most, point.lat), lat), good.reduce((least, point) => Math.min(least, point.lon), lon), good.reduce((most, point) => Math.max(most, point.lon), lon)]
  return sql<boolean>`(r.lat between ${south - MARGIN_DEGREES} and ${north + MARGIN_DEGREES} and r.lon between ${west - MARGIN_DEGREES} and ${east + MARGIN_DEGREES})`
}

/** By the keyed hash of a number, in whatever place. */
function withNumbersOf(ids: readonly RecordId[]): RawBuilder<boolean> {
  return sql<boolean>`r.id in (select m.record_id from core.national_id n join core.national_id m on m.hash = n.hash where ${within('n.area_code', [NATION])} and ${within('m.area_code', [NATION])} and n.record_id = any(${ids}::uuid[]))`
}
