import type { Question } from '../../domain/dataset/dataset.form.ts'
import { CellReading, type TableColumn, type TableMapping } from '../../domain/table/table.ts'
import { parseName, similarityOf, type Name } from '../match/name.ts'
import { squeeze } from '../text/fold.ts'
import { readPositionText } from './cell.position.ts'
import { makeCellReader } from './cell.ts'
import { partFits } from './suggest.parts.ts'
import { suggestReading } from './suggest.reading.ts'
import { placeScores, type IsProvince } from './suggest.places.ts'

/** A question with the key that answers are kept under (`keysOf`). */
export type FieldQuestion = Question & { key: string }
/** `scores`: by the index of a column, 0 to 1, how sure its place in the mapping is; columns that go nowhere have none. */
export type Suggestion = { mapping: TableMapping; scores: Record<number, number> }
type Goes = Omit<TableMapping['columns'][number], 'column'>
/** A column and all that it would feed. */
type Fit = { column: TableColumn; goes: Goes[]; score: number }

const LEAST = 0.55, BY_LOOKS = 0.6, NAME_ALONE = 0.9, LEAST_ALIKE = 0.7
/** What of the score is left to a column none of whose samples can be read as the field. */
const UNREAD = 0.4

/** Where columns go, by their names and by what their samples look like; each field and each part of the place is given once, to the column that fits best. */
export function suggestMapping(columns: readonly TableColumn[], questions: readonly FieldQuestion[], isProvince: IsProvince = () => false): Suggestion {
  const named = questions.filter(question => question.role !== 'place').map(question => ({ question, names: namesOf(question) }))
  const plain = CellReading.parse({}), to = (question: FieldQuestion, column: TableColumn): Goes => ({ target: 'field', field: question.key, reading: suggestReading(column, question) })
  const fits = columns.flatMap((column): Fit[] => {
    const places = placeScores(column, isProvince).map(({ target, score }): Fit => ({ column, goes: [{ target, field: null, reading: plain }], score }))
    const parted = partFits(column, questions).map(({ parts, score }): Fit => ({ column, goes: parts.map(({ part, key }) => ({ target: 'field', field: key, reading: { ...plain, part } })), score }))
    const name = parseName(column.name), key = squeeze(column.name)
    const fields = named.map(({ question, names }) => ({ question, score: Math.max(nameScore(key, name, names), pointScore(question, column)) })).filter(({ score }) => score >= LEAST)
    return [...places, ...parted, ...fields.map(({ question, score }): Fit => ({ column, goes: [to(question, column)], score: score * sampleScore(question, column) }))]
  })
  const chosen = bestOfEach(fits.filter(fit => fit.score >= LEAST))
  return {
    mapping: { columns: chosen.flatMap(({ column, goes }) => goes.map(each => ({ column: column.index, ...each }))), constants: {}, choices: {}, places: {} },
    scores: Object.fromEntries(chosen.map(({ column, score }) => [column.index, Math.min(1, Math.round(score * 100) / 100)])),
  }
}

/** The surest first; a column and a goal that are taken are taken. */
function bestOfEach(fits: Fit[]): Fit[] {
  const columns = new Set<number>(), goals = new Set<string>()
  const chosen = fits.sort((a, b) => b.score - a.score || a.column.index - b.column.index).filter(({ column, goes }) => {
    const own = goes.map(({ field, target }) => field ?? `place ${target}`)
    if (columns.has(column.index) || own.some(goal => goals.has(goal))) return false
    columns.add(column.index)
    for (const goal of own) goals.add(goal)
    return true
  })
  return chosen.sort((a, b) => a.column.index - b.column.index)
}

type FieldNames = { exact: ReadonlySet<string>; alike: Name[] }

/** What stands in brackets behind a label is its unit or an explanation. */
function namesOf({ key, name, label, term, role }: FieldQuestion): FieldNames {
  const said = [key, name, label.th, label.en], short = said.map(text => text.replace(/\s*[(:].*$/, ''))
  const usual = [...role === 'point' ? ['พิกัด', 'พิกัด gps', 'พิกัดที่ตั้ง', 'gps', 'coordinates', 'lat,lon', 'latlng', 'geopoint'] : [], ...role === 'title' ? ['ชื่อ', 'ชื่อไทย', 'name', 'name_th', 'title', 'รายการ'] : [], ...name === 'year_be' ? YEARS : [], ...TERMS[term ?? ''] ?? []]
  return { exact: new Set([...said, ...short, ...usual].map(squeeze).filter(Boolean)), alike: [label.th, label.en, name.replaceAll('_', ' ')].filter(Boolean).map(parseName) }
}

const YEARS = ['ปี', 'พ.ศ.', 'ปี พ.ศ.', 'ประจำปี', 'ปีข้อมูล', 'year_be']

/** What columns of a standard term are usually called. */
const TERMS: Partial<Record<string, string[]>> = {
  'schema:telephone': ['โทรศัพท์', 'เบอร์โทร', 'เบอร์โทรศัพท์', 'เบอร์ติดต่อ', 'โทร', 'phone', 'telephone', 'tel', 'mobile'], 'schema:givenName': ['ชื่อ', 'ชื่อจริง', 'first name', 'firstname'],
  'schema:familyName': ['สกุล', 'นามสกุล', 'ชื่อสกุล', 'last name', 'lastname', 'surname'], 'schema:gender': ['เพศ', 'sex', 'gender'], 'schema:honorificPrefix': ['คำนำหน้า', 'คำนำหน้านาม', 'prefix', 'title'], 'dcterms:date': ['วันที่', 'วันที่สำรวจ', 'วันที่เก็บข้อมูล', 'date', 'survey date'],
  year: [...YEARS, 'ค.ศ.', 'ปี ค.ศ.', 'ปีเพาะปลูก', 'year', 'year_ce', 'period'],
  'registered-population': ['total', 'รวม', 'ประชากรรวม', 'ประชากร', 'population'], 'registered-population-male': ['male', 'ชาย'], 'registered-population-female': ['female', 'หญิง'], 'registered-houses': ['houses', 'บ้าน', 'จำนวนบ้าน'],
  'rice-production-tonnes': ['production_ton', 'ผลผลิต', 'ผลผลิต (ตัน)'], 'rice-planted-rai': ['planted area', 'area planted', 'area_plant', 'เนื้อที่เพาะปลูก', 'เนื้อที่เพาะปลูก (ไร่)'], 'rice-harvested-rai': ['harvested area', 'area harvested', 'area_harvest', 'เนื้อที่เก็บเกี่ยว', 'เนื้อที่เก็บเกี่ยว (ไร่)'],
  'schema:price': ['ราคา', 'price'], 'dcterms:description': ['รายละเอียด', 'คำอธิบาย', 'description'],
}

/** “Number of” says no more than the number does. */
const HOW_MANY = new RegExp(`^(?:${['จำนวน', 'number of', 'no. of'].map(squeeze).join('|')})|${squeeze('ทั้งหมด')}$`, 'g'), COUNTED = 0.95

function nameScore(key: string, name: Name, { exact, alike }: FieldNames): number {
  if (key === '') return 0
  if (exact.has(key)) return 1
  if (exact.has(key.replace(HOW_MANY, ''))) return COUNTED
  const best = Math.max(...alike.map(other => similarityOf(name, other)), 0)
  return best >= LEAST_ALIKE ? best * NAME_ALONE : 0
}

/** Two numbers in one cell that are a position in Thailand. */
function pointScore({ role }: FieldQuestion, { samples }: TableColumn): number {
  const isPosition = (sample: string) => { const found = readPositionText(sample); return !('fault' in found) && found.value !== null && found.warning === null }
  return role === 'point' && samples.length > 1 && samples.every(isPosition) ? BY_LOOKS : 0
}

/** How many of the samples the field can take. */
function sampleScore(question: FieldQuestion, column: TableColumn): number {
  if (column.samples.length === 0) return 1
  const read = makeCellReader(question, suggestReading(column, question))
  const readable = column.samples.filter(sample => !('fault' in read(sample))).length
  return UNREAD + (1 - UNREAD) * readable / column.samples.length
}
