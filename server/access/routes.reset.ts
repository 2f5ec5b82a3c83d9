import type { accessApi } from '../../domain/access/api.ts'
import { NATION } from '../../domain/area/rules.ts'
import { accessProblems } from '../../domain/access/problems.ts'
import { makeOneTimeLink } from '../auth/accounts.ts'
import type { Door } from '../auth/door.ts'
import { note, traced } from '../db/note.ts'
import { inPlaces } from '../db/scope.ts'
import type { Handlers } from '../http/handler.ts'
import { listGrantsHeld } from './read.held.ts'
import { findPerson } from './read.people.ts'
import { isBelow } from './write.ts'

/** Who sets somebody's password could act as them: it takes a giver of every role that the person holds, here and elsewhere. */
export function makeResetRoutes(door: Door): Handlers<Pick<typeof accessApi, 'makeResetLink'>> {
  return {
    makeResetLink: async ({ tx, viewer, areas, params: { id } }) => {
      const person = await findPerson(tx, areas, id)
      if (!person) throw accessProblems.notThere({})
      const area = person.grants[0]?.area ?? NATION
      const held = await inPlaces(tx, [NATION], () => listGrantsHeld(tx, id))
      if (!held.every(grant => isBelow(viewer, grant))) throw traced(accessProblems.resetBeyond({}), { action: 'grant.refuse', area, about: id, reason: 'reset-link' })
      await note(tx, { action: 'password.reset-link', area, target: id, about: id })
      const { url, expiresAt } = await makeOneTimeLink(door, id)
      return { url, expiresAt: expiresAt.toISOString() }
    },
  }
}
