import { needMe } from '../../../../access/data.ts'
import { splitRecord } from '../../../../duplicate/acts.ts'
import { loadRecord } from '../../../../record/data.ts'
import { findStanding } from '../../../../review/data.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async event => {
  await needMe(event)
  const [page, { seen }] = await Promise.all([loadRecord(event.fetch, event.params.id, event.url), findStanding(event.fetch, event.params.id)])
  return { page, seen }
}

export const actions: Actions = { split: splitRecord }
