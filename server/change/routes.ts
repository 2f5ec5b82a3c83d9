import type { Viewer } from '../../domain/access/access.ts'
import { NATION } from '../../domain/area/rules.ts'
import type { AreaCode } from '../../domain/base/ids.ts'
import type { changeApi } from '../../domain/change/api.ts'
import { changeProblems } from '../../domain/change/problems.ts'
import { codesOf, placesOf } from '../../domain/change/rules.ts'
import { narrow } from '../db/place.ts'
import { inPlaces } from '../db/scope.ts'
import type { Handlers } from '../http/handler.ts'
import { listHindrances } from './read.hindrance.ts'
import { findPlaceChange, listFollowed, listMoves, listPlaceChanges } from './read.ts'
import { undoChange } from './write.undo.ts'
import { changePlace, previewChange, type Changer } from './write.ts'

export const changeRoutes: Handlers<typeof changeApi> = {
  listPlaceChanges: async ({ tx, areas, query }) => ({ items: await listPlaceChanges(tx, query.area ? narrow(areas, query.area) : areas) }),
  async getPlaceChange({ tx, areas, params }) {
    const found = await findPlaceChange(tx, areas, params.id)
    if (!found) throw changeProblems.notFound({})
    const { area, id, plan } = found
    return {
      ...found, rows: await listFollowed(tx, found, [...placesOf(plan), ...codesOf(plan)]), moves: await listMoves(tx, found),
      hindrances: found.undone ? [] : await inPlaces(tx, [NATION], () => listHindrances(tx, { area, id, olds: placesOf(plan), news: codesOf(plan) })),
    }
  },
  previewPlaceChange: ({ tx, viewer, areas, body }) => previewChange(tx, changerOf(viewer, areas), body.plan),
  changePlace: ({ tx, viewer, areas, body }) => changePlace(tx, changerOf(viewer, areas), body.plan, body.seen),
  undoPlaceChange: ({ tx, viewer, areas, params }) => undoChange(tx, changerOf(viewer, areas), params.id),
}

const changerOf = ({ person }: Viewer, areas: readonly AreaCode[]): Changer => ({ areas, by: { name: person.name, person: person.id } })
