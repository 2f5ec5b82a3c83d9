import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { keysOf } from '../../domain/dataset/rules.ts'
import type { TableRow } from '../../domain/table/table.ts'
import { convertForm } from '../../engine/form/convert.ts'
import { makeCheck } from '../../engine/form/check.ts'
import { readWorkbook } from '../../engine/form/read-workbook.ts'
import { readXForm } from '../../engine/form/read-xform.ts'
import { sourceOf } from '../../engine/table/source.ts'
import { openTable } from '../../engine/table/open.ts'
import { readTable } from '../../engine/table/read-table.ts'
import { makeCellReader } from '../../engine/table/cell.ts'
import { suggestMapping } from '../../engine/table/suggest.ts'
import { fieldsOf, questionsFor } from '../../server/table/read.form.ts'
import { exampleColumns, exampleCsv, exampleXlsx, type ExamplePlace } from './example.ts'

const SHIPPED = new URL('../../seed/dataset/', import.meta.url), TODAY = '2026-11-26'
const PLACE: ExamplePlace = { code: 'TH58070302', names: ['แม่ฮ่องสอน', 'ปางมะผ้า', 'ถ้ำลอด', 'บ้านถ้ำ'] }
const PLACES = ['province', 'district', 'tambon', 'village']

async function modelOf(id: string) {
  const { xform } = convertForm(await readWorkbook('form.md', readFileSync(new URL(`${id}/form.md`, SHIPPED))), { name: id })
  return readXForm(xform as string)
}

test.each(readdirSync(SHIPPED))('the example of %s is read as it is: each column goes to its own field, and the invented row keeps every rule of its form', async id => {
  const model = await modelOf(id), fields = fieldsOf(questionsFor(model)), columns = exampleColumns(model, fields, PLACE, TODAY, 'th')
  for (const [name, bytes] of [['a.csv', new TextEncoder().encode(exampleCsv(columns))], ['a.xlsx', await exampleXlsx(columns)]] as const) {
    const opened = await openTable(sourceOf(name, bytes))
    if ('fault' in opened) throw new Error(`${name} ${opened.fault.say.en}`)
    const { shape, columns: found } = opened.table, { mapping } = suggestMapping(found, questionsFor(model))
    const goes = mapping.columns.map(({ column, target, field }) => `${found[column]!.name} → ${field ?? target}`)
    const own = columns.flatMap(({ name, field }) => field && field.type !== 'point' ? [`${name} → ${field.key}`] : [])
    expect(goes).toEqual(expect.arrayContaining(own))
    expect(mapping.columns.map(({ target }) => target)).toEqual(expect.arrayContaining(fields.some(({ role }) => role === 'place') ? PLACES : []))

    const rows: TableRow[] = [], values: Record<string, never> = {}
    for await (const batch of readTable(sourceOf(name, bytes), shape)) rows.push(...batch.rows)
    expect(rows.length).toBe(1)
    for (const question of questionsFor(model)) {
      const at = mapping.columns.find(({ field }) => field === question.key), result = at && makeCellReader(question, at.reading)(rows[0]!.cells[at.column] ?? null)
      if (result && 'fault' in result) throw new Error(`${question.key}: ${result.fault.say.en}`)
      Object.assign(values, { [question.path]: question.role === 'place' ? PLACE.code : result?.value ?? null })
    }
    const all = { ...Object.fromEntries(keysOf(model)[0]!.questions.map(({ path }) => [path, null])), ...values }
    const wrong = makeCheck(model)({ formId: model.formId, version: model.version, instanceId: null, deprecatedId: null, instanceName: null, start: null, end: null, deviceId: null, values: all, rows: [], unfit: [], unknown: [], files: [], entity: null }, { today: TODAY, now: `${TODAY}T08:00:00.000+07:00` })
    // a survey is of a household that is there already, which a cell cannot choose
    expect(wrong.filter(({ kind }) => kind !== 'calculation').map(({ path, kind }) => `${path} ${kind}`)).toEqual(id === 'bmn-2560' ? ['/data/start/household required'] : [])
  }
})
