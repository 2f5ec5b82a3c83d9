import type { accessApi } from '../../domain/access/api.ts'
import { accessProblems } from '../../domain/access/problems.ts'
import { areaProblems } from '../../domain/area/problems.ts'
import { commonOf } from '../../domain/area/rules.ts'
import { findArea } from '../area/read.ts'
import { note } from '../db/note.ts'
import { narrow } from '../db/place.ts'
import type { Handlers } from '../http/handler.ts'
import { explain } from './read.explain.ts'
import { findPerson, listPeople } from './read.people.ts'
import { listTokens } from './read.tokens.ts'
import { getMe } from './read.ts'
import { collectSettings, makeToken, revokeToken } from './write.token.ts'
import { endGrant, giveGrants } from './write.ts'

/** All but the link for a new password, which needs the door (routes.reset.ts), and the key of a telephone, which needs the site's address. */
export const accessRoutes: Handlers<Omit<typeof accessApi, 'makeResetLink' | 'makeCollectorKey'>> = {
  getMe: ({ tx, viewer }) => getMe(tx, viewer),

  explain: async ({ tx, viewer, query }) => {
    if (!await findArea(tx, query.area)) throw areaProblems.notFound({ code: query.area })
    return explain(tx, viewer, query.area, query.right)
  },

  listPeople: async ({ tx, areas, query }) => {
    await note(tx, { action: 'person.list', area: commonOf(query.area ? narrow(areas, query.area) : areas), reason: query.q ? 'search' : null })
    return listPeople(tx, areas, query)
  },

  getPerson: async ({ tx, areas, params }) => {
    const person = await findPerson(tx, areas, params.id)
    if (!person) throw accessProblems.notThere({})
    await note(tx, { action: 'person.see', area: commonOf(person.grants.map(grant => grant.area)), target: person.id, about: person.id })
    return person
  },

  giveGrants: async ({ tx, viewer, body }) => ({ grants: await giveGrants(tx, viewer, body) }),
  endGrant: ({ tx, viewer, areas, params }) => endGrant(tx, viewer, areas, params.id),
  listTokens: async ({ tx, viewer }) => ({ items: await listTokens(tx, viewer.person.id) }),
  makeToken: ({ tx, viewer, body }) => makeToken(tx, viewer, { ...body, kind: 'program', datasets: null }),
  revokeToken: ({ tx, viewer, params }) => revokeToken(tx, viewer, params.id),
}

/** `baseUrl`: where the site is, for the telephone. */
export function makeKeyRoutes(baseUrl: string): Handlers<Pick<typeof accessApi, 'makeCollectorKey'>> {
  return {
    makeCollectorKey: async ({ tx, viewer, body }) => {
      const { token, secret } = await makeToken(tx, viewer, { ...body, kind: 'collector' })
      const url = `${baseUrl}/api/key/${secret}`
      return { token, url, settings: collectSettings(url, body.name) }
    },
  }
}
