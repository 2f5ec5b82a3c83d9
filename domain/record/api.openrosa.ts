import { z } from 'zod'
import type { Api, Route } from '../base/api.ts'
import { AreaCode, DatasetId } from '../base/ids.ts'
import type { Text } from '../base/text.ts'

/**
 * The OpenRosa API, for ODK Collect, KoboCollect and our own collector. It stands twice: behind a key in the address, as a QR brings it to
 * a telephone, and behind user name and password (Basic, over https). What a telephone is told is XML, and so are its problems.
 */
const Key = z.object({ key: z.string().min(20).max(200) })
const Form = z.object({ area: AreaCode, id: DatasetId, version: z.string().max(60) })
const Media = Form.extend({ name: z.string().max(255) })
/** The telephone says which one it is; nothing depends on it. */
const Device = z.object({ deviceID: z.string().max(300).optional() })

const XML = { file: 'text/xml' } as const
const say = (th: string, en: string): Text => ({ th: `OpenRosa: ${th}`, en: `OpenRosa: ${en}` })

export const openRosaApi = {
  listFormsByKey: of('GET', '/key/:key/formList', XML, say('รายการแบบฟอร์ม', 'the list of forms'), Key, Device),
  getFormByKey: of('GET', '/key/:key/forms/:area/:id/:version/form.xml', XML, say('แบบฟอร์ม', 'a form'), Key.extend(Form.shape), Device),
  listMediaByKey: of('GET', '/key/:key/forms/:area/:id/:version/manifest', XML, say('ไฟล์ของแบบฟอร์ม', 'the files of a form'), Key.extend(Form.shape), Device),
  getMediaByKey: of('GET', '/key/:key/forms/:area/:id/:version/media/:name', { file: 'application/octet-stream' }, say('ไฟล์หนึ่งของแบบฟอร์ม', 'a file of a form'), Key.extend(Media.shape), Device),
  checkThingsByKey: of('GET', '/key/:key/things/:id', XML, say('ของรายการเดิมที่ยังอยู่', 'which things are still there'), Key.extend({ id: DatasetId }), z.object({ id: z.string().max(20_000) })),
  submitByKey: of('POST', '/key/:key/submission', XML, say('ส่งแบบฟอร์มที่กรอกแล้ว', 'send a filled-in form'), Key, Device),
  listForms: of('GET', '/openrosa/formList', XML, say('รายการแบบฟอร์ม', 'the list of forms'), z.object({}), Device),
  getForm: of('GET', '/openrosa/forms/:area/:id/:version/form.xml', XML, say('แบบฟอร์ม', 'a form'), Form, Device),
  listMedia: of('GET', '/openrosa/forms/:area/:id/:version/manifest', XML, say('ไฟล์ของแบบฟอร์ม', 'the files of a form'), Form, Device),
  getMedia: of('GET', '/openrosa/forms/:area/:id/:version/media/:name', { file: 'application/octet-stream' }, say('ไฟล์หนึ่งของแบบฟอร์ม', 'a file of a form'), Media, Device),
  checkThings: of('GET', '/openrosa/things/:id', XML, say('ของรายการเดิมที่ยังอยู่', 'which things are still there'), z.object({ id: DatasetId }), z.object({ id: z.string().max(20_000) })),
  submit: of('POST', '/openrosa/submission', XML, say('ส่งแบบฟอร์มที่กรอกแล้ว', 'send a filled-in form'), z.object({}), Device),
} as const satisfies Api

function of<P extends z.ZodObject, Q extends z.ZodObject>(method: 'GET' | 'POST', path: `/${string}`, reply: Route['reply'], summary: Text, params: P, query: Q) {
  return { method, path, reply, summary, params, query, cache: 'none' } as const
}

/** What one submission may weigh in all; a telephone splits what is heavier. */
export const SUBMISSION_MOST_BYTES = 100_000_000
/** The answers themselves, without files. */
export const ANSWERS_MOST_BYTES = 5 << 20
export const SUBMISSION_MOST_FILES = 100
