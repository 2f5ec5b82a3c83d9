import { commonOf } from '../../domain/area/rules.ts'
import type { checkApi } from '../../domain/check/api.ts'
import { getWorkshop } from '../dataset/read.draft.ts'
import { note } from '../db/note.ts'
import type { Handlers } from '../http/handler.ts'
import { lookingOf } from '../record/read.answers.ts'
import { listQuality } from './read.quality.ts'
import { tryCheck } from './read.trial.ts'
import { countChecks, listChecks, listFlags } from './read.ts'
import { publishChecks, setAside } from './write.ts'

export const checkRoutes: Handlers<typeof checkApi> = {
  listChecks: ({ tx, params, query }) => listChecks(tx, params.id, query.area ?? null),
  countChecks: ({ tx, viewer, areas, params, query }) => {
    const looking = lookingOf(viewer, areas, query)
    return countChecks(tx, params.id, looking, query.area ?? commonOf(looking.areas))
  },
  tryCheck: async ({ tx, viewer, params, body }) => {
    const { dataset: { unit } } = await getWorkshop(tx, viewer, params.id, body.area)
    return tryCheck(tx, viewer, { id: params.id, unit, ...body })
  },
  publishChecks: async ({ tx, viewer, params, body }) => {
    await getWorkshop(tx, viewer, params.id, body.area)
    return publishChecks(tx, viewer, params.id, body)
  },
  listFlags: async ({ tx, viewer, areas, params }) => {
    const { area, ...reply } = await listFlags(tx, viewer, areas, params.id)
    await note(tx, { action: 'record.see', area, target: params.id })
    return reply
  },
  setAside: ({ tx, viewer, areas, params, body }) => setAside(tx, viewer, areas, params.id, body),
  listQuality: async ({ tx, query }) => ({ items: await listQuality(tx, query.area, query.dataset ?? null) }),
}
