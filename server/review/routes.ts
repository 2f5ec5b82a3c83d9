import type { ladderApi } from '../../domain/review/api.ladder.ts'
import type { reviewApi } from '../../domain/review/api.ts'
import type { Handlers } from '../http/handler.ts'
import { lookingOf } from '../record/read.answers.ts'
import { previewLadder } from './read.ladder.ts'
import { countReview, getStanding } from './read.ts'
import { settleHeld } from './write.held.ts'
import { setLadder } from './write.ladder.ts'
import { act, undo } from './write.ts'

export const reviewRoutes: Handlers<typeof reviewApi> = {
  act: ({ tx, viewer, areas, params, body }) => act(tx, { viewer, areas, dataset: params.id }, body),
  undo: ({ tx, viewer, areas, params }) => undo(tx, { viewer, areas, dataset: params.id }, params.batch),
  settleHeld: ({ tx, viewer, areas, params, body }) => settleHeld(tx, viewer, areas, params.id, body),
  countReview: ({ tx, viewer, areas, query }) => countReview(tx, lookingOf(viewer, areas, query)),
  getStanding: ({ tx, viewer, areas, params }) => getStanding(tx, viewer, areas, params.id),
}

export const ladderRoutes: Handlers<typeof ladderApi> = {
  previewLadder: ({ tx, viewer, areas, params, query }) => previewLadder(tx, viewer, areas, params.id, query),
  setLadder: ({ tx, viewer, params, body }) => setLadder(tx, viewer, params.id, body.ladder),
}
