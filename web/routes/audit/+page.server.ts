import { needMe } from '../../access/data.ts'
import { loadAudit, readAuditChoice } from '../../audit/data.ts'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = async event => {
  await needMe(event)
  const choice = readAuditChoice(event.url.searchParams)
  return { choice, audit: await loadAudit(event.fetch, choice) }
}
