import { sql } from 'kysely'
import { beforeAll, expect, test } from 'vitest'
import { ImportReport } from '../../domain/import/import.ts'
import { readAs, SYSTEM } from '../db/scope.ts'
import { freshDatabase, type Fresh } from '../../tests/setup/fresh.ts'
import { publishedProvinces, tpmapFile, type Place } from '../../tools/make-demo/tpmap-files.ts'
import { countRows, importFiles } from '../../tests/setup/tpmap-imports.ts'

let database: Fresh
const provinces = publishedProvinces()
const [first, second] = provinces as [Place, Place]
const withFault: Place = { code: second.code, cells: new Map(second.cells).set('ELDERLY_CNT', -1) }
const figureOf = async (code: string, indicator: string, period: string) =>
  (await sql<{ numerator: number; denominator: number }>`select numerator, denominator from open.figure where area_code = ${code} and indicator_id = ${indicator} and period = ${period}`.execute(database.public)).rows[0]

beforeAll(async () => { database = await freshDatabase() })

test('with one bad cell nothing is imported: no row of any table, and the report says where it is', async () => {
  const before = await countRows(database)
  const report = await importFiles(database, { '60_province_common.csv': tpmapFile('common', [first, withFault]) })
  expect(report).toMatchObject({ outcome: 'refused', id: null, source: 'tpmap-2560', period: '2017', counts: { rows: 2, rowsLeftOut: 1, rowsNew: 0, errors: 1 } })
  expect(report.problems).toMatchObject([{ code: 'import/negative', file: '60_province_common.csv', line: 3, column: 'ELDERLY_CNT', value: '-1' }])
  expect(await countRows(database)).toEqual(before)
  expect(() => ImportReport.parse(report)).not.toThrow()
})

test('when the person says so the good rows go in, and the mended file completes them', async () => {
  const bad = { '60_province_common.csv': tpmapFile('common', [first, withFault]) }
  expect(await importFiles(database, bad, { keepGood: true })).toMatchObject({ outcome: 'partly', counts: { rowsNew: 1, rowsLeftOut: 1, errors: 1 } })
  expect(await figureOf(`TH${first.code}`, 'persons-surveyed', '2017')).toMatchObject({ numerator: first.cells.get('HOUSEMEMBER_CNT') })
  expect(await figureOf(`TH${second.code}`, 'persons-surveyed', '2017')).toBeUndefined()
  expect(await importFiles(database, bad, { keepGood: true })).toMatchObject({ outcome: 'partly', counts: { rowsNew: 0, rowsSame: 1 } })
  expect(await importFiles(database, { '60_province_common.csv': tpmapFile('common', [first, second]) })).toMatchObject({ outcome: 'imported', counts: { rowsNew: 1, rowsSame: 1, errors: 0 } })
  expect(await figureOf('TH', 'persons-surveyed', '2017')).toMatchObject({ numerator: (first.cells.get('HOUSEMEMBER_CNT') as number) + (second.cells.get('HOUSEMEMBER_CNT') as number) })
})

test('even the good rows are refused when there are none', async () => {
  const before = await countRows(database)
  expect(await importFiles(database, { '60_province_poor.csv': 'PK\u0003\u0004 a spreadsheet' }, { keepGood: true })).toMatchObject({ outcome: 'refused', problems: [{ code: 'import/not-csv' }] })
  expect(await countRows(database)).toEqual(before)
})

test('a bad file among good ones keeps all of them out', async () => {
  const before = await countRows(database)
  const report = await importFiles(database, { '65_province_common.csv': tpmapFile('common', provinces.slice(0, 70)), '65_province_poor.csv': '' })
  expect(report).toMatchObject({ outcome: 'refused', problems: [{ code: 'import/empty', file: '65_province_poor.csv', line: null }] })
  expect(await countRows(database)).toEqual(before)
})

test('the poor come after the surveyed, or with them', async () => {
  const poor = { '62_province_11111.csv': tpmapFile('poor', [first]) }, common = { '62_province_common.csv': tpmapFile('common', [first]) }
  expect(await importFiles(database, poor)).toMatchObject({ outcome: 'refused', problems: [{ code: 'import/no-base', line: 2, column: 'province_ID', value: first.code }] })
  expect((await importFiles(database, common)).outcome).toBe('imported')
  expect((await importFiles(database, poor)).outcome).toBe('imported')
  expect(await figureOf(`TH${first.code}`, 'target-poor', '2019')).toEqual({ numerator: 7_436, denominator: 543_159 })
})

test('a file without a year asks for one, and takes it in either era; years are not mixed', async () => {
  const file = { 'province_common.csv': tpmapFile('common', provinces.slice(0, 5)) }
  expect(await importFiles(database, file)).toMatchObject({ outcome: 'refused', period: null, problems: [{ code: 'import/no-year' }] })
  expect(await importFiles(database, file, { year: '12345' })).toMatchObject({ outcome: 'refused', problems: [{ code: 'import/bad-year', value: '12345' }] })
  expect(await importFiles(database, file, { year: '2564' })).toMatchObject({ outcome: 'imported', source: 'tpmap-2564', period: '2021' })
  const mixed = { '58_province_common.csv': tpmapFile('common', provinces.slice(0, 6)), '59_province_common.csv': tpmapFile('common', provinces.slice(0, 7)) }
  const report = await importFiles(database, mixed)
  expect([report.outcome, report.problems[0]?.code]).toEqual(['refused', 'import/many-years'])
})

test('a year of the new set of indicators goes in with a warning', async () => {
  const report = await importFiles(database, { '67_province_common.csv': tpmapFile('common', provinces.slice(0, 3)) })
  expect(report).toMatchObject({ outcome: 'imported', source: 'tpmap-2567', problems: [{ code: 'import/other-set', severity: 'warning' }] })
})

test('the very file of one year under the name of another goes in with a warning; without a year it is known again', async () => {
  const text = tpmapFile('common', provinces.slice(0, 4))
  expect(await importFiles(database, { '50_province_common.csv': text })).toMatchObject({ outcome: 'imported', period: '2007', problems: [] })
  expect(await importFiles(database, { 'a copy.csv': text })).toMatchObject({ outcome: 'unchanged', period: '2007', files: [{ known: true }] })
  expect(await importFiles(database, { '51_province_common.csv': text })).toMatchObject({ outcome: 'imported', period: '2008', problems: [{ code: 'import/other-year', value: '2008' }] })
})

test('the encodings of spreadsheets are read; bytes that are none are told with their line', async () => {
  const text = tpmapFile('common', [first])
  const thai = Buffer.concat([Buffer.from(text.replace('\n', ',"'), 'latin1').subarray(0, text.indexOf('\n')), Buffer.from([0x2c, 0xcb, 0xc1, 0xd2, 0xc2, 0x0a]), Buffer.from(`${text.split('\n')[1]},x\n`)])
  expect(await importFiles(database, { '57_province_common.csv': thai })).toMatchObject({ outcome: 'imported', files: [{ encoding: 'windows-874' }], problems: [{ code: 'import/extra-column', column: 'หมาย' }] })
  expect(await importFiles(database, { '56_province_common.csv': Buffer.from('\ufeff' + text, 'utf16le') })).toMatchObject({ outcome: 'imported', files: [{ encoding: 'utf-16le' }] })
  const broken = Buffer.concat([Buffer.from(text), Buffer.from([0xff, 0xdb])])
  expect(await importFiles(database, { '55_province_common.csv': broken })).toMatchObject({ outcome: 'refused', problems: [{ code: 'import/encoding', line: 3 }] })
})

test('a blank cell is missing for its place and adds nothing to the nation, neither itself nor its base', async () => {
  const blank: Place = { code: second.code, cells: new Map(second.cells).set('ELDERLY_CNT', NaN) }
  const report = await importFiles(database, { '54_province_common.csv': tpmapFile('common', [first, blank]) })
  expect(report).toMatchObject({ outcome: 'imported', counts: { blankCells: 1, warnings: 1 } })
  expect(await figureOf(`TH${second.code}`, 'elderly', '2011')).toBeUndefined()
  expect(await figureOf('TH', 'elderly', '2011')).toEqual({ numerator: first.cells.get('ELDERLY_CNT'), denominator: first.cells.get('HOUSEMEMBER_CNT') })
})

test('a file is kept in raw as it came: the bytes, who and when', async () => {
  const text = tpmapFile('common', [second])
  await importFiles(database, { '53_province_common.csv': text }, { by: { name: 'somchai', person: null } })
  const { rows } = await readAs(database.app, SYSTEM, tx => sql<{ bytes: Buffer; received_by: string; name: string; received_at: Date }>`
    select f.bytes, f.received_by, f.name, f.received_at from raw.file f join raw.import_file l on l.file_id = f.id join raw.import i on i.id = l.import_id
    where i.source_id = 'tpmap-2553'`.execute(tx))
  expect(rows).toHaveLength(1)
  expect([rows[0]?.bytes.toString(), rows[0]?.received_by, rows[0]?.name]).toEqual([text, 'somchai', '53_province_common.csv'])
  expect(Date.now() - (rows[0]?.received_at as Date).getTime()).toBeLessThan(60_000)
})
