import { needMe } from '../../../access/data.ts'
import { loadDatasetNames, loadExports, readExportChoice } from '../../../privacy/data.ts'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = async event => {
  await needMe(event)
  const choice = readExportChoice(event.url.searchParams)
  const [list, names] = await Promise.all([loadExports(event.fetch, choice), loadDatasetNames(event.fetch)])
  return { choice, list, names }
}
