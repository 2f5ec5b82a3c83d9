import { partGroups, type PartGroup } from '../../domain/table/rules.parts.ts'
import type { TableColumn } from '../../domain/table/table.ts'
import { squeeze } from '../text/fold.ts'
import { personParts } from './cell.parts.ts'
import { latinDigits } from './cell.result.ts'

const DASHED = /^\d+\s*-\s*[0-3]\s*-\s*\d{1,2}(?:\.\d+)?$/, UNITS = ['ไร่', 'งาน', 'วา']
const FULL_NAME = new Set(['ชื่อ-สกุล', 'ชื่อ-นามสกุล', 'ชื่อและนามสกุล', 'ชื่อสกุล', 'ชื่อตัว-ชื่อสกุล', 'ชื่อ-สกุล เกษตรกร', 'ชื่อเกษตรกร', 'full name', 'name-surname', 'name and surname'].map(squeeze)), NAME = new Set(['ชื่อ', 'รายชื่อ', 'name'].map(squeeze))
const SURE = 1.1

/** A column that says several things at once, and the fields that it feeds: surer than any one of them. */
export function partFits(column: TableColumn, questions: Parameters<typeof partGroups>[0]): { parts: PartGroup['parts']; score: number }[] {
  return partGroups(questions).filter(({ kind }) => kind === 'area' ? saysArea(column) : saysPerson(column)).map(({ parts }) => ({ parts, score: SURE }))
}

function saysArea({ name, samples }: TableColumn): boolean {
  const words = (text: string) => UNITS.filter(unit => text.includes(unit)).length
  return samples.length === 0 ? words(name) === UNITS.length : samples.every(sample => DASHED.test(latinDigits(sample)) || words(sample) > 1 || (words(name) > 1 && /^[\d๐-๙.,]+( ?(?:ไร่|งาน|วา))?$/.test(sample)))
}

function saysPerson({ name, samples }: TableColumn): boolean {
  const key = squeeze(name), whole = samples.filter(sample => personParts(sample).family !== '').length
  return FULL_NAME.has(key) ? samples.length === 0 ? key !== squeeze('ชื่อสกุล') : whole > samples.length / 2 : NAME.has(key) && samples.length > 0 && whole === samples.length
}
