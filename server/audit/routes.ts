import { auditApi } from '../../domain/audit/api.ts'
import { commonOf } from '../../domain/area/rules.ts'
import { note } from '../db/note.ts'
import { narrow } from '../db/place.ts'
import type { Handlers } from '../http/handler.ts'
import { listLines, listOwnLines } from './read.ts'

export const auditRoutes: Handlers<typeof auditApi> = {
  /** Who reads the audit stands in the audit. What was asked for is named only where something was found: a foreign id leaves no trace of itself here. */
  listAudit: async ({ tx, areas, query: { area, person, target, action, ...slice } }) => {
    const places = area ? narrow(areas, area) : areas
    const page = await listLines(tx, places, { person, target, action }, slice)
    const isFound = page.items.length > 0
    await note(tx, { action: 'audit.read', area: commonOf(places.length > 0 ? places : areas), about: isFound ? person ?? null : null, target: isFound ? target ?? null : null })
    return page
  },
  listMine: ({ tx, viewer, query }) => listOwnLines(tx, viewer.person.id, query),
}
