import type { Question } from '../../domain/dataset/dataset.form.ts'
import { cellFault } from '../../domain/table/problems.cell.ts'
import type { CellReading, TableCell, TableFault } from '../../domain/table/table.ts'
import type { Answer } from '../../domain/record/record.ts'

/** An answer as records keep it; a citizen's number as its thirteen digits, for whoever keeps it to seal. */
export type CellValue = Exclude<Answer, { masked: string }>
/** Null: the cell is empty. `warning`: it was read, and somebody should look. The fault's line, column and value are the caller's to fill in. */
export type CellResult = { value: CellValue | null; warning: TableFault | null } | { fault: TableFault }
export type CellReader = (cell: TableCell) => CellResult
/** What of a question decides how its cells are read. */
export type CellQuestion = Pick<Question, 'name' | 'type' | 'label' | 'choices' | 'unit' | 'role' | 'term'>

/** How the cells of one column are read for a field; made once for the column. `choices`: as the file writes them → the name of the choice. */
export function makeCellReader(question: CellQuestion, _reading: CellReading, choices: Readonly<Record<string, string>> = {}): CellReader {
  return cell => {
    if (cell === null) return { value: null, warning: null }
    const text = String(cell).trim()
    if (question.type !== 'integer' && question.type !== 'decimal') return { value: choices[text] ?? text, warning: null }
    const number = Number(text)
    if (!Number.isFinite(number)) return { fault: cellFault('notNumber', {}) }
    return question.type === 'integer' && !Number.isInteger(number) ? { fault: cellFault('notWhole', { read: number }) } : { value: number, warning: null }
  }
}
