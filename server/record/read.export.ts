import { sql, type RawBuilder } from 'kysely'
import { Sensitivity } from '../../domain/access/access.ts'
import type { Question } from '../../domain/dataset/dataset.form.ts'
import { questionOf, type Level } from '../../domain/dataset/rules.ts'
import type { RecordFilter } from '../../domain/record/api.ts'
import { copyOut } from '../db/copy.ts'
import type { Reader } from '../db/db.ts'
import { countPlaces, type Held } from '../db/register.ts'
import { answers, filterOf, isCleared, type Looking } from './read.answers.ts'
import { titleIn } from './read.list.ts'
import type { Shown } from './read.shown.ts'

/** One table of a file: the records, or the rows of one of their repeats. */
export type Table = { name: string; repeat: string | null; columns: Column[] }
type Column = { name: string; value: RawBuilder<unknown> }
type Keyed = Question & { key: string }

/** As the API writes it. */
const instant = (column: string) => sql`to_char(${sql.ref(column)} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`
const OF_RECORD: Column[] = [
  { name: 'record_id', value: sql`r.id` }, { name: 'area_code', value: sql`r.area_code` }, { name: 'state', value: sql`r.state` }, { name: 'day', value: sql`r.day` },
  { name: 'made_at', value: instant('r.made_at') }, { name: 'changed_at', value: instant('r.changed_at') }, { name: 'versions', value: sql`r.versions` },
]
const OF_ROW: Column[] = [{ name: 'record_id', value: sql`r.record_id` }, { name: 'area_code', value: sql`r.area_code` }, { name: 'row', value: sql`r.position` }, { name: 'parent_row', value: sql`r.parent` }]

/** What each record has beside its answers, in tables and on maps. */
const FACT_NAMES = new Set([...OF_RECORD, ...OF_ROW].map(({ name }) => name).concat('id', 'area', 'madeAt', 'changedAt'))
/** A question that bears such a name is written with an underscore behind it. */
export const nameOf = (key: string) => FACT_NAMES.has(key) ? `${key}_` : key

/** The tables of a dataset, with the columns that are for whoever asks: a field that is withheld is no column. */
export function tablesOf({ id, levels }: Shown, looking: Looking): Table[] {
  return levels.filter(level => level.repeat === null || level.questions.length > 0).map(({ repeat, questions }) => ({
    name: repeat === null ? id : repeat.split('/').at(-1) as string, repeat,
    columns: [...repeat === null ? OF_RECORD : OF_ROW, ...questions.filter(question => isShown(question, looking)).flatMap(columnsOf)],
  }))
}

/** What the register of exports says of a file: how closely its answers are kept, and how many records of which place it holds. */
export async function leavingOf(tx: Reader, shown: Shown, looking: Looking, filter: RecordFilter): Promise<{ sensitivities: Sensitivity[]; held: Held }> {
  const kept = new Set(shown.levels.flatMap(({ questions }) => questions.filter(question => isShown(question, looking)).map(({ sensitivity }) => sensitivity)))
  const where = filterOf('r', shown, looking, filter, titleIn(answers('r', looking), shown.model))
  return { sensitivities: Sensitivity.options.filter(kind => kept.has(kind)), held: await countPlaces(tx, sql`core.record r where ${where}`) }
}

/** In part of the places is enough: elsewhere the cell is empty. */
function isShown({ sensitivity }: Question, looking: Looking): boolean {
  return looking.areas.some(area => isCleared({ ...looking, areas: [area] }, sensitivity)) || looking.viewer.grants.some(grant => grant.role === 'collector')
}

function columnsOf({ key, type, role }: Keyed): Column[] {
  const name = nameOf(key), answer = sql`r.values -> ${sql.lit(key)}`, text = sql`r.values ->> ${sql.lit(key)}`
  if (type === 'point') return ['lat', 'lon', 'altitude', 'accuracy'].map(part => ({ name: `${name}.${part}`, value: sql`${answer} ->> ${sql.lit(part)}` }))
  if (role === 'national-id') return [{ name, value: sql`${answer} ->> 'masked'` }]
  if (type !== 'choices' && type !== 'rank') return [{ name, value: text }]
  return [{ name, value: sql`case jsonb_typeof(${answer}) when 'array' then (select string_agg(code, ' ') from jsonb_array_elements_text(${answer}) code) else ${text} end` }]
}

/** The records, or their rows, of a filter, with the answers that are cleared. */
function source(shown: Shown, looking: Looking, filter: RecordFilter, repeat: string | null): RawBuilder<unknown> {
  const cleared = sql`${answers('x', looking)} as values`
  const where = (row: string) => filterOf(row, shown, looking, filter, titleIn(answers(row, looking), shown.model))
  return repeat === null
    ? sql`(select x.id, x.area_code, x.state, x.day, x.made_at, x.changed_at, x.versions, ${cleared} from core.record x where ${where('x')} order by x.area_code, x.id offset 0) r`
    : sql`(select x.record_id, x.area_code, x.position, x.parent, ${cleared} from core.record p join core.record_row x on x.area_code = p.area_code and x.record_id = p.id
        where x.repeat = ${sql.lit(repeat)} and ${where('p')} order by x.area_code, x.record_id, x.position offset 0) r`
}

/** A table as CSV, as it comes from the database. UTF-8 with the mark by which spreadsheets know it. */
export async function* csvOf(tx: Reader, shown: Shown, looking: Looking, filter: RecordFilter, { columns, repeat }: Table): AsyncGenerator<string | Buffer> {
  yield `\ufeff${columns.map(({ name }) => `"${name.replaceAll('"', '""')}"`).join(',')}\n`
  yield* copyOut(tx, sql`select ${sql.join(columns.map(({ value }) => value))} from ${source(shown, looking, filter, repeat)}`, 'format csv')
}

/** A line of JSON for each row: such text holds no control characters, so that nothing of it is quoted again. */
const LINES = `format csv, quote E'\\x01', delimiter E'\\x02'`

const own = (pairs: RawBuilder<unknown>) => sql`jsonb_build_object(${pairs})`
const FACTS = sql`'id', r.id, 'area', r.area_code, 'state', r.state, 'day', r.day, 'madeAt', ${instant('r.made_at')}, 'changedAt', ${instant('r.changed_at')}, 'versions', r.versions`

/** Records with their rows, one list. */
export async function* jsonOf(tx: Reader, shown: Shown, looking: Looking, filter: RecordFilter): AsyncGenerator<string | Buffer> {
  const rows = sql`(select jsonb_agg(jsonb_build_object('repeat', w.repeat, 'position', w.position, 'parent', w.parent, 'values', ${answers('w', looking)}) order by w.repeat, w.position)
    from core.record_row w where w.area_code = r.area_code and w.record_id = r.id)`
  const all = sql`${FACTS}, 'values', r.values${shown.levels.length > 1 ? sql`, 'rows', coalesce(${rows}, '[]')` : sql``}`
  yield* listed(tx, own(all), source(shown, looking, filter, null), ['{"items":[', ']}'])
}

/** Where there is a point; the rest has no place on a map. */
export async function* geoJsonOf(tx: Reader, shown: Shown, looking: Looking, filter: RecordFilter): AsyncGenerator<string | Buffer> {
  const point = questionOf(shown.model, 'point')
  const at = point ? sql`r.values -> ${sql.lit(point.key)}` : sql`null::jsonb`
  const geometry = sql`case when ${at} is null then null else jsonb_build_object('type', 'Point', 'coordinates', jsonb_build_array((${at} ->> 'lon')::float8, (${at} ->> 'lat')::float8)) end`
  const feature = sql`'type', 'Feature', 'id', r.id, 'geometry', ${geometry}, 'properties', ${own(FACTS)} || ${renamed(shown.levels)}`
  yield* listed(tx, own(feature), source(shown, looking, filter, null), ['{"type":"FeatureCollection","features":[', ']}'])
}

/** Answers beside the facts. */
function renamed(levels: readonly Level[]): RawBuilder<unknown> {
  const taken = (levels[0]?.questions ?? []).map(({ key }) => key).filter(key => nameOf(key) !== key)
  return taken.reduce((values, key) => sql`(${values} - ${sql.lit(key)} || jsonb_strip_nulls(jsonb_build_object(${sql.lit(nameOf(key))}, r.values -> ${sql.lit(key)})))`, sql`r.values`)
}

async function* listed(tx: Reader, item: RawBuilder<unknown>, from: RawBuilder<unknown>, [before, after]: [string, string]): AsyncGenerator<string | Buffer> {
  yield before
  yield* copyOut(tx, sql`select case when row_number() over () = 1 then '' else ',' end || ${item}::text from ${from}`, LINES)
  yield after
}

/** As many as PostgreSQL takes to a function. */
const MOST_ARGUMENTS = 100

/** Rows of a table as they are written into a spreadsheet, in lists of cells. */
export async function* cellsOf(tx: Reader, shown: Shown, looking: Looking, filter: RecordFilter, { columns, repeat }: Table): AsyncGenerator<(string | number | boolean | null)[]> {
  const parts = columns.reduce<Column[][]>((all, column, i) => i % MOST_ARGUMENTS === 0 ? [...all, [column]] : [...all.slice(0, -1), [...all.at(-1) as Column[], column]], [])
  const query = sql`select (${sql.join(parts.map(part => sql`jsonb_build_array(${sql.join(part.map(({ value }) => value))})`), sql` || `)})::text from ${source(shown, looking, filter, repeat)}`
  yield columns.map(({ name }) => name)
  const decoder = new TextDecoder()
  let left = ''
  for await (const piece of copyOut(tx, query, LINES)) {
    const lines = (left + decoder.decode(piece, { stream: true })).split('\n')
    left = lines.pop() ?? ''
    for (const line of lines) yield JSON.parse(line)
  }
}

/** What the columns mean: a table beside the others. */
export function codebookOf({ levels }: Shown): string[][] {
  return [['key', 'repeat', 'type', 'label_th', 'label_en', 'unit', 'term', 'sensitivity', 'choices'], ...levels.flatMap(({ repeat, questions }) => questions.map(question => [
    nameOf(question.key), repeat?.split('/').at(-1) ?? '', question.type, question.label.th, question.label.en, question.unit ?? '', question.term ?? '', question.sensitivity,
    (question.choices ?? []).map(choice => `${choice.value}=${choice.label.th} · ${choice.label.en}`).join('; '),
  ]))]
}
