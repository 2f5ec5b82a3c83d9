import type { accessApi } from '../../domain/access/api.ts'
import type { collectApi } from '../../domain/collect/api.ts'
import type { openRosaApi } from '../../domain/record/api.openrosa.ts'

/**
 * Where sending asks. The routes' own paths, which the compiler compares: the routes themselves bring the schemas of the whole site, and
 * the service worker, which every reader fetches, sends too.
 */
const ME: typeof accessApi.getMe.path = '/me'
const SENT: typeof collectApi.getSent.path = '/collect/sent/:instanceId'
const SUBMIT: typeof openRosaApi.submit.path = '/openrosa/submission'

export const meAddress = `/api${ME}`
export const sentAddress = (instanceId: string, dataset: string): string => `/api${SENT.replace(':instanceId', encodeURIComponent(instanceId))}?dataset=${encodeURIComponent(dataset)}`
export const submitAddress = (phone: string): string => `/api${SUBMIT}?deviceID=${encodeURIComponent(phone)}`
