import type { AreaCode, DatasetId, PersonId } from '../../domain/base/ids.ts'
import { unlock } from '../../web/collect/people.ts'
import { openShelf } from '../../web/collect/shelf.ts'

/** What is queued: so many entries of one form, each with one picture. `xml` names `INSTANCE`, `TITLE` and `PICTURE`. */
export type Queue = { person: PersonId; count: number; title: string; form: { area: AreaCode; id: DatasetId; version: string }; xml: string; place: AreaCode; jpeg: string }
/** By title: the picture's SHA-256. */
export type Queued = Record<string, string>

const AT_ONCE = 10, AFTER_SOI = 2

/** Runs in the page, by the collector's own functions: nobody fills in five hundred forms in a test. */
export async function fillOutbox(queue: Queue): Promise<Queued> {
  const shelf = openShelf(await unlock(queue.person, '')), queued: Queued = {}, base = Uint8Array.from(atob(queue.jpeg), sign => sign.charCodeAt(0))
  let turn = 0
  const work = async () => {
    for (let i = turn++; i < queue.count; i = turn++) {
      const title = `${queue.title} ${String(i + 1).padStart(3, '0')}`, picture = `${i}.jpg`, instanceId = `uuid:${crypto.randomUUID()}`, bytes = ownPicture(base, title)
      const { area, id, version } = queue.form, xml = queue.xml.replace('INSTANCE', instanceId).replace('TITLE', title).replace('PICTURE', picture)
      await shelf.save({ instanceId, dataset: id, version, formArea: area, formFiles: {}, formName: { th: id, en: id }, title, place: queue.place, about: null }, xml)
      await shelf.putFile(instanceId, picture, new Blob([bytes], { type: 'image/jpeg' }))
      await shelf.finish(instanceId, [picture])
      queued[title] = await sha256(bytes)
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work))
  shelf.close()
  return queued
}

/** A JPEG with a comment of its own: no two are the same. */
function ownPicture(base: Uint8Array<ArrayBuffer>, said: string): Uint8Array<ArrayBuffer> {
  const comment = new TextEncoder().encode(said), length = comment.length + 2
  return new Uint8Array([...base.subarray(0, AFTER_SOI), 0xff, 0xfe, length >> 8, length & 0xff, ...comment, ...base.subarray(AFTER_SOI)])
}

async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  return Array.from(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)), byte => byte.toString(16).padStart(2, '0')).join('')
}
