/** What of a kept value is a person's: `text` by what it says, `row` by its answers, `number` by the hash of a citizen's number. */
export type Meant = { text(text: string, inRow: boolean): boolean; row(row: { repeat: string; position: number; values: Record<string, unknown> }): boolean; number(hash: string): boolean; keys: ReadonlySet<string> }

type Json = null | boolean | number | string | Json[] | { [key: string]: Json }

/**
 * A value that an act, a report or a flag keeps, without what is meant, however deep it stands: rows lose their answers and keep their places,
 * numbers go, texts that tell of the person become empty.
 */
export function redactJson(value: unknown, meant: Meant): unknown {
  return redact(value as Json, meant, false)
}

function redact(value: Json, meant: Meant, inRow: boolean): Json {
  if (typeof value === 'string') return meant.text(value, inRow) ? '' : value
  if (Array.isArray(value)) return value.filter(one => !isNumber(one) || !meant.number(one['hash'] as string)).map(one => redact(one, meant, inRow))
  if (value === null || typeof value !== 'object') return value
  if (isRow(value)) return meant.row(value) ? { ...value, values: {} } : { ...value, values: redact(value['values'] as Json, meant, true) }
  // answers by their keys, of the record itself
  return Object.fromEntries(Object.entries(value).filter(([key, one]) => inRow || !meant.keys.has(key) || isLevel(one)).map(([key, one]) => [key, redact(one, meant, inRow)]))
}

/** Answers by sensitivity have the names of sensitivities as keys, never an answer's. */
const isLevel = (value: Json): boolean => value !== null && typeof value === 'object' && !Array.isArray(value) && !('masked' in value) && !('lat' in value)

const isNumber = (value: Json): value is { hash: string; sealed: string } => value !== null && typeof value === 'object' && 'hash' in value && 'sealed' in value

function isRow(value: { [key: string]: Json }): value is { repeat: string; position: number; values: { [key: string]: Json } } {
  return typeof value['repeat'] === 'string' && typeof value['position'] === 'number' && typeof value['values'] === 'object' && value['values'] !== null
}
