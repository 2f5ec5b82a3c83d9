import { createHash } from 'node:crypto'
import { keysOf } from '../domain/dataset/rules.ts'
import { isWithin } from '../domain/area/rules.ts'
import type { FormVersion } from '../domain/dataset/dataset.ts'
import type { AreaCode, DatasetId, RecordId } from '../domain/base/ids.ts'
import { PARTS } from '../domain/package/rules.parts.ts'
import { copyOut } from '../server/db/copy.ts'
import type { Db } from '../server/db/db.ts'
import { readAs, SYSTEM } from '../server/db/scope.ts'
import { linesIn, LINES } from '../server/package/read.pack.ts'
import { rowsOf } from '../server/package/read.original.ts'

/** A house that is compared: its database, and somebody who asks its API. */
export type House = { app: Db; ask(path: string): Promise<Buffer> }
export type Outcome = { equal: number; different: number; differing: string[] }

/**
 * Everything of a place in both houses, thing by thing: each row that travels, and each reply of the API as the same person has it. `asked`: the
 * datasets that the API is asked for; null: all.
 */
export async function compareHouses(one: House, other: House, area: AreaCode, asked: readonly string[] | null = null): Promise<Outcome> {
  const [here, there] = [await collect(one, area, asked), await collect(other, area, asked)]
  const differing = [...new Set([...here.keys(), ...there.keys()])].filter(name => here.get(name) !== there.get(name))
  return { equal: new Set([...here.keys(), ...there.keys()]).size - differing.length, different: differing.length, differing }
}

async function collect(house: House, area: AreaCode, asked: readonly string[] | null): Promise<Map<string, string>> {
  const things = new Map<string, string>(), seen = new Map<string, number>()
  for await (const [name, content] of thingsOf(house, area, asked)) {
    const turn = (seen.get(name) ?? 0) + 1
    seen.set(name, turn)
    things.set(turn === 1 ? name : `${name} (${turn})`, createHash('sha256').update(content).digest('hex'))
  }
  return things
}

type Thing = [name: string, content: string | Buffer]

async function* thingsOf(house: House, area: AreaCode, asked: readonly string[] | null): AsyncGenerator<Thing> {
  yield* rowsAsTheyAre(house, area)
  yield* repliesOf(house, area, asked)
}

async function* rowsAsTheyAre({ app }: House, area: AreaCode): AsyncGenerator<Thing> {
  for (const part of PARTS) {
    const lines = await readAs(app, SYSTEM, async tx => {
      const all: string[] = []
      for await (const line of linesIn(copyOut(tx, rowsOf(part, area), LINES), Infinity, () => new Error(part.name))) all.push(line)
      return all
    })
    for (const line of lines) yield [`${part.table} ${nameIn(line, part.order)}`, ofAbove(line, area) ? withoutWhen(line) : line]
  }
}

/** What the nation defines is in both houses already; when each of them published it is its own affair. */
const ofAbove = (line: string, area: AreaCode) => !isWithin((JSON.parse(line) as { area_code: AreaCode }).area_code, area)
const withoutWhen = (line: string) => { const { published_at: _, ...row } = JSON.parse(line) as { published_at?: string }; return JSON.stringify(row) }

function nameIn(line: string, order: readonly string[]): string {
  const row = JSON.parse(line) as Record<string, unknown>
  return [...order, 'record_id', 'instance_id'].map(column => row[column] ?? '').join(' ')
}

type Page = { items: { id: RecordId }[]; next: string | null }
type Detail = { form: FormVersion; files: { name: string; present: boolean }[]; rows: { values: Record<string, unknown> }[] }

async function* repliesOf({ ask }: House, area: AreaCode, asked: readonly string[] | null): AsyncGenerator<Thing> {
  const json = async <T>(path: string) => { const body = await ask(path); return { body, value: JSON.parse(body.toString('utf8')) as T } }
  const { body, value } = await json<{ datasets: { dataset: DatasetId }[] }>(`/packages/${area}`)
  yield [`what a package holds of ${area}`, body]
  for (const { dataset } of value.datasets.filter(({ dataset }) => asked === null || asked.includes(dataset))) {
    yield [`the list of ${dataset} as JSON`, await ask(`/datasets/${dataset}/records/file/json?area=${area}`)]
    for (const level of ['tambon', 'village']) yield [`figures of ${dataset} by ${level}`, await ask(`/figures?indicator=records-${dataset}&area=${area}&level=${level}&period=all`).catch(NO_FIGURE)]
    for (const state of ['', ...SET_ASIDE]) yield* recordsOf(json, ask, area, dataset, state)
  }
}

/** Of persons there is none. */
const NO_FIGURE = () => 'no figure'
const SET_ASIDE = ['rejected', 'withdrawn', 'merged']

async function* recordsOf(json: <T>(path: string) => Promise<{ body: Buffer; value: T }>, ask: House['ask'], area: AreaCode, dataset: DatasetId, state: string): AsyncGenerator<Thing> {
  for (let after: string | null = ''; after !== null;) {
    const page: { body: Buffer; value: Page } = await json<Page>(`/datasets/${dataset}/records?limit=1000&area=${area}${state && `&state=${state}`}${after && `&after=${after}`}`)
    yield [`records of ${dataset} ${state} after ${after}`, page.body]
    for (const { id } of page.value.items) {
      const detail = await json<Detail>(`/records/${id}`)
      yield* answersOf(id, area, detail)
      for (const file of detail.value.files.filter(({ present }) => present)) yield [`the file ${file.name} of ${id}`, await ask(`/records/${id}/files/${encodeURIComponent(file.name)}`)]
    }
    after = page.value.next
  }
}

/** The record with its history at once, and each of its answers alone. */
function* answersOf(id: RecordId, area: AreaCode, { value }: { value: Detail }): Generator<Thing> {
  const form = isWithin(value.form.area, area) ? value.form : { ...value.form, publishedAt: '' }
  yield [`the record ${id} with its history`, JSON.stringify({ ...value, form })]
  const { record } = value as unknown as { record: { values: Record<string, unknown> } }
  const [own] = keysOf(value.form.model)
  for (const { key } of own?.questions ?? []) if (key in record.values) yield [`${key} of ${id}`, JSON.stringify(record.values[key])]
  for (const [i, row] of value.rows.entries()) yield [`row ${i} of ${id}`, JSON.stringify(row)]
}
