import type { tableApi } from '../../domain/table/api.ts'
import { placesToImport } from '../../domain/table/can.ts'
import { tableProblems } from '../../domain/table/problems.ts'
import type { TableImportId } from '../../domain/table/table.ts'
import type { Spool } from '../base/spool.ts'
import type { Writer } from '../db/db.ts'
import { note } from '../db/note.ts'
import type { Handlers } from '../http/handler.ts'
import { getKept, listKept } from './read.ts'
import { getOfferedSubject, unitOf } from './read.subject.ts'
import { faultyCsv, faultyName } from './write.faulty.ts'
import { askToRead, askToUndo, byFor, reachOf, setTable, showTable, type By } from './write.ts'

export type TableParts = { spool: Spool; /** A job was asked for. */ wake: () => void }

/** All but the giving of a file, which comes in a stream (routes.give.ts). */
export function makeTableRoutes(parts: TableParts): Handlers<Omit<typeof tableApi, 'giveTable'>> {
  return { ...makeReadRoutes(parts), ...makeWorkRoutes(parts) }
}

function makeReadRoutes({ spool }: TableParts): Handlers<Pick<typeof tableApi, 'listTables' | 'listTableFields' | 'getTable' | 'getFaultyRows'>> {
  return {
    listTables: ({ tx, viewer, query }) => listKept(tx, reachOf(viewer), query),
    getTable: async ({ tx, viewer, areas, params }) => showTable(tx, spool, await byFor(tx, { viewer, areas }, params.id), params.id),

    listTableFields: async ({ tx, viewer, params }) => {
      const places = placesToImport(viewer, await unitOf(tx, params.id, 'record'))
      if (places.length === 0) throw tableProblems.noRight({})
      const { version, fields } = await getOfferedSubject(tx, params.id, places)
      return { version, fields }
    },

    getFaultyRows: async ({ tx, viewer, areas, params, lang }) => {
      const kept = await getKept(tx, (await byFor(tx, { viewer, areas }, params.id)).areas, params.id)
      if (kept.person !== viewer.person.id || await spool.size(faultyName(kept.id)) === null) throw tableProblems.noFaulty({})
      await note(tx, { action: 'table.faulty', area: kept.area, target: `${kept.dataset} ${kept.id}` })
      return { name: `${kept.file.replace(/\.[^.]*$/, '')}-faulty.csv`, body: () => faultyCsv(spool, kept.id, kept.columns.map(({ name }) => name), lang) }
    },
  }
}

function makeWorkRoutes({ spool, wake }: TableParts): Handlers<Pick<typeof tableApi, 'setTable' | 'tryTable' | 'importTable' | 'undoTable'>> {
  // woken once the transaction has surely ended; a loop looks anyway
  const soon = () => setTimeout(wake, WAKES_AFTER_MS).unref()
  const worked = async ({ tx, viewer, areas, params: { id } }: By & { tx: Writer; params: { id: TableImportId } }, ask: (by: By) => Promise<void>) => {
    const by = await byFor(tx, { viewer, areas }, id)
    await ask(by)
    return showTable(tx, spool, by, id)
  }
  return {
    setTable: call => worked(call, by => setTable(call.tx, spool, by, call.params.id, call.body)),
    tryTable: call => worked(call, async by => { await askToRead(call.tx, spool, by, call.params.id, 'try'); soon() }),
    importTable: call => worked(call, async by => { await askToRead(call.tx, spool, by, call.params.id, 'import', call.body); soon() }),
    undoTable: call => worked(call, async by => { await askToUndo(call.tx, by, call.params.id); soon() }),
  }
}

const WAKES_AFTER_MS = 30
