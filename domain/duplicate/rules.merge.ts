import type { RecordId } from '../base/ids.ts'
import type { FormModel } from '../dataset/dataset.form.ts'
import type { Answer, Answers, RecordRow } from '../record/record.ts'

/** A record as it is merged: its answers, the rows of its repeats, and when it was last answered. */
export type Whole = { id: RecordId; values: Answers; rows: readonly RecordRow[]; changedAt: Date | string }
/** Whose answer is taken, by the key of its question; of repeats by their path, where `both` puts the rows one behind the other. */
export type Choices = Record<string, RecordId | 'both'>

/** Whose answer is taken where nobody chose: of those that answer it the one that was last answered; the first, which stays, where times are the same. */
export function defaultOf(key: string, records: readonly Whole[]): RecordId | null {
  return latest(records.filter(({ values }) => values[key] !== undefined))
}

/** Whose rows are taken where nobody chose: the survivor's own where it has any, else of those with rows the one that was last answered. */
export function defaultRowsOf(repeat: string, records: readonly Whole[]): RecordId | null {
  const having = records.filter(({ rows }) => rows.some(row => row.repeat === repeat)), [survivor] = records
  return having.find(({ id }) => id === survivor?.id)?.id ?? latest(having)
}

function latest(records: readonly Whole[]): RecordId | null {
  return records.reduce<Whole | null>((best, one) => best === null || +new Date(one.changedAt) > +new Date(best.changedAt) ? one : best, null)?.id ?? null
}

/** The repeats that stand in no other: those inside go with them. */
export const outerRepeats = ({ repeats }: Pick<FormModel, 'repeats'>): string[] => repeats.filter(({ repeat }) => repeat === null).map(({ path }) => path)

/** Where each row of the merged record comes from. */
export type Taken = { from: RecordId; position: number; row: RecordRow }
export type MergedOf = { values: Answers; /** Whose each answer is. */ sources: Map<string, RecordId>; rows: Taken[] }

/** What several records come to as one: field by field as was chosen. The first of them survives. */
export function mergeWholes(records: readonly Whole[], repeats: readonly string[], choices: Choices): MergedOf {
  const keys = [...new Set(records.flatMap(({ values }) => Object.keys(values)))], sources = new Map<string, RecordId>(), values: Answers = {}
  for (const key of keys) {
    const chosen = records.find(({ id }) => id === choices[key])?.id ?? defaultOf(key, records), answer = records.find(({ id }) => id === chosen)?.values[key]
    if (chosen && answer !== undefined) { values[key] = answer as Answer; sources.set(key, chosen) }
  }
  return { values, sources, rows: repeats.flatMap(repeat => mergeRows(records, repeat, choices[repeat])) }
}

function mergeRows(records: readonly Whole[], repeat: string, choice: RecordId | 'both' | undefined): Taken[] {
  const chosen = choice === 'both' ? null : records.find(({ id }) => id === choice)?.id ?? defaultRowsOf(repeat, records), after = new Map<string, number>()
  return records.filter(({ id }) => chosen === null || id === chosen).flatMap(({ id, rows }) => {
    const mine = rows.filter(row => row.repeat === repeat || row.repeat.startsWith(`${repeat}/`)), shift = new Map(after)
    for (const row of mine) after.set(row.repeat, Math.max(after.get(row.repeat) ?? 0, (shift.get(row.repeat) ?? 0) + row.position))
    return mine.map(row => ({ from: id, position: row.position, row: { ...row, position: row.position + (shift.get(row.repeat) ?? 0), parent: row.parent === null ? null : row.parent + (shift.get(parentOf(row, mine)) ?? 0) } }))
  })
}

/** The repeat that a row stands in: of those around it the innermost that has rows here. */
function parentOf({ repeat }: RecordRow, rows: readonly RecordRow[]): string {
  return [...new Set(rows.map(row => row.repeat))].filter(other => repeat.startsWith(`${other}/`)).sort((a, b) => b.length - a.length)[0] ?? ''
}

/** What a merging changed of the survivor goes back where nobody changed it since. */
export function giveBack<T>(now: Record<string, T>, before: Record<string, T>, taken: Record<string, T>): Record<string, T> {
  const same = (a: T | undefined, b: T | undefined) => JSON.stringify(sorted(a)) === JSON.stringify(sorted(b))
  const keys = new Set([...Object.keys(now), ...Object.keys(before)])
  return Object.fromEntries([...keys].flatMap(key => {
    const value = !same(before[key], taken[key]) && same(now[key], taken[key]) ? before[key] : now[key]
    return value === undefined ? [] : [[key, value]]
  }))
}

/** The database keeps the parts of an answer in an order of its own. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  return value !== null && typeof value === 'object' ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => a < b ? -1 : 1).map(([key, inner]) => [key, sorted(inner)])) : value
}

/** How an answer is shared out when one record becomes two. */
export function splitValues(values: Answers, ways: Record<string, 'both' | 'stays' | 'goes'>): { stays: Answers; goes: Answers } {
  const of = (not: 'goes' | 'stays') => Object.fromEntries(Object.entries(values).filter(([key]) => (ways[key] ?? 'both') !== not))
  return { stays: of('goes'), goes: of('stays') }
}
