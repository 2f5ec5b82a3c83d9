import { commonOf } from '../../domain/area/rules.ts'
import { accessProblems } from '../../domain/access/problems.ts'
import type { duplicateApi } from '../../domain/duplicate/api.ts'
import { narrow } from '../db/place.ts'
import { note } from '../db/note.ts'
import type { Handlers } from '../http/handler.ts'
import { lookingOf } from '../record/read.answers.ts'
import { countPairs, getPair, listPairs, listSearches, listTwins } from './read.ts'
import { judgePair } from './write.judge.ts'
import { merge } from './write.merge.ts'
import { askSearch } from './write.search.ts'
import { split } from './write.split.ts'
import { undoMerge } from './write.undo.ts'

export const duplicateRoutes: Handlers<typeof duplicateApi> = {
  listPairs: async ({ tx, viewer, areas, query }) => {
    const looking = lookingOf(viewer, areas, query)
    await note(tx, { action: 'record.list', area: commonOf(looking.areas), target: query.dataset ?? null })
    return listPairs(tx, looking, query)
  },
  countPairs: ({ tx, viewer, areas, query }) => countPairs(tx, lookingOf(viewer, areas, query)),
  getPair: async ({ tx, viewer, areas, params }) => {
    const pair = await getPair(tx, lookingOf(viewer, areas, {}), params.pair)
    for (const side of [pair.one, pair.other]) await note(tx, { action: 'record.see', area: side.area, target: side.id })
    return pair
  },
  judgePair: ({ tx, viewer, areas, params, body }) => judgePair(tx, { viewer, areas }, params.pair, body.say),
  listTwins: async ({ tx, viewer, areas, params }) => {
    const { area, ...reply } = await listTwins(tx, lookingOf(viewer, areas, {}), params.id)
    await note(tx, { action: 'record.see', area, target: params.id })
    return reply
  },
  merge: ({ tx, viewer, areas, params, body }) => merge(tx, { viewer, areas }, params.id, body),
  undoMerge: ({ tx, viewer, areas, params }) => undoMerge(tx, { viewer, areas }, params.id, params.batch),
  split: ({ tx, viewer, areas, params, body }) => split(tx, { viewer, areas }, params.id, body),
  search: async ({ tx, viewer, areas, body }) => {
    if (narrow(areas, body.area)[0] !== body.area) throw accessProblems.notThere({})
    return { id: await askSearch(tx, body.area, viewer.person) }
  },
  listSearches: async ({ tx, areas, query }) => ({ items: await listSearches(tx, query.area ? narrow(areas, query.area) : areas) }),
}
