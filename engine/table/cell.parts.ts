import { cellFault } from '../../domain/table/problems.cell.ts'
import type { CellPart, CellReading, TableCell } from '../../domain/table/table.ts'
import { numberReader } from './cell.number.ts'
import { choiceReader } from './cell.choice.ts'
import { EMPTY, value, type CellQuestion, type CellResult } from './cell.result.ts'

const RAI = 400, NGAN = 100
type Read = (text: string, cell: TableCell) => CellResult

/** One part of what a cell says, where a column feeds several fields. */
export function partReader(question: CellQuestion, part: CellPart, { unit }: CellReading, choices: Readonly<Record<string, string>>): Read {
  switch (part) {
    case 'rai': case 'ngan': case 'wa2': return areaReader(part, question.type, unit)
    case 'prefix': return titleReader(question, choices)
    case 'given': case 'family': return text => { const said = personParts(text)[part]; return said === '' ? EMPTY : value(said) }
    default: return part satisfies never
  }
}

/** 3-2-50, ๓ ไร่ ๒ งาน ๕๐ วา, 3.625 ไร่: brought to square wa, and those to rai, ngan and what is left. A number alone is of rai. */
function areaReader(part: 'rai' | 'ngan' | 'wa2', type: CellQuestion['type'], said: string | null): Read {
  const read = numberReader('decimal', 'wa2', said ?? 'rai')
  return (text, cell) => {
    const result = read(text, cell)
    if ('fault' in result || typeof result.value !== 'number') return result
    const wa = Math.round(result.value * 100) / 100, left = Math.round(wa % NGAN * 100) / 100
    if (part === 'wa2') return type === 'integer' && !Number.isInteger(left) ? { fault: cellFault('notWhole', { read: left }) } : value(left, result.warning)
    return value(part === 'rai' ? Math.floor(wa / RAI) : Math.floor(wa % RAI / NGAN))
  }
}

/** As people write them → as they are called in full. */
const TITLES: [RegExp, string][] = [
  [/^(?:นางสาว|น\.\s?ส\.?|miss\b\.?|ms\b\.?)/i, 'นางสาว'], [/^(?:นาง|mrs\b\.?)/i, 'นาง'], [/^(?:นาย|mr\b\.?)/i, 'นาย'], [/^(?:เด็กชาย|ด\.\s?ช\.?)/, 'เด็กชาย'], [/^(?:เด็กหญิง|ด\.\s?ญ\.?)/, 'เด็กหญิง'],
]
/** Ranks are told as they are written: which choice they are is for whoever knows. */
const RANK = /^(?:ว่าที่\s?)?(?:ร้อย(?:ตรี|โท|เอก)|พัน(?:ตรี|โท|เอก)|สิบ(?:ตรี|โท|เอก)|จ่าสิบ(?:ตรี|โท|เอก)|ดาบตำรวจ|[รพจสด]\.\s?(?:[ตทอส]\.\s?){1,2})(?:\s?หญิง)?/

/** @example personParts('น.ส.สมหญิง  ใจดี') // => { prefix: 'นางสาว', given: 'สมหญิง', family: 'ใจดี' } */
export function personParts(text: string): { prefix: string; given: string; family: string } {
  const plain = text.replace(/\s+/g, ' ').trim(), [pattern, title] = TITLES.find(([pattern]) => pattern.test(plain)) ?? [RANK, RANK.exec(plain)?.[0].trim() ?? '']
  const [given = '', ...family] = plain.replace(pattern, '').trim().split(' ')
  return { prefix: title, given, family: family.join(' ') }
}

function titleReader({ choices, type }: CellQuestion, said: Readonly<Record<string, string>>): Read {
  const read: Read = type === 'choice' ? choiceReader(choices, said) : text => value(text)
  return (text, cell) => { const { prefix } = personParts(text); return prefix === '' ? EMPTY : read(prefix, cell) }
}
