import { commonOf } from '../../domain/area/rules.ts'
import type { seenApi } from '../../domain/record/api.seen.ts'
import { note } from '../db/note.ts'
import type { Handlers } from '../http/handler.ts'
import { lookingOf } from './read.answers.ts'
import { listPictures, mapSide } from './read.gallery.ts'
import { listNear } from './read.near.ts'
import { getOpenSide } from './read.open.ts'
import { getFound } from './read.ts'

export const seenRoutes: Handlers<typeof seenApi> = {
  listNear: async ({ tx, viewer, areas, params, query }) => {
    const { entry, area, id } = await getFound(tx, viewer, areas, params.id, query.purpose ?? null), looking = lookingOf(viewer, areas, query)
    await note(tx, { action: 'record.list', area, target: `near ${id}`, reason: looking.purpose })
    return entry.point ? listNear(tx, looking, { id, point: entry.point }, query.metres) : { items: [], more: 0 }
  },

  listPictures: async ({ tx, viewer, areas, query }) => {
    const looking = lookingOf(viewer, areas, query)
    await note(tx, { action: 'record.list', area: commonOf(looking.areas), target: query.dataset ?? query.side ?? null, reason: looking.purpose })
    return listPictures(tx, looking, query)
  },

  mapSide: async ({ tx, viewer, areas, params, query }) => {
    const looking = lookingOf(viewer, areas, query)
    await note(tx, { action: 'record.list', area: commonOf(looking.areas), target: params.side, reason: looking.purpose })
    return mapSide(tx, looking, params)
  },

  getOpenSide: ({ tx, params, query }) => getOpenSide(tx, params.side, query.area),
}
