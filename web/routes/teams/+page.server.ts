import { needMe } from '../../access/data.ts'
import { makeTeam } from '../../team/acts.ts'
import { loadTeams } from '../../team/data.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async event => {
  await needMe(event)
  return { q: event.url.searchParams.get('q') ?? '', teams: await loadTeams(event.fetch, event.url.searchParams) }
}

export const actions: Actions = { make: makeTeam }
