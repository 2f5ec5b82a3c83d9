import { createHash, randomBytes, randomInt } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import { fillIn } from '../setup/collecting.ts'
import { messageOf, Telephone, type SentFile } from '../setup/telephone.ts'
import type { House } from './house.ts'

/** What a telephone sent, and what of it was acknowledged. */
export type Sent = { dataset: string; instanceId: string; xml: string; title: string; rows: number; acknowledged: boolean; files: Map<string, { sha256: string; acknowledged: boolean }> }
export type XForms = { attraction: string; household: string }

const CREATED = 201, NOT_READY = 503
const VILLAGE = 'TH58070301', DAY = '2026-11-26'
const SMALLEST_BYTES = 10_000, LARGEST_BYTES = 250_000, MOST_PHOTOS = 2, MOST_MEMBERS = 4
const PAUSE_MS = 20, RETRY_MS = 50
/** Now and then a telephone whose sending failed is never seen again. */
const GIVES_UP = 0.2

/** Sends one after the other until it is over; what failed is sent again as soon as the server is back, as telephones do. */
export async function sendOn(house: House, path: string, xforms: XForms, ledger: Sent[], isOver: () => boolean): Promise<void> {
  while (!isOver()) {
    const { sent, parts } = randomInt(2) === 0 ? attraction(xforms.attraction) : household(xforms.household)
    ledger.push(sent)
    for (const part of parts) if (!await deliver(house, path, sent, part, isOver)) break
    await wait(randomInt(PAUSE_MS))
  }
}

/** One part, until it is acknowledged; false when the telephone gave up. */
async function deliver(house: House, path: string, sent: Sent, part: SentFile[], isOver: () => boolean): Promise<boolean> {
  while (!isOver()) {
    const phone = new Telephone(`${await house.address()}${path}`)
    const heard = await phone.post(`${phone.base}/submission`, sent.xml, part).catch(() => null)
    if (heard?.status === CREATED) return acknowledge(sent, part)
    if (heard && heard.status !== NOT_READY) throw new Error(`answered ${heard.status}: ${messageOf(heard)}`)
    if (Math.random() < GIVES_UP) return false
    await wait(RETRY_MS)
  }
  return false
}

function acknowledge(sent: Sent, part: SentFile[]): true {
  sent.acknowledged = true
  for (const { name } of part) Object.assign(sent.files.get(name) as object, { acknowledged: true })
  return true
}

type Filled = { sent: Sent; parts: SentFile[][] }

/** With photographs, all of them at once or each in a part of its own. */
function attraction(xform: string): Filled {
  const title = `ถ้ำ ${randomBytes(6).toString('hex')}`
  const files = Array.from({ length: randomInt(MOST_PHOTOS + 1) }, (_, i) => ({ name: `ภาพ ${i + 1}.jpg`, bytes: randomBytes(randomInt(SMALLEST_BYTES, LARGEST_BYTES)) }))
  const photos = Object.fromEntries(files.map(({ name }, i) => [i === 0 ? 'photo' : `photo_${i + 1}`, name]))
  const filled = fillIn(xform, { village: VILLAGE, visit_date: DAY, title, kind: 'cave', status: 'open', not_public: 'no', position: '19.5721 98.2793 640 4.5', ...photos })
  return { sent: sentOf('attraction', filled, title, 0, files), parts: randomInt(2) === 0 || files.length === 0 ? [files] : files.map(file => [file]) }
}

/** With members, each with a citizen’s number. */
function household(xform: string): Filled {
  const head = `คำแก้ว ${randomBytes(6).toString('hex')}`, rows = randomInt(1, MOST_MEMBERS + 1)
  const member = Array.from({ length: rows }, (_, i) => ({ first_name: `สมาชิก ${i + 1}`, sex: 'female', national_id: String(randomInt(1e12, 9e12)) }))
  const filled = fillIn(xform, { village: VILLAGE, visit_date: DAY, consent: 'yes', house_number: '12/3', head_name: head, member })
  return { sent: sentOf('household', filled, head, rows, []), parts: [[]] }
}

function sentOf(dataset: string, { xml, instanceId }: { xml: string; instanceId: string }, title: string, rows: number, files: SentFile[]): Sent {
  return { dataset, instanceId, xml, title, rows, acknowledged: false, files: new Map(files.map(({ name, bytes }) => [name, { sha256: hashOf(bytes), acknowledged: false }])) }
}

export const hashOf = (bytes: Buffer | string) => createHash('sha256').update(bytes).digest('hex')
