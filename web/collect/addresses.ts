import type { accessApi } from '../../domain/access/api.ts'
import type { ReplyOf } from '../../domain/base/api.ts'
import type { AreaCode, DatasetId } from '../../domain/base/ids.ts'
import type { collectApi } from '../../domain/collect/api.ts'
import type { openRosaApi } from '../../domain/record/api.openrosa.ts'

/**
 * Where the phone asks. The routes' own paths, which the compiler compares: the routes themselves bring the schemas of the whole site, and
 * whoever collects on a poor line, and the service worker of every reader, would fetch them.
 */
const ME: typeof accessApi.getMe.path = '/me'
const KIT: typeof collectApi.getKit.path = '/collect/kit'
const PHONE: typeof collectApi.reportPhone.path = '/collect/phones/:phone'
const SENT: typeof collectApi.getSent.path = '/collect/sent/:instanceId'
const FORM: typeof openRosaApi.getForm.path = '/openrosa/forms/:area/:id/:version/form.xml'
const MEDIA: typeof openRosaApi.getMedia.path = '/openrosa/forms/:area/:id/:version/media/:name'
const SUBMIT: typeof openRosaApi.submit.path = '/openrosa/submission'

type OfForm = { area: AreaCode; id: DatasetId; version: string }

export const meAddress = `/api${ME}`
export const kitAddress = (have?: string): string => `/api${KIT}${have ? `?have=${encodeURIComponent(have)}` : ''}`
export const phoneAddress = (phone: string): string => fill(PHONE, { phone })
export const sentAddress = (instanceId: string, dataset: string): string => `${fill(SENT, { instanceId })}?dataset=${encodeURIComponent(dataset)}`
export const formAddress = ({ area, id, version }: OfForm): string => fill(FORM, { area, id, version })
export const mediaAddress = ({ area, id, version }: OfForm, name: string): string => fill(MEDIA, { area, id, version, name })
export const submitAddress = (phone: string): string => `/api${SUBMIT}?deviceID=${encodeURIComponent(phone)}`

const fill = (path: string, blanks: Record<string, string>): string => `/api${path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(blanks[name] ?? ''))}`

/**
 * Whether our own server said it, and not the door of a Wi-Fi, which answers for everybody with what it likes. That each field is as agreed
 * the server has checked before it answered.
 */
export function isKitReply(said: unknown): said is ReplyOf<typeof collectApi.getKit> {
  const { tag, kit } = (said ?? {}) as { tag?: unknown; kit?: Record<string, unknown> | null }
  return typeof tag === 'string' && (kit === null || (kit !== undefined && isFilled(kit['me']) && isFilled(kit['backupKey']) && LISTS.every(name => Array.isArray(kit[name]))))
}
const LISTS = ['areas', 'places', 'forms', 'outlines'], isFilled = (value: unknown) => typeof value === 'object' && value !== null

export function isPhoneReply(said: unknown): said is ReplyOf<typeof collectApi.reportPhone> {
  return typeof (said as { revoked?: unknown } | null)?.revoked === 'boolean'
}
