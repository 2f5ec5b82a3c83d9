import { parse } from 'csv-parse/sync'
import { readXlsx } from 'hucre/xlsx'
import { beforeAll, describe, expect, test } from 'vitest'
import type { ReplyOf } from '../../domain/base/api.ts'
import { keysOf } from '../../domain/dataset/rules.ts'
import type { recordApi } from '../../domain/record/api.ts'
import type { Answer, Answers } from '../../domain/record/record.ts'
import { fillIn, signedIn, startCollecting, telephoneOf, untilRead, type Collecting, type Given } from '../setup/collecting.ts'
import { datasetOf, define, settingsOf } from '../setup/defining.ts'
import { freshDatabase } from '../setup/fresh.ts'
import type { Browser } from '../setup/people.ts'
import { unzip } from '../setup/unzip.ts'

const HOME = 'TH580703', ID = 'farm'
type Detail = ReplyOf<typeof recordApi.getRecord>

/** Every type of answer, at the farm and in plots and crops of the plots; two questions bear the names of what every record has. */
const FORM = `| survey | | | | | | | |
| | type | name | label::ไทย (th) | label::English (en) | bind::rakkaeo:sensitivity | bind::rakkaeo:role | bind::rakkaeo:unit |
| | select_one_from_file villages.csv | village | หมู่บ้าน | Village | open | place | |
| | date | day | วันที่ | Day | open | date | |
| | text | owner | เจ้าของ | Owner | personal | title | |
| | text | national_id | เลขประจำตัวประชาชน | National id | personal | national-id | |
| | text | state | สภาพ | State | internal | | |
| | integer | rai | เนื้อที่ | Area | internal | | rai |
| | decimal | slope | ความชัน | Slope | open | | % |
| | time | opens | เวลาเปิด | Opens | open | | |
| | dateTime | seen | เห็นเมื่อ | Seen | internal | | |
| | geopoint | house | บ้าน | House | personal | point | |
| | geotrace | road | ถนน | Road | open | | |
| | select_one soil | soil | ดิน | Soil | open | | |
| | select_multiple soil | soils | ดินทั้งหมด | All soils | internal | | |
| | rank soil | best | เรียงดิน | Soils in order | open | | |
| | image | photo | ภาพ | Picture | open | photo | |
| | barcode | tag | ป้าย | Tag | open | | |
| | acknowledge | seen_deed | เห็นโฉนด | Deed seen | sensitive | | |
| | text | half | ครึ่ง | Half | open | | |
| | begin_repeat | plot | แปลง | Plot | | | |
| | text | row | ชื่อแปลง | Name of the plot | open | | |
| | geopoint | corner | หลักเขต | Corner | personal | | |
| | begin_repeat | crop | พืช | Crop | | | |
| | text | crop_name | ชื่อพืช | Name of the crop | sensitive | | |
| | select_multiple soil | crop_soils | ดินของพืช | Soils of the crop | open | | |
| | end_repeat | | | | | | |
| | end_repeat | | | | | | |

| choices | | | | |
| | list_name | name | label::ไทย (th) | label::English (en) |
| | soil | loam | ดินร่วน | Loam |
| | soil | clay | ดินเหนียว | Clay |
${settingsOf(ID)}`

/** What spreadsheets, databases and terminals have choked on. */
const HOSTILE = [
  '"', '""', `'`, ',', ';', '\t', 'สอง\nบรรทัด', 'ขึ้น\r\nบรรทัด', '\r', '\\', '\\N', '\\.', '=1+1', '+1', '-1', '@SUM(A1)', "=cmd|' /C calc'!A0", '🌶️👨‍👩‍👧‍👦', 'ก\u200bข', '\ufeffก', 'a\u0085b\u2028c', '\u007f',
  `'); drop table core.record; --`, '<b>&amp;</b>', ']]>', '_x0041_', '_x005F_x0041_', 'null', 'NULL', '  เว้น  หน้าหลัง  ', '0012', '1e5', 'TRUE', '2026-11-26', '{"a":1}', '[1,2]', 'ก'.repeat(5000), 'ย'.repeat(40_000), '๑๒๓',
]

let house: Collecting, buala: Browser, thongdi: Browser, somsak: Browser, details: Map<string, Detail>

beforeAll(async () => {
  house = await startCollecting(await freshDatabase())
  await define(await signedIn(house, { userName: 'pricha', role: 'administrator', areas: ['TH'] }), 'TH', datasetOf(ID, { unit: 'place' }), FORM)
  thongdi = await signedIn(house, { userName: 'thongdi', role: 'tambon-integrator', areas: [HOME] })
  somsak = await signedIn(house, { userName: 'somsak', role: 'provincial-integrator', areas: ['TH58'] })
  buala = await signedIn(house, { userName: 'buala', role: 'collector', areas: [HOME] })
  const phones = [await telephoneOf(house, buala, [HOME]), await telephoneOf(house, await signedIn(house, { userName: 'khampan', role: 'collector', areas: [HOME] }), [HOME])]
  const { xform } = await phones[0]!.download((await phones[0]!.listForms()).find(form => form.id === ID)!)
  await Promise.all([...HOSTILE, ...Array.from({ length: 120 }, (_, i) => `แปลงที่ ${i} ${'ยาว'.repeat(i * 10)}`)].map(async (text, i) => {
    const phone = phones[i % 2]!, heard = await phone.post(`${phone.base}/submission`, fillIn(xform, farmOf(text, i)).xml.replaceAll('\r', '&#13;'), [])
    if (heard.status !== 201) throw new Error(heard.body)
  }))
  await untilRead(house)
  details = await detailsFor(thongdi)
})

function farmOf(text: string, i: number): Given {
  const bare: Given = { village: `${HOME}0${1 + i % 3}`, owner: text }
  if (i % 4 === 3) return bare
  const crop = { crop_name: text, crop_soils: i % 2 ? 'clay' : '' }
  return {
    ...bare, day: `2026-11-${10 + i % 10}`, national_id: '1101700230708', state: text, rai: String(i), slope: `${i}.5`, opens: '06:30:00.000+07:00', seen: '2026-11-26T06:30:00.000+07:00', house: `19.5${i} 98.2${i} ${i} 4.5`,
    road: '19 98 0 0; 19.1 98.1 0 0', soil: 'loam', soils: i % 3 ? 'loam clay' : 'clay ["ปน",หิน]', best: 'clay loam', photo: `${i}.jpg`, tag: text, seen_deed: 'OK', half: text,
    plot: Array.from({ length: i % 3 }, (_, n) => ({ row: text, corner: n ? '' : '1 2 3 4', crop: Array.from({ length: n + 1 }, () => crop) })),
  }
}

/** The slow way: every record on its own page. */
async function detailsFor(browser: Browser, query = ''): Promise<Map<string, Detail>> {
  const { items } = (await browser.get(`/api/datasets/${ID}/records?limit=1000&${query}`)).json() as { items: { id: string }[] }
  return new Map(await Promise.all(items.map(async ({ id }): Promise<[string, Detail]> => [id, (await browser.get(`/api/records/${id}?${query}`)).json()])))
}

const POINT = ['lat', 'lon', 'altitude', 'accuracy'] as const
const FACTS = ['record_id', 'area_code', 'row', 'parent_row', 'state', 'day', 'made_at', 'changed_at', 'versions']

/** Cells of a table by name, as one would write them by hand from what getRecord says. */
function cellsOf(values: Answers, questions: ReturnType<typeof keysOf>[number]['questions']): Record<string, string> {
  return Object.assign({}, ...questions.map(({ key, type }) => {
    const name = FACTS.includes(key) ? `${key}_` : key, answer = values[key]
    return type === 'point' ? Object.fromEntries(POINT.map(part => [`${name}.${part}`, plain((answer as Record<string, Answer> | undefined)?.[part])])) : { [name]: plain(answer) }
  }))
}
function plain(answer: Answer | null | undefined): string {
  if (answer === undefined || answer === null) return ''
  if (Array.isArray(answer)) return answer.join(' ')
  return typeof answer === 'object' && 'masked' in answer ? answer.masked : String(answer)
}

type Tables = Record<string, Record<string, string>[]>
function tablesBySlowWay(from: Map<string, Detail>): Tables {
  const [sample] = from.values(), levels = keysOf(sample!.form.model), nameOf = (repeat: string | null) => repeat?.split('/').at(-1) ?? ID
  return Object.fromEntries(levels.map(({ repeat, questions }) => [nameOf(repeat), [...from.values()].flatMap(({ record, rows }): Tables[string] => repeat === null
    ? [{ record_id: record.id, area_code: record.area, state: record.state, day: plain(record.day), made_at: record.madeAt, changed_at: record.changedAt, versions: String(record.versions), ...cellsOf(record.values, questions) }]
    : rows.filter(row => row.repeat === repeat).map(row => ({ record_id: record.id, area_code: record.area, row: String(row.position), parent_row: plain(row.parent), ...cellsOf(row.values, questions) })))]))
}

const inOrder = (rows: Record<string, string>[]) => [...rows].sort((a, b) => `${a['record_id']} ${String(a['row']).padStart(4, '0')}` < `${b['record_id']} ${String(b['row']).padStart(4, '0')}` ? -1 : 1)
const without = (rows: Record<string, string>[], names: string[]) => rows.map(row => Object.fromEntries(Object.entries(row).filter(([name]) => !names.includes(name))))
const fetchFile = async (browser: Browser, as: string, query = '') => {
  const reply = await browser.get(`/api/datasets/${ID}/records/file/${as}?${query}`)
  expect(reply.statusCode, reply.body.slice(0, 300)).toBe(200)
  return reply.rawPayload
}
async function csvTables(browser: Browser, query = ''): Promise<Tables> {
  return Object.fromEntries([...unzip(await fetchFile(browser, 'csv', query))].map(([name, bytes]) => [name.replace('.csv', ''), parse(bytes, { bom: true, columns: true })]))
}
async function xlsxTable(browser: Browser, query = ''): Promise<Record<string, string>[]> {
  const [head = [], ...rows] = (await readXlsx(await fetchFile(browser, 'xlsx', query))).sheets[0]!.rows
  return rows.map(cells => Object.fromEntries(head.map((name, i) => [String(name), cells[i] === null || cells[i] === undefined ? '' : String(cells[i])])))
}

describe('every record, cell by cell as its own page says it', () => {
  test('in CSV, a table for each repeat', async () => {
    const { fields, ...tables } = await csvTables(thongdi), expected = tablesBySlowWay(details)
    expect(Object.keys(tables)).toEqual(Object.keys(expected))
    for (const [name, rows] of Object.entries(expected)) expect(inOrder(tables[name]!), name).toEqual(inOrder(rows))
    expect([expected[ID]!.length, expected['crop']!.length > 100, tables[ID]!.filter(row => row['owner'] === '=1+1').length]).toEqual([HOSTILE.length + 120, true, 1])
    const columns = Object.values(tables).flatMap(rows => Object.keys(rows[0]!)).filter(name => !FACTS.includes(name)).map(name => name.replace(/\.(lat|lon|altitude|accuracy)$/, ''))
    expect(fields!.map(field => field['key'])).toEqual([...new Set(columns)])
    expect(fields!.find(field => field['key'] === 'soils')).toMatchObject({ type: 'choices', label_th: 'ดินทั้งหมด', sensitivity: 'internal', choices: 'loam=ดินร่วน · Loam; clay=ดินเหนียว · Clay' })
  })

  test('in XLSX, where nothing is a formula and what is too long for a cell ends with dots', async () => {
    const fitting = (row: Record<string, string>) => Object.fromEntries(Object.entries(row).map(([name, cell]) => [name, cell.length > 32_767 ? `${cell.slice(0, 32_766)}…` : cell]))
    for (const [name, rows] of Object.entries(tablesBySlowWay(details))) expect(inOrder(await xlsxTable(thongdi, name === ID ? '' : `table=${name}`)), name).toEqual(inOrder(rows.map(fitting)))
    const parts = unzip(await fetchFile(thongdi, 'xlsx'))
    expect([...parts].filter(([name]) => name.includes('sheet')).some(([, xml]) => xml.includes('<f>') || xml.includes('<f '))).toBe(false)
  })

  test('in JSON and GeoJSON', async () => {
    const { items } = JSON.parse((await fetchFile(thongdi, 'json')).toString()) as { items: { id: string; rows: unknown[] }[] }
    expect(items.length).toBe(details.size)
    for (const item of items) {
      const { record, rows } = details.get(item.id)!, { id, area, state, day, madeAt, changedAt, versions, values } = record
      expect(item).toEqual({ id, area, state, day, madeAt, changedAt, versions, values, rows })
    }
    const { type, features } = JSON.parse((await fetchFile(thongdi, 'geojson')).toString())
    expect([type, features.length]).toEqual(['FeatureCollection', details.size])
    for (const feature of features) {
      const { id, area, state, day, madeAt, changedAt, versions, values: { state: said, day: answered, ...values }, point } = details.get(feature.id)!.record
      expect(feature).toEqual({
        type: 'Feature', id, geometry: point && { type: 'Point', coordinates: [point.lon, point.lat] },
        properties: { id, area, state, day, madeAt, changedAt, versions, ...values, ...said !== undefined && { state_: said }, ...answered !== undefined && { day_: answered } },
      })
    }
  })
})

describe('a column that is withheld is no column, an answer that is withheld an empty cell', () => {
  test.each(['', 'purpose=ตรวจสิทธิที่ดินทำกิน'])('for the province (%s)', async query => {
    const kinds = query ? ['open', 'internal', 'personal'] : ['open', 'internal'], { fields: _, ...tables } = await csvTables(somsak, query)
    const hidden = keysOf([...details.values()][0]!.form.model).flatMap(level => level.questions).filter(question => !kinds.includes(question.sensitivity)).flatMap(({ key, type }) => type === 'point' ? POINT.map(part => `${key}.${part}`) : [key])
    expect(hidden.length).toBeGreaterThan(1)
    for (const [name, rows] of Object.entries(tablesBySlowWay(details))) expect(inOrder(tables[name]!), name).toEqual(inOrder(without(rows, hidden)))
  })

  test('for who collects: whole rows of their own beside a colleague’s open ones', async () => {
    const seen = await detailsFor(buala), { fields: _, ...tables } = await csvTables(buala)
    expect(new Set([...seen.values()].map(({ record }) => record.values['owner'] !== undefined))).toEqual(new Set([true, false]))
    for (const [name, rows] of Object.entries(tablesBySlowWay(seen))) expect(inOrder(tables[name]!), name).toEqual(inOrder(rows))
  })

  test('what the list is narrowed to, the file is', async () => {
    const narrowed = tablesBySlowWay(await detailsFor(thongdi, `area=${HOME}01&from=2026-11-12&until=2026-11-26`)), { fields: _, ...tables } = await csvTables(thongdi, `area=${HOME}01&from=2026-11-12&until=2026-11-26`)
    expect(narrowed[ID]!.length).toBeGreaterThan(5)
    for (const [name, rows] of Object.entries(narrowed)) expect(inOrder(tables[name]!), name).toEqual(inOrder(rows))
  })
})
