import { cellFault } from '../../domain/table/problems.cell.ts'
import type { CellReading, TableCell } from '../../domain/table/table.ts'
import { choiceReader, choicesReader, readYesNo } from './cell.choice.ts'
import { dateReader, dateTimeReader, readTime } from './cell.date.ts'
import { numberReader } from './cell.number.ts'
import { partReader } from './cell.parts.ts'
import { readPositionText } from './cell.position.ts'
import { EMPTY, NO_DATA, UNSOLVED, isGap, plainText, value, type CellQuestion, type CellResult } from './cell.result.ts'
import { textReader } from './cell.text.ts'
import { TABLE_LIMITS } from './limits.ts'

export type CellReader = (cell: TableCell) => CellResult

/** No number, date or position is longer, and no list of choices: what is, is not looked through. Nothing can be read of what stands for it. */
const LONGEST = 200, LONGEST_LIST = 2000, TOO_LONG = '…'
const longestOf = ({ type }: CellQuestion) => ['text', 'barcode', 'file', 'trigger', 'trace', 'shape'].includes(type) ? Infinity : ['choice', 'choices', 'rank'].includes(type) ? LONGEST_LIST : LONGEST

const FORMULA_ERROR = /^#(?:REF!|DIV\/0!|N\/A|NAME\?|NULL!|NUM!|VALUE!|SPILL!|CALC!|GETTING_DATA)$/
const LINE = /^-?\d+(?:\.\d+)?(?: -?\d+(?:\.\d+)?){1,3}(?:\s*;\s*-?\d+(?:\.\d+)?(?: -?\d+(?:\.\d+)?){1,3})+;?$/

/** How the cells of one column are read for a field; made once for the column. `choices`: as the file writes them → the name of the choice. */
export function makeCellReader(question: CellQuestion, reading: CellReading, choices: Readonly<Record<string, string>> = {}): CellReader {
  const read = reading.part ? partReader(question, reading.part, reading, choices) : readerOf(question, reading, choices), isText = question.type === 'text' || question.type === 'barcode', longest = longestOf(question)
  return cell => {
    if (cell === null) return EMPTY
    if (typeof cell !== 'string') return read(String(cell), cell)
    if (cell.length > TABLE_LIMITS.cellCharacters) return { fault: cellFault('cellTooLong', { limit: TABLE_LIMITS.cellCharacters }) }
    const text = plainText(cell)
    if (text === '') return EMPTY
    if (text === UNSOLVED) return { fault: cellFault('formulaEmpty', {}) }
    if (text.startsWith('#') && FORMULA_ERROR.test(text)) return { fault: cellFault('formulaError', {}) }
    if (text.includes('\ufffd')) return { fault: cellFault('damaged', {}) }
    const result = read(text.length > longest ? TOO_LONG : text, cell)
    // What means “nothing” may still be a choice of the form, so it is asked last.
    return (isText || 'fault' in result) && isGap(text, isText) ? NO_DATA : result
  }
}

type Read = (text: string, cell: TableCell) => CellResult

function readerOf(question: CellQuestion, reading: CellReading, choices: Readonly<Record<string, string>>): Read {
  switch (question.type) {
    case 'text': case 'barcode': return textReader(question)
    case 'integer': case 'decimal': return numberReader(question.type, question.unit, reading.unit)
    case 'boolean': return readYesNo
    case 'date': return dateReader(reading)
    case 'dateTime': return dateTimeReader(reading)
    case 'time': return readTime
    case 'choice': return choiceReader(question.choices, choices)
    case 'choices': case 'rank': return choicesReader(question.choices, choices)
    case 'point': return readPositionText
    case 'trace': case 'shape': return text => LINE.test(text) ? value(text) : { fault: cellFault('notShape', {}) }
    case 'file': case 'trigger': return text => value(text)
    default: return question.type satisfies never
  }
}
