import type { Text } from '../../domain/base/text.ts'
import type { FormModel, Repeat } from '../../domain/dataset/dataset.form.ts'
import type { Answer, Answers, RecordFault, RecordRow, Withheld } from '../../domain/record/record.ts'
import { outlineOf, type Block, type Keyed } from '../dataset/outline.ts'

/** A question with what was answered, and what is wrong with it. */
export type Line = { question: Keyed; answer: Answer | undefined; faults: RecordFault[] }
export type Row = { position: number; lines: Line[]; inner: Sheet[] }
/** A group's answers, or the rows of a repeat under the questions that any of them answers. */
export type Sheet = { kind: 'lines'; path: string; title: Text | null; lines: Line[] } | { kind: 'rows'; repeat: Repeat; columns: Keyed[]; rows: Row[] }

export type Written = { values: Answers; rows: readonly RecordRow[]; faults: readonly RecordFault[] }
/** The row that is being read; null: the record itself. */
type At = { repeat: string; position: number } | null

/** A record as its form would be read, filled in: groups and repeats in the form's order. */
export function sheetsOf(model: FormModel, written: Written): Sheet[] {
  return outlineOf(model).map(block => sheetOf(block, written, written.values, null))
}

function sheetOf(block: Block, written: Written, values: Answers, at: At): Sheet {
  if (block.kind === 'questions') return { kind: 'lines', path: block.path, title: block.title, lines: block.questions.map(question => lineOf(question, written, values, at)) }
  const { repeat, blocks } = block
  const rows = written.rows.filter(row => row.repeat === repeat.path && row.parent === (at?.position ?? null)).toSorted((a, b) => a.position - b.position)
    .map(row => rowOf(row, blocks, written))
  const columns = blocks.flatMap(each => each.kind === 'questions' ? each.questions : []).filter(question => rows.some(row => row.lines.some(line => line.question.key === question.key && isTold(line))))
  return { kind: 'rows', repeat, columns, rows }
}

function rowOf({ repeat, position, values }: RecordRow, blocks: Block[], written: Written): Row {
  const sheets = blocks.map(block => sheetOf(block, written, values, { repeat, position }))
  return { position, lines: sheets.flatMap(sheet => sheet.kind === 'lines' ? sheet.lines : []), inner: sheets.filter(sheet => sheet.kind === 'rows' && sheet.rows.length > 0) }
}

function lineOf(question: Keyed, { faults }: Written, values: Answers, at: At): Line {
  return {
    question, answer: values[question.key],
    faults: faults.filter(fault => fault.key === question.key && fault.repeat === (at?.repeat ?? null) && fault.row === (at?.position ?? null)),
  }
}

/** Worth a line: asked and answered, or not as it should be. What the form only computes stands with the answers that it comes from. */
export function isTold({ question, answer, faults }: Line): boolean {
  return (question.asked && answer !== undefined) || faults.length > 0
}

/** Of the record itself: what was asked and not answered, as far as one would see the answer. */
export function unansweredOf(sheets: readonly Sheet[], withheld: readonly Withheld[]): Line[] {
  const hidden = new Set(withheld.flatMap(each => each.fields))
  return sheets.flatMap(sheet => sheet.kind === 'lines' ? sheet.lines : []).filter(line => !isTold(line) && isAsked(line.question) && !hidden.has(line.question.key))
}

/** Neither a note to be acknowledged nor the choice of a thing that is there already. */
const isAsked = ({ asked, type, choicesFile }: Keyed): boolean => asked && type !== 'trigger' && !choicesFile

/** Where the faults are that stand beside no answer. */
export function faultsOfRecord(faults: readonly RecordFault[], model: FormModel): RecordFault[] {
  return faults.filter(({ key }) => key === null || !model.questions.some(question => question.path.endsWith(`/${key}`)))
}
