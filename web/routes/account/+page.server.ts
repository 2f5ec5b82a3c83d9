import { datasetApi } from '../../../domain/dataset/api.ts'
import * as acts from '../../access/acts.account.ts'
import { loadAccount } from '../../access/data.account.ts'
import { needMe } from '../../access/data.ts'
import { loadMine } from '../../audit/data.ts'
import { call } from '../../base/api.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async event => {
  const me = await needMe(event)
  const { searchParams } = event.url
  const [account, mine, datasets] = await Promise.all([loadAccount(event.fetch), loadMine(event.fetch, searchParams.get('after')), call(event.fetch, datasetApi.listDatasets)])
  return { me, account, mine, datasets: datasets.items.map(({ dataset: { id, name } }) => ({ id, name })), done: searchParams.get('done') }
}

export const actions: Actions = {
  password: acts.changePassword, startSecond: acts.startSecond, confirmSecond: acts.confirmSecond, makeCodes: acts.makeCodes, endSecond: acts.endSecond,
  linkThaid: acts.linkThaid, unlinkThaid: acts.unlinkThaid, endSession: acts.endSession, makeToken: acts.makeToken, makePhone: acts.makePhone, revokeToken: acts.revokeToken,
}
