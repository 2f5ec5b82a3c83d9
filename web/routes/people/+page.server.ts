import { needMe } from '../../access/data.ts'
import { loadPeople, readPeopleChoice } from '../../access/data.people.ts'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = async event => {
  await needMe(event)
  const choice = readPeopleChoice(event.url.searchParams)
  return { choice, people: await loadPeople(event.fetch, choice) }
}
