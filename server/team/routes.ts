import { accessProblems } from '../../domain/access/problems.ts'
import { commonOf } from '../../domain/area/rules.ts'
import type { teamApi } from '../../domain/team/api.ts'
import { note } from '../db/note.ts'
import type { Handlers } from '../http/handler.ts'
import { listInvites, readInvite } from './read.invite.ts'
import { findTeam, listMembers, listTeams } from './read.ts'
import { acceptInvite, endInvite, makeInvite } from './write.invite.ts'
import { changeTeam, makeTeam } from './write.ts'

/** All but the making of a link, which needs to know where the site is. */
export const teamRoutes: Handlers<Omit<typeof teamApi, 'makeInvite'>> = {
  listTeams: ({ tx, areas, query }) => listTeams(tx, areas, query),

  getTeam: async ({ tx, areas, params, query }) => {
    const team = await findTeam(tx, areas, params.id)
    if (!team) throw accessProblems.notThere({})
    await note(tx, { action: 'team.see', area: commonOf(team.areas.map(area => area.code)), target: team.id })
    return { team, ...await listMembers(tx, areas, team.id, query), invites: await listInvites(tx, areas, team.id) }
  },

  makeTeam: ({ tx, viewer, body }) => makeTeam(tx, viewer, body),
  changeTeam: ({ tx, viewer, areas, params, body }) => changeTeam(tx, viewer, areas, params.id, body),
  endInvite: ({ tx, areas, params }) => endInvite(tx, areas, params.id),
  readInvite: ({ tx, body }) => readInvite(tx, body.secret),
  acceptInvite: ({ tx, viewer, body }) => acceptInvite(tx, viewer.person, body.secret),
}

/** `baseUrl`: the public base of links. */
export function makeInviteRoutes(baseUrl: string): Handlers<Pick<typeof teamApi, 'makeInvite'>> {
  return {
    makeInvite: async ({ tx, viewer, areas, body }) => {
      const { invite, secret } = await makeInvite(tx, viewer, areas, body)
      return { invite, url: `${baseUrl}/invite/${secret}` }
    },
  }
}
