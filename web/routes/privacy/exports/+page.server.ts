import { needMe } from '../../../access/data.ts'
import { loadExports, readExportChoice } from '../../../privacy/data.ts'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = async event => {
  await needMe(event)
  const choice = readExportChoice(event.url.searchParams)
  return { choice, list: await loadExports(event.fetch, choice) }
}
