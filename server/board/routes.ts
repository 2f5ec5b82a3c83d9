import { commonOf } from '../../domain/area/rules.ts'
import type { boardApi } from '../../domain/board/api.ts'
import { placesOfCollectors } from '../../domain/board/can.ts'
import { placesOf } from '../../domain/access/can.ts'
import type { Viewer } from '../../domain/access/access.ts'
import type { AreaCode } from '../../domain/base/ids.ts'
import { note } from '../db/note.ts'
import { narrow } from '../db/place.ts'
import { noteExport } from '../db/register.ts'
import type { Witness } from '../db/scope.ts'
import type { Handlers } from '../http/handler.ts'
import { fileOf } from './read.file.ts'
import { getBoard } from './read.ts'
import { lockRound, openRound } from './write.lock.ts'
import { setTargets } from './write.ts'

type People = Parameters<typeof getBoard>[3]

export const boardRoutes: Handlers<typeof boardApi> = {
  getBoard: ({ tx, viewer, areas, query }) => getBoard(tx, viewer, areas, withoutPeople(query), new Date()),
  getCollectors: ({ tx, viewer, query }) => getCollectors(tx, viewer, query),
  exportBoard: async ({ tx, viewer, areas, params, query, lang }) => fileOf(await getBoard(tx, viewer, areas, withoutPeople(query), new Date()), params.as, lang),
  exportCollectors: async ({ tx, viewer, params, query, lang }) => {
    const areas = lookedAt(viewer, query), board = await getBoard(tx, viewer, placesOfPeople(viewer), { ...query, by: 'person' }, new Date())
    await noteExport(tx, {
      what: 'people', action: 'person.list', areas, format: params.as, datasets: query.dataset ? [query.dataset] : [], filter: query, sensitivities: ['personal'], held: [{ area: commonOf(areas), records: board.rows.length }], purpose: null,
    })
    return fileOf(board, params.as, lang)
  },
  setTargets: ({ tx, viewer, body }) => setTargets(tx, viewer, body),
  lockRound: ({ tx, viewer, areas, params, body }) => lockRound(tx, { viewer, areas }, params.id, body),
  openRound: ({ tx, viewer, areas, params, body }) => openRound(tx, { viewer, areas }, params.id, body),
}

/** People are asked for by the route that leaves its line. */
const withoutPeople = <Q extends People>(query: Q): Q => query.by === 'person' ? { ...query, by: undefined } : query

const placesOfPeople = (viewer: Viewer): AreaCode[] => placesOfCollectors(viewer, placesOf(viewer, 'see-records'))
const lookedAt = (viewer: Viewer, { area }: People): AreaCode[] => area ? narrow(placesOfPeople(viewer), area) : placesOfPeople(viewer)

async function getCollectors(tx: Witness, viewer: Viewer, query: People) {
  await note(tx, { action: 'person.list', area: commonOf(lookedAt(viewer, query)), target: query.dataset ?? null })
  return getBoard(tx, viewer, placesOfPeople(viewer), { ...query, by: 'person' }, new Date())
}
