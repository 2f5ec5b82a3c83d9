import type { roundApi } from '../../domain/round/api.ts'
import { narrow } from '../db/place.ts'
import type { Handlers } from '../http/handler.ts'
import { listRounds } from './read.ts'
import { changeRound, makeRound } from './write.ts'

export const roundRoutes: Handlers<typeof roundApi> = {
  listRounds: async ({ tx, areas, query }) => ({ items: await listRounds(tx, query.area ? narrow(areas, query.area) : areas, query.dataset ?? null) }),
  makeRound: ({ tx, viewer, body }) => makeRound(tx, viewer, body),
  changeRound: ({ tx, viewer, params, body }) => changeRound(tx, viewer, params.id, body),
}
