import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { CDPSession, Page } from 'playwright-core'
import sharp from 'sharp'
import { build, type Rolldown } from 'vite'
import type { AreaCode } from '../../domain/base/ids.ts'
import type { Kit } from '../../domain/collect/collect.ts'
import { fillIn } from './collecting.ts'
import type { fillOutbox, Queue, Queued } from './outbox.fill.ts'
import { word } from './words.ts'

const VILLAGE = 'TH58070301' as AreaCode
/** Of a line in a valley, by bits per second. */
const LINE = { latency: 5, downloadThroughput: 500_000 / 8, uploadThroughput: 500_000 / 8 }
export type Cuts = { times: number; betweenMs: number; goneMs: number }

/** A telephone that was without a network until now: so many stories with a picture each wait on it. Whoever is on the page has no PIN. */
export async function queueStories(page: Page, count: number, title: string): Promise<{ queued: Queued; session: CDPSession }> {
  const queue = await queueOf(page, count, title), session = await page.context().newCDPSession(page)
  await session.send('Network.enable')
  await setLine(session, { offline: true })
  const made = await build({ configFile: false, logLevel: 'warn', publicDir: false, build: { write: false, rolldownOptions: { input: join(import.meta.dirname, 'outbox.fill.ts'), preserveEntrySignatures: 'strict', output: { format: 'iife', name: 'filler' } } } })
  const { code } = (made as Rolldown.RolldownOutput).output[0]
  await page.evaluate(`${code}; globalThis.filler = filler`)
  const queued = await page.evaluate(queue => (globalThis as unknown as { filler: { fillOutbox: typeof fillOutbox } }).filler.fillOutbox(queue), queue)
  return { queued, session }
}

/** A story, as the form of the site asks for it. */
async function queueOf(page: Page, count: number, title: string): Promise<Queue> {
  const { me, forms } = await page.evaluate(async () => (await (await fetch('/api/collect/kit')).json() as { kit: Kit }).kit)
  const { area, id, version } = forms.find(({ id }) => id === 'story') as Kit['forms'][0]
  const xform = await page.evaluate(async path => (await fetch(path)).text(), `/api/openrosa/forms/${area}/${id}/${version}/form.xml`)
  const { xml } = fillIn(xform, { village: VILLAGE, story_date: '2026-11-20', consent: 'yes', people_shown: 'none', title: 'TITLE', kind: 'other', kind_other: 'x', description: 'เรื่องเล่า', photo: 'PICTURE' }, { instanceId: 'INSTANCE' })
  const jpeg = await sharp({ create: { width: 64, height: 48, channels: 3, background: '#684' } }).jpeg().toBuffer()
  return { person: me.id, count, title, form: { area, id, version }, xml, place: VILLAGE, jpeg: jpeg.toString('base64') }
}

/** The page sends by itself whenever there is a line. Returns how many times the line broke off while entries were still there. */
export async function sendOverBadLine(page: Page, session: CDPSession, { times, betweenMs, goneMs }: Cuts): Promise<number> {
  const allSent = page.getByText(word('collect_all_sent')).first()
  let cuts = 0
  for (; cuts < times && !await allSent.isVisible(); cuts++) {
    await setLine(session, { offline: false })
    await page.waitForTimeout(betweenMs)
    await setLine(session, { offline: true })
    await page.waitForTimeout(goneMs)
  }
  await setLine(session, { offline: false })
  await allSent.waitFor({ timeout: 240_000 })
  return cuts
}

const setLine = (session: CDPSession, { offline }: { offline: boolean }) => session.send('Network.emulateNetworkConditions', { offline, ...LINE })

/** What the site made of them, each with the hash of its picture as the site hands it out. Whoever is on the page may see records. */
export async function readStories(page: Page, count: number, title: string): Promise<{ title: string; sha256: string }[]> {
  const cookie = (await page.context().cookies()).map(({ name, value }) => `${name}=${value}`).join('; ')
  const ask = (path: string) => fetch(new URL(`/api${path}`, page.url()), { headers: { cookie } })
  const list = async () => (await (await ask(`/datasets/story/records?area=TH580703&limit=1000&q=${encodeURIComponent(title)}`)).json() as { items: { id: string; title: string }[] }).items
  for (let tries = 0; tries < READ_TRIES && (await list()).length < count; tries++) await wait(READ_AGAIN_MS)
  return Promise.all((await list()).map(async ({ id, title }) => {
    const { files: [file] } = await (await ask(`/records/${id}`)).json() as { files: { name: string }[] }
    return { title, sha256: createHash('sha256').update(new Uint8Array(await (await ask(`/records/${id}/files/${file?.name}`)).arrayBuffer())).digest('hex') }
  }))
}
const READ_TRIES = 240, READ_AGAIN_MS = 250
