import { PersonId, type DatasetId, type RecordId } from '../../domain/base/ids.ts'
import { rowFault } from '../../domain/table/problems.row.ts'
import type { TableFault, TableRow } from '../../domain/table/table.ts'
import type { FieldQuestion } from '../../engine/table/suggest.ts'
import { readAs, SYSTEM, type Scope } from '../db/scope.ts'
import { makeRowReader, type ReadRow } from './read.cells.ts'
import { getForm, questionsFor } from './read.form.ts'
import { getPlaces, type Places } from './read.places.ts'
import type { KeptTable, TableJob } from './read.ts'
import { makeNextId, type Told, type Way, type WorkParts } from './write.read.ts'
import { makeAnswers, makerFor, type Made, type Making } from './write.records.ts'
import { keepMade } from './write.rows.ts'

/** Somebody at the server's own command line. */
const NOBODY = PersonId.parse('00000000-0000-0000-0000-000000000000')

/** The way of a table of records: judged as submissions are, kept as they come by. */
export async function recordWay(parts: WorkParts, kept: KeptTable, job: TableJob, areas: Scope['areas']): Promise<Way> {
  const { making, places, read, say } = await prepare(parts, kept, job, areas), seen = new Set<RecordId>()
  const toldOf = (made: Made): Told & Made => ({ ...made, faults: made.faults.map(say), row: made.read.row, area: made.standing?.area ?? null, unresolved: made.read.unresolved })
  return {
    places, needsAll: false, open: async () => {},
    take: rows => {
      const reads = rows.map(row => onlyOnce(read(row), seen))
      return async tx => {
        const make = await makerFor(tx, making, reads)
        return at => toldOf(make(reads[at] as ReadRow))
      }
    },
    keep: made => keepMade({ id: kept.id, personName: job.by.name }, made as (Told & Made)[]),
    close: async () => {},
  }
}

function onlyOnce(read: ReadRow, seen: Set<RecordId>): ReadRow {
  if (read.target === null) return read
  if (seen.has(read.target)) return { ...read, target: null, place: null, faults: [...read.faults, rowFault('idTwice', {}, { line: read.row.line, value: read.target })] }
  seen.add(read.target)
  return read
}

async function prepare({ app, seal }: WorkParts, kept: KeptTable, { how, by }: Pick<TableJob, 'how' | 'by'>, areas: Scope['areas']): Promise<{ making: Making; places: Places; read: (row: TableRow) => ReadRow; say: (fault: TableFault) => TableFault }> {
  const { dataset, form, places } = await readAs(app, SYSTEM, async tx => ({ ...await getForm(tx, { ...kept, dataset: kept.dataset as DatasetId }), places: await getPlaces(tx) }))
  const at = new Date(), names = kept.columns.map(({ name }) => name), { model } = form, questions = new Map(questionsFor(model).map(question => [question.key, question]))
  const columnOf = new Map(kept.mapping.columns.flatMap(({ column, field }): [string, { name: string; index: number; isShown: boolean }][] =>
    field === null ? [] : [[field, { name: names[column] ?? '', index: column, isShown: questions.get(field)?.sensitivity === 'open' && questions.get(field)?.role !== 'national-id' }]]))
  return {
    places, say: makeSay(columnOf, questions), read: makeRowReader({ model, mapping: kept.mapping, names, places, areas, formArea: form.area }),
    making: { dataset, form, publishedAt: new Date(form.publishedAt), areas, seal, at, fill: makeAnswers(form, at), person: by.person ?? NOBODY, keepFaulty: how.keepFaulty, columnOf, nextId: makeNextId() },
  }
}

/** A form asks whoever fills it in to answer before going on; a table is told what its file does not have. */
function makeSay(columnOf: Making['columnOf'], questions: ReadonlyMap<string, FieldQuestion>): (fault: TableFault) => TableFault {
  const blank = rowFault('blank', {}).say, said = new Map([...questions].map(([key, { label }]) => [columnOf.get(key)?.name ?? key, columnOf.has(key) ? blank : rowFault('notGiven', { field: label }).say]))
  return fault => fault.code === 'record/required' ? { ...fault, say: said.get(fault.column ?? '') ?? fault.say } : fault
}
