import type { tableApi } from '../../domain/table/api.ts'
import { placesToImport } from '../../domain/table/can.ts'
import { tableProblems } from '../../domain/table/problems.ts'
import type { Spool } from '../base/spool.ts'
import { note } from '../db/note.ts'
import type { Handlers } from '../http/handler.ts'
import { fieldsOf, getOffered } from './read.form.ts'
import { getKept, listKept } from './read.ts'
import { faultyCsv, faultyName } from './write.faulty.ts'
import { askToRead, askToUndo, setTable, showTable } from './write.ts'

export type TableParts = { spool: Spool; /** A job was asked for. */ wake: () => void }

/** All but the giving of a file, which comes in a stream (routes.give.ts). */
export function makeTableRoutes(parts: TableParts): Handlers<Omit<typeof tableApi, 'giveTable'>> {
  return { ...makeReadRoutes(parts), ...makeWorkRoutes(parts) }
}

function makeReadRoutes({ spool }: TableParts): Handlers<Pick<typeof tableApi, 'listTables' | 'listTableFields' | 'getTable' | 'getFaultyRows'>> {
  return {
    listTables: ({ tx, areas, query }) => listKept(tx, areas, query),
    getTable: ({ tx, viewer, areas, params }) => showTable(tx, spool, { viewer, areas }, params.id),

    listTableFields: async ({ tx, viewer, areas, params }) => {
      const { dataset, form } = await getOffered(tx, params.id, areas)
      if (placesToImport(viewer, dataset.unit).length === 0) throw tableProblems.noRight({})
      return { version: form.version, fields: fieldsOf(form.model) }
    },

    getFaultyRows: async ({ tx, viewer, areas, params, lang }) => {
      const kept = await getKept(tx, areas, params.id)
      if (kept.person !== viewer.person.id || await spool.size(faultyName(kept.id)) === null) throw tableProblems.noFaulty({})
      await note(tx, { action: 'table.faulty', area: kept.area, target: `${kept.dataset} ${kept.id}` })
      return { name: `${kept.file.replace(/\.[^.]*$/, '')}-faulty.csv`, body: () => faultyCsv(spool, kept.id, kept.columns.map(({ name }) => name), lang) }
    },
  }
}

function makeWorkRoutes({ spool, wake }: TableParts): Handlers<Pick<typeof tableApi, 'setTable' | 'tryTable' | 'importTable' | 'undoTable'>> {
  // woken once the transaction has surely ended; a loop looks anyway
  const soon = () => setTimeout(wake, WAKES_AFTER_MS).unref()
  return {
    setTable: async ({ tx, viewer, areas, params, body }) => { await setTable(tx, spool, { viewer, areas }, params.id, body); return showTable(tx, spool, { viewer, areas }, params.id) },
    tryTable: async ({ tx, viewer, areas, params }) => { await askToRead(tx, spool, { viewer, areas }, params.id, 'try'); soon(); return showTable(tx, spool, { viewer, areas }, params.id) },
    importTable: async ({ tx, viewer, areas, params, body }) => { await askToRead(tx, spool, { viewer, areas }, params.id, 'import', body); soon(); return showTable(tx, spool, { viewer, areas }, params.id) },
    undoTable: async ({ tx, viewer, areas, params }) => { await askToUndo(tx, { viewer, areas }, params.id); soon(); return showTable(tx, spool, { viewer, areas }, params.id) },
  }
}

const WAKES_AFTER_MS = 30
