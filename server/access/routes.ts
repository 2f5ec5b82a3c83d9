import type { accessApi } from '../../domain/access/api.ts'
import type { Handlers } from '../http/handler.ts'
import { getMe } from './read.ts'

export const accessRoutes: Handlers<Pick<typeof accessApi, 'getMe'>> = {
  getMe: ({ tx, viewer }) => getMe(tx, viewer),
}
