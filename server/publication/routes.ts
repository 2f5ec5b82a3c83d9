import type { Viewer } from '../../domain/access/access.ts'
import { accessProblems } from '../../domain/access/problems.ts'
import type { importApi } from '../../domain/import/api.ts'
import { tryOut } from '../db/db.ts'
import type { Handlers } from '../http/handler.ts'
import { findImport, listImports } from '../import/read.list.ts'
import type { By } from '../import/write.ts'
import { importTpmap } from './write.tpmap.ts'
import { undoImport } from './write.undo.ts'

/** Imports are answered from here, because what is read of a file is published in the same act. */
export const importRoutes: Handlers<typeof importApi> = {
  previewImport: ({ tx, files, areas, query, viewer }) => tryOut(tx, () => importTpmap(tx, files, { ...termsOf(query), areas, by: byOf(viewer) })),
  makeImport: ({ tx, files, areas, query, viewer }) => importTpmap(tx, files, { ...termsOf(query), areas, by: byOf(viewer) }),
  listImports: ({ tx, areas, query }) => listImports(tx, areas, query),
  getImport: async ({ tx, areas, params }) => {
    const kept = await findImport(tx, areas, params.id)
    if (!kept) throw accessProblems.notThere({})
    return kept
  },
  undoImport: async ({ tx, areas, params, viewer }) => ({ id: params.id, figures: await undoImport(tx, params.id, areas, byOf(viewer)) }),
}

function termsOf({ year, keepGood }: { year?: string | undefined; keepGood: 'yes' | 'no' }) {
  return { year: year === '' ? undefined : year, keepGood: keepGood === 'yes' }
}

export function byOf({ person }: Viewer): By {
  return { name: person.name, person: person.id }
}
