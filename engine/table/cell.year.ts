import { BUDDHIST_ERA_OFFSET } from '../../domain/base/era.ts'
import { Period } from '../../domain/base/period.ts'
import { figureFault } from '../../domain/table/problems.row.ts'
import type { TableCell, TableFault } from '../../domain/table/table.ts'
import { latinDigits, plainText } from './cell.result.ts'

/** A crop year is called by the year in which it begins: 2558/59. */
const YEAR = /^(?:ปี(?:เพาะปลูก|การผลิต)?\s*)?(?:(?:พ|ค)\.?\s?ศ\.?\s*)?(\d{4})(?:\.0+)?(?:\s*[/-]\s*\d{2,4})?$/
/** Years from here on are B.E. */
const FIRST_BUDDHIST = 2300

/** The year of a row, C.E.; null: the cell is empty. @example readYear('พ.ศ. ๒๕๕๘') // => { period: '2015' } */
export function readYear(cell: TableCell): { period: Period | null } | { fault: TableFault } {
  const text = latinDigits(plainText(String(cell ?? '')))
  if (text === '') return { period: null }
  const year = Number(YEAR.exec(text)?.[1]), period = Period.safeParse(String(year >= FIRST_BUDDHIST ? year - BUDDHIST_ERA_OFFSET : year))
  return period.success ? { period: period.data } : { fault: figureFault('notYear', {}) }
}
