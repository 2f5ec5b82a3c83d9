import type { profileApi } from '../../domain/profile/api.ts'
import type { Handlers } from '../http/handler.ts'
import { profileFile } from './read.csv.ts'
import { getProfile } from './read.ts'

export const profileRoutes: Handlers<typeof profileApi> = {
  downloadProfile: ({ tx, params, query, areas }) => profileFile(tx, params.code, query.part, query.asOf, query.lang, areas),
  getProfile: ({ tx, params, query, areas }) => getProfile(tx, params.code, query.asOf, areas),
}
