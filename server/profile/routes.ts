import type { profileApi } from '../../domain/profile/api.ts'
import type { Handlers } from '../http/handler.ts'
import { getProfile } from './read.ts'

export const profileRoutes: Handlers<typeof profileApi> = {
  getProfile: ({ tx, params, query, areas }) => getProfile(tx, params.code, query.asOf, areas),
}
