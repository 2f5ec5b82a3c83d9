import type { FormFault } from '../../domain/dataset/dataset.form.ts'
import { faultsOfAddition } from '../../engine/form/addition.ts'
import { meaningOf } from '../../engine/form/edit.columns.ts'
import type { Workbook } from '../../engine/form/workbook.ts'

/** What is worth telling while one writes, by the rows that one writes in; a version is given when the form is published. */
export function toldFaults(faults: readonly FormFault[], base: Workbook | null): FormFault[] {
  return (base ? faultsOfAddition(base, faults) : [...faults]).filter(({ code }) => code !== 'form/no-version')
}

/** What is wrong in one cell of a row. */
export function faultsAt(faults: readonly FormFault[], sheet: string, row: number, column: string): FormFault[] {
  const { key } = meaningOf(sheet, column)
  return faults.filter(fault => fault.sheet === sheet && fault.row === row && fault.column !== null && meaningOf(sheet, fault.column).key === key)
}

/** Not a single question yet: such a form is not faulty, it is not begun. */
export const isEmpty = ({ sheets }: Workbook): boolean => !sheets.some(sheet => sheet.name.toLowerCase() === 'survey' && sheet.rows.length > 0)
