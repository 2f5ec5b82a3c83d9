import type { FastifyRequest } from 'fastify'
import type { Route } from '../../domain/base/api.ts'
import type { AreaCode } from '../../domain/base/ids.ts'
import type { Right } from '../../domain/base/right.ts'
import type { Viewer } from '../../domain/access/access.ts'
import { placesOf } from '../../domain/access/can.ts'
import { outermost } from '../../domain/area/rules.ts'
import { accessProblems } from '../../domain/access/problems.ts'
import { whoGives } from '../../domain/access/rules.ts'
import { STRANGER, type Scope } from '../db/scope.ts'

/** Who asks: null without sign-in; a sign-in that does not hold any more is a problem. */
export type FindViewer = (request: FastifyRequest) => Promise<Viewer | null>

/** Who calls a route, and in which places. */
export type Caller = { viewer: Viewer | null; areas: readonly AreaCode[]; scope: Scope }

/** Refuses whom the route is not for. Routes for everyone do not ask who calls. */
export async function admit(route: Route, request: FastifyRequest, findViewer: FindViewer): Promise<Caller> {
  if (!route.who && !route.widens) return { viewer: null, areas: [], scope: STRANGER }
  const viewer = await findViewer(request)
  if (!viewer) {
    if (route.who) throw accessProblems.signIn({})
    return { viewer, areas: [], scope: STRANGER }
  }
  const areas = placesFor(viewer, route)
  return { viewer, areas, scope: scopeOf(viewer, areas) }
}

function placesFor(viewer: Viewer, { who, also, widens }: Route): AreaCode[] {
  if (who === 'signed-in') return []
  const right = (who ?? widens) as Right
  const areas = also ? outermost([...placesOf(viewer, right), ...placesOf(viewer, also)]) : placesOf(viewer, right)
  if (who && areas.length === 0) throw accessProblems.noRight({ right, ask: whoGives(right) })
  return areas
}

export function scopeOf(viewer: Viewer, areas: readonly AreaCode[]): Scope {
  return { person: viewer.person.id, kind: viewer.via === 'session' ? 'person' : viewer.via, areas }
}
