import type { RecordId } from '../base/ids.ts'
import { keysOf } from '../dataset/rules.ts'
import type { FormModel, Question } from '../dataset/dataset.form.ts'
import type { Answers, PointSheet } from './record.ts'

/** Standard terms that say of what kind a thing is. */
const TYPE_TERMS = ['dcterms:type', 'schema:category', 'schema:recipeCategory']

/** The question that says of what type a record is, where its form has one: of one answer, with such a term. */
export function typeQuestionOf(model: FormModel): (Question & { key: string }) | null {
  return keysOf(model)[0]?.questions.find(question => question.type === 'choice' && TYPE_TERMS.includes(question.term ?? '')) ?? null
}

/** What a record is counted under: its answer to that question, where everyone may see it; '' for none. */
export function typeOf(model: FormModel, open: Answers): string {
  const question = typeQuestionOf(model), answer = question && open[question.key]
  return typeof answer === 'string' ? answer : ''
}

/** @example startOf('0b5c3d5e-1f2a-4b3c-8d4e-5f6a7b8c9d0e') // => '0b5c3d5e1f2a4b3c' */
export const startOf = (id: RecordId | string): string => id.replaceAll('-', '').slice(0, START)
export const START = 16
/** Parts of a degree. */
const FINENESS = 100_000

/** A record on the map. */
export type Located = { start: string; lon: number; lat: number; type: string | null }

/** Degrees as whole numbers, each as the step from the one before: neighbours are close, so that little is left to send. */
export function packPoints(points: readonly Located[]): Omit<PointSheet, 'dataset' | 'more'> {
  const types = [...new Set(points.flatMap(({ type }) => type ?? []))].sort(), places = new Map(types.map((type, i) => [type, i]))
  const steps = (of: (point: Located) => number) => points.map((point, i) => fine(of(point)) - (i === 0 ? 0 : fine(of(points[i - 1] as Located))))
  return { types, kinds: points.map(({ type }) => type === null ? -1 : places.get(type) as number), lon: steps(({ lon }) => lon), lat: steps(({ lat }) => lat), starts: points.map(({ start }) => start).join('') }
}

const fine = (degrees: number) => Math.round(degrees * FINENESS)

export function unpackPoints({ types, kinds, lon, lat, starts }: PointSheet): Located[] {
  let x = 0, y = 0
  return kinds.map((kind, i) => {
    x += lon[i] as number
    y += lat[i] as number
    return { start: starts.slice(i * START, (i + 1) * START), lon: x / FINENESS, lat: y / FINENESS, type: types[kind] ?? null }
  })
}

/** @example boxOf('98.1,19.2,98.4,19.6') // => { west: 98.1, south: 19.2, east: 98.4, north: 19.6 } */
export function boxOf(text: string): { west: number; south: number; east: number; north: number } {
  const [west = 0, south = 0, east = 0, north = 0] = text.split(',').map(Number)
  return { west, south, east, north }
}
