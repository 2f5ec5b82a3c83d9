import type { Text } from '../../domain/base/text.ts'
import type { Indicator } from '../../domain/indicator/indicator.ts'
import { DERIVED } from '../../domain/table/rules.figures.ts'
import type { FieldQuestion } from './suggest.ts'

/** What the year of a row is called in a mapping. */
export const YEAR_FIELD = 'period'
/** A field that holds a number: of which indicator, by its place in the list, and which part of it. */
export type FigureField = { question: FieldQuestion; index: number; part: 'numerator' | 'denominator' }

const UNITS: Partial<Record<Indicator['unit'], string>> = { rai: 'rai', tonnes: 'ton', persons: 'people', households: 'households' }
const WHOLE: readonly Indicator['unit'][] = ['persons', 'households', 'houses', 'records', 'places']

/** The year, as a field that a column can go to. */
export const yearQuestion: FieldQuestion = fieldOf(YEAR_FIELD, 'year_be', { th: 'ปี (พ.ศ. หรือ ค.ศ.)', en: 'Year (B.E. or C.E.)' }, { term: 'year', required: 'true()' })

/** The numbers that columns can go to: a count is one, what is divided is two. What follows from others is worked out, and is no field. */
export function figureFields(indicators: readonly Indicator[]): FigureField[] {
  return indicators.flatMap((indicator, index): FigureField[] => {
    const { id, name, kind, unit, numerator, denominator } = indicator
    // of several versions of one number the last is the one that tables bring
    if (DERIVED[id] || indicators.some((other, i) => i > index && other.id === id)) return []
    const short = id.split('-').slice(1).join('_') || id
    if (kind === 'count') return [{ question: fieldOf(id, short, name, { term: id, unit: UNITS[unit] ?? null, type: WHOLE.includes(unit) ? 'integer' : 'decimal' }), index, part: 'numerator' }]
    const partOf = (part: FigureField['part'], key: string, label: Text): FigureField => ({ question: fieldOf(key, key, label, { type: 'decimal' }), index, part })
    return [partOf('numerator', id, { th: `${name.th}: ${numerator.th}`, en: `${name.en}: ${numerator.en}` }), partOf('denominator', `${id}/base`, { th: `${name.th}: ${denominator?.th ?? ''}`, en: `${name.en}: ${denominator?.en ?? ''}` })]
  })
}

function fieldOf(key: string, name: string, label: Text, { term = null, unit = null, type = 'integer', required = null }: Partial<Pick<FieldQuestion, 'term' | 'unit' | 'type' | 'required'>>): FieldQuestion {
  return {
    key, name, path: `/${key}`, type, label, unit, term, required, hint: null, repeat: null, asked: true, relevant: null, constraint: null, constraintMessage: null, calculate: null,
    choices: null, choicesFile: null, appearance: '', mediaType: null, sensitivity: 'open', role: null,
  }
}
