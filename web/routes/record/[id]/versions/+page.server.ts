import { needMe } from '../../../../access/data.ts'
import { loadRecord } from '../../../../record/data.ts'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = async event => {
  await needMe(event)
  const { searchParams } = event.url
  return { page: await loadRecord(event.fetch, event.params.id, event.url), from: Number(searchParams.get('from')) || 0, to: Number(searchParams.get('to')) || 0 }
}
