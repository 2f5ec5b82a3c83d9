import { cellFault } from '../../domain/table/problems.cell.ts'
import type { TableCell } from '../../domain/table/table.ts'
import { latinDigits, value, type CellResult } from './cell.result.ts'
import { isArea, readUnit, unitOf, type Unit } from './units.ts'

const SIMPLE = /^-?\d{1,15}(?:\.\d+)?$/
const NUMBER = String.raw`[+-]?(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d+)?(?:[eE][+-]?\d+)?|[+-]?\.\d+`
const PART = new RegExp(String.raw`(${NUMBER})\s*([^\d+\-.,\s][^\d]*?)?\s*(?=[+-]?\.?\d|$)`, 'gy')
const COMMA = /\d,\d|\d\.\d{3}\.\d/, RAI_NGAN_WA = /^(\d+)\s*-\s*(\d+)\s*-\s*(\d+(?:\.\d+)?)\s*(?:ไร่)?$/
const SHORTENED = /^\d(?:\.\d+)?E\+?\d{2}$/i, RAI_PARTS = 'rai-ngan-wa', FIGURES = 12

type Part = { amount: number; unit: Unit | null }
type Parts = Part[] | CellResult

/** A number in the unit of its field. `said`: what a number without a unit is in. */
export function numberReader(type: 'integer' | 'decimal', field: string | null, said: string | null): (text: string, cell: TableCell) => CellResult {
  const wanted = field === null ? null : unitOf(field), usual = said === null || said === RAI_PARTS ? wanted : unitOf(said), isParted = isArea(wanted) || said === RAI_PARTS
  const isSame = usual?.id === wanted?.id
  return (text, cell) => {
    if (typeof cell === 'boolean') return { fault: cellFault('notNumber', {}) }
    if (isSame && (typeof cell === 'number' || SIMPLE.test(text))) return finish(Number(text), type)
    const parts = partsOf(plainNumber(text), wanted, isParted)
    if (!Array.isArray(parts)) return parts
    if (type === 'integer' && SHORTENED.test(text)) return { fault: cellFault('floatedId', {}) }
    return summed(parts.map(part => ({ ...part, unit: part.unit ?? usual })), wanted, type)
  }
}

/** Latin digits; what stands before a number behind it; squares and cubes in letters, so that a digit is always a number's. */
function plainNumber(text: string): string {
  return latinDigits(text).replace(/^(ร้อยละ|฿)\s*(.+)$/, '$2 $1').replace(/(k?)m\^?[2²](?!\d)/i, ' sq$1m ').replace(/m\^?[3³](?!\d)/i, ' cum ').trim()
}

function finish(number: number, type: 'integer' | 'decimal'): CellResult {
  if (!Number.isFinite(number)) return { fault: cellFault('notNumber', {}) }
  if (Number.isInteger(number) && !Number.isSafeInteger(number)) return { fault: cellFault('tooLargeNumber', {}) }
  return type === 'integer' && !Number.isInteger(number) ? { fault: cellFault('notWhole', { read: number }) } : value(number)
}

/** A number, or several with a unit each: 5 ไร่ 2 งาน. */
function partsOf(text: string, wanted: Unit | null, isParted: boolean): Parts {
  const dashed = isParted ? RAI_NGAN_WA.exec(text) : null
  if (dashed) return rightParts(['rai', 'ngan', 'wa2'].map((unit, i) => ({ amount: Number(dashed[i + 1]), unit: unitOf(unit) })))
  const found = [...text.matchAll(PART)], notNumber = { fault: COMMA.test(text) ? cellFault('decimalComma', {}) : cellFault('notNumber', {}) }
  if (found.reduce((sum, [whole]) => sum + whole.length, 0) !== text.length || found.length === 0) return notNumber
  const parts: Part[] = []
  for (const [, number = '', written = ''] of found) {
    const read = readUnit(written, wanted)
    if (read === null) return { fault: cellFault('unknownUnit', { unit: written, wanted: wanted?.id ?? '' }) }
    parts.push({ amount: Number(number.replaceAll(',', '')) * read.times, unit: read.unit })
  }
  return parts.length > 1 && parts.some(part => part.unit === null) ? notNumber : rightParts(parts)
}

/** Of rai, ngan and square wa each smaller one stays below the next. */
function rightParts(parts: Part[]): Parts {
  const isRight = parts.every(({ amount, unit }, i) => {
    const larger = parts[i - 1]
    return !larger?.unit || !unit || (unit.kind === larger.unit.kind && unit.factor < larger.unit.factor && amount * unit.factor < larger.unit.factor)
  })
  return isRight ? parts : { fault: cellFault('parts', {}) }
}

function summed(parts: readonly Part[], wanted: Unit | null, type: 'integer' | 'decimal'): CellResult {
  const [{ amount, unit }] = parts as [Part]
  if (wanted === null) {
    if (parts.length > 1) return { fault: cellFault('unknownUnit', { unit: parts.map(part => part.unit?.id).join(' + '), wanted: '' }) }
    const result = finish(amount, type)
    return 'fault' in result || unit === null ? result : { ...result, warning: cellFault('unitDropped', { unit: unit.id }) }
  }
  const foreign = parts.find(part => part.unit?.kind !== wanted.kind)
  if (foreign) return { fault: cellFault('otherUnit', { unit: foreign.unit?.id ?? '', wanted: wanted.id }) }
  const sum = parts.reduce((sum, part) => sum + part.amount * (part.unit as Unit).factor, 0)
  // Twelve figures are more than anybody measures, and fewer than the noise of binary fractions.
  return finish(parts.length === 1 && unit?.id === wanted.id ? amount : Number((sum / wanted.factor).toPrecision(FIGURES)), type)
}
