import { expect, test } from 'vitest'
import type { FormModel } from '../../domain/dataset/dataset.form.ts'
import type { RecordFault, RecordRow } from '../../domain/record/record.ts'
import { faultsOfRecord, sheetsOf, unansweredOf, type Sheet } from './sheets.ts'

const text = (th: string) => ({ th, en: th })
const question = (path: string, repeat: string | null = null, more = {}) => ({ path, name: path.split('/').at(-1), repeat, label: text(path), asked: true, type: 'text', choicesFile: null, ...more })
const PLOT = '/data/plot', CROP = '/data/plot/crop'

/** A farmer with two plots, the first with two crops. */
const model = {
  questions: [
    question('/data/name'), question('/data/phone'), question('/data/known', null, { choicesFile: 'farmer.csv' }), question('/data/read', null, { type: 'trigger' }),
    question('/data/plot/rai', PLOT), question('/data/plot/deed', PLOT), question('/data/plot/m2', PLOT, { asked: false }), question('/data/plot/crop/kind', CROP), question('/data/note'),
  ],
  repeats: [{ path: PLOT, name: 'plot', label: text('แปลง'), repeat: null }, { path: CROP, name: 'crop', label: text('พืช'), repeat: PLOT }], groups: {},
} as unknown as FormModel
const rows: RecordRow[] = [
  { repeat: PLOT, position: 2, parent: null, values: { rai: 12, m2: '19200' } }, { repeat: PLOT, position: 1, parent: null, values: { rai: 5 } },
  { repeat: CROP, position: 1, parent: 1, values: { kind: 'rice' } }, { repeat: CROP, position: 2, parent: 1, values: { kind: 'maize' } },
]
const fault = (key: string | null, repeat: string | null = null, row: number | null = null): RecordFault => ({ key, repeat, row, kind: 'constraint', say: text(`ผิดที่ ${key}`) })

const drawn = (sheets: Sheet[]): unknown => sheets.map(sheet => sheet.kind === 'lines'
  ? sheet.lines.filter(line => line.answer !== undefined).map(line => `${line.question.key}=${String(line.answer)}`)
  : { columns: sheet.columns.map(column => column.key), rows: sheet.rows.map(row => ({ at: row.position, said: row.lines.map(line => String(line.answer ?? '-')).join(), inner: drawn(row.inner) })) })

test('a record is read in the order of its form: plots in their order, each with its own crops, columns only where somebody answered', () => {
  expect(drawn(sheetsOf(model, { values: { name: 'มะขาม' }, rows, faults: [] }))).toEqual([
    ['name=มะขาม'],
    { columns: ['rai'], rows: [
      { at: 1, said: '5,-,-', inner: [{ columns: ['kind'], rows: [{ at: 1, said: 'rice', inner: [] }, { at: 2, said: 'maize', inner: [] }] }] },
      { at: 2, said: '12,-,19200', inner: [] },
    ] },
    [],
  ])
})

test('what is wrong stands beside its own answer, in its own row, and makes a column for what nobody answered', () => {
  const faults = [fault('deed', PLOT, 2), fault('phone')]
  const [person, plots] = sheetsOf(model, { values: {}, rows, faults })
  expect(person?.kind === 'lines' && person.lines.filter(line => line.faults.length > 0).map(line => line.question.key)).toEqual(['phone'])
  expect(plots?.kind === 'rows' && plots.columns.map(column => column.key)).toEqual(['rai', 'deed'])
  expect(plots?.kind === 'rows' && plots.rows.map(row => row.lines.flatMap(line => line.faults).length)).toEqual([0, 1])
})

test('the questions left out are told, but not those whose answers one may not see, nor notes, nor the choice of an old thing', () => {
  const sheets = sheetsOf(model, { values: { name: 'มะขาม' }, rows, faults: [] })
  expect(unansweredOf(sheets, []).map(line => line.question.key)).toEqual(['phone', 'note'])
  expect(unansweredOf(sheets, [{ sensitivity: 'personal', fields: ['phone'], why: text(''), ask: text('') }]).map(line => line.question.key)).toEqual(['note'])
})

test('a fault of the record as a whole, or of a question that this form does not ask, is told at its head', () => {
  expect(faultsOfRecord([fault(null), fault('rai', PLOT, 1), fault('gone')], model).map(each => each.key)).toEqual([null, 'gone'])
})
