import { needMe } from '../../../access/data.ts'
import { makeDataset } from '../../../dataset/acts.form.new.ts'
import { loadNewDataset } from '../../../dataset/data.form.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async event => ({ page: await loadNewDataset(event.fetch, await needMe(event), event.url.searchParams.get('area')) })

export const actions: Actions = { default: makeDataset }
