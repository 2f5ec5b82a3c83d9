import { readPoint } from './answers.value.ts'
import { known, type Known } from './compile.known.ts'
import { toNumber, toText, type Given } from './compile.values.ts'
import { expressionProblems } from './expression.problems.ts'

/** Functions for checks alone: telephones do not know them, so that no form may use them (`tryCompile` in check.rules.ts). */
export const HOUSE_FUNCTIONS: ReadonlyMap<string, Known> = new Map([
  ['figure', known(1, 1, ({ given }, indicator = '') => houseOf(given, 'figure').figure(toText(indicator, given)))],
  ['in-area', known(1, 2, ({ given }, place = '', metres = 0) => {
    const point = readPoint(toText(place, given))
    return point === undefined || houseOf(given, 'in-area').isInArea(point, toNumber(metres, given))
  })],
])

function houseOf({ house }: Given, name: string): NonNullable<Given['house']> {
  if (!house) throw expressionProblems.unknownFunction({ expression: `${name}()`, name })
  return house
}
