import type { Kit, KitForm } from '../../domain/collect/collect.ts'
import type { AreaCode } from '../../domain/base/ids.ts'
import { isWithin } from '../../domain/area/rules.ts'
import { drawingOf, today, type Drawing } from '../area/boundaries.ts'
import { isKitReply, kitAddress } from './addresses.ts'
import { clearMedia, fetchMedia, filesOf, FORM_XML, listHeld, outlineDigest, readMedia, wantedOf, type Lines, type Wanted } from './media.ts'
import { collectProblems } from './problems.ts'
import { closeValue, openValue } from './seal.ts'
import type { Holder } from './entry.ts'
import { act, openStore } from './store.ts'

/** A form on the phone. `isWhole`: it and its files are here, so it opens without a network. Pass `formFiles` on to the draft. */
export type CarriedForm = KitForm & { formFiles: Record<string, string>; isWhole: boolean }
/** `clockOffMs`: by how much the phone's clock is ahead of the server's. */
export type CarriedKit = Omit<Kit, 'forms'> & { forms: CarriedForm[]; at: string; clockOffMs: number }
export type OpenedForm = { formFiles: Record<string, string>; xform: string; /** Tables and other text, by name. */ files: Record<string, string>; /** Pictures and sounds, by name. */ blobs: Record<string, Blob> }

const ABOUT = 'kit', AT_ONCE = 4, MOST_TURNS = 4, PAUSE_MS = 300
const here: Lines = { store: openStore, fetch: (...asked) => fetch(...asked), now: () => new Date() }

/** The kit as it was last fetched; null where it never was. */
export async function loadKit(holder: Holder, { store }: Lines = here): Promise<CarriedKit | null> {
  const row = await (await store()).get('kits', holder.person)
  return row ? openValue<CarriedKit>(holder.key, ABOUT, row.sealed) : null
}

/**
 * Asks for the kit, fetches what is new in it, and keeps both. A form whose files could not all be fetched stays as it was.
 * @throws `collect/offline`, `collect/sign-in` (also where somebody else is signed in), `collect/phone-full`; what is on the phone then stays.
 */
export async function refreshKit(holder: Holder, lines: Lines = here): Promise<CarriedKit> {
  let carried = await refreshOnce(holder, lines)
  // in a busy place a list changes while it is on its way, and a server is out of breath: what is named now is asked for anew, a moment later
  for (let turns = 1; turns < MOST_TURNS && carried.forms.some(({ isWhole }) => !isWhole); turns++) {
    await new Promise(wake => setTimeout(wake, turns * PAUSE_MS))
    carried = await refreshOnce(holder, lines)
  }
  return carried
}

async function refreshOnce(holder: Holder, lines: Lines): Promise<CarriedKit> {
  const old = await loadKit(holder, lines), tag = (await (await lines.store()).get('kits', holder.person))?.tag
  const asked = await askKit(old ? tag : undefined, lines)
  const kit = asked.kit ?? old
  if (!kit || kit.me.id !== holder.person) throw collectProblems.signIn({})
  const fault = await fetchAll(holder, [...kit.forms.flatMap(wantedOf), ...kit.outlines.map(({ href }) => ({ digest: outlineDigest(href), href }))], lines)
  const held = await listHeld(holder, lines)
  const carried: CarriedKit = { ...kit, forms: kit.forms.map(form => carry(form, held, old)), at: lines.now().toISOString(), clockOffMs: asked.clockOffMs }
  const sealed = await closeValue(holder.key, ABOUT, carried)
  await act(await lines.store(), ['kits'], tx => tx.objectStore('kits').put({ person: holder.person, tag: fault ? '' : asked.tag, at: carried.at, sealed }))
  await clearMedia(holder, await namedBy(holder, carried, lines), lines)
  return carried
}

async function askKit(have: string | undefined, { fetch, now }: Lines): Promise<{ kit: Kit | null; tag: string; clockOffMs: number }> {
  const response = await fetch(kitAddress(have), { cache: 'no-store' }).catch(() => { throw collectProblems.offline({}) })
  if (response.status === 401) throw collectProblems.signIn({})
  if (!response.ok) throw collectProblems.serverBusy({})
  const said: unknown = await response.json().catch(() => null)
  if (!isKitReply(said)) throw collectProblems.notServer({})
  const there = Date.parse(response.headers.get('date') ?? '')
  return { ...said, clockOffMs: Number.isNaN(there) ? 0 : now().getTime() - there }
}

/** As many as the line gives; the first fault is told back. A full phone ends it. */
async function fetchAll(holder: Holder, wanted: Wanted[], lines: Lines): Promise<unknown> {
  const held = await listHeld(holder, lines), missing = [...new Map(wanted.filter(({ digest }) => !held.has(digest)).map(one => [one.digest, one])).values()]
  let fault: unknown = null
  const work = async () => {
    for (let next = missing.shift(); next; next = missing.shift()) {
      await fetchMedia(holder, next, lines).catch(error => {
        if (error.code === 'collect/phone-full') throw error
        fault ??= error
      })
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work))
  return fault
}

/** A new version takes the place of the old one once all of it is here. */
function carry(form: KitForm, held: ReadonlySet<string>, old: CarriedKit | null): CarriedForm {
  const formFiles = filesOf(form), isWhole = Object.values(formFiles).every(digest => held.has(digest))
  const before = old?.forms.find(({ area, id }) => area === form.area && id === form.id)
  return !isWhole && before?.isWhole ? before : { ...form, formFiles, isWhole }
}

async function namedBy({ person }: Holder, kit: CarriedKit, { store }: Lines): Promise<Set<string>> {
  const entries = await (await store()).getAllFromIndex('entries', 'person', person)
  const files = [...kit.forms, ...entries.filter(({ state }) => state !== 'sent')].flatMap(({ formFiles }) => Object.values(formFiles))
  return new Set([...files, ...kit.outlines.map(({ href }) => outlineDigest(href))])
}

const IS_TEXT = /\.(csv|xml|geojson|json|txt)$/i

/** A form as the kit or a draft names it. @throws where not all of it is on the phone. */
export async function readForm(holder: Holder, { formFiles }: { formFiles: Record<string, string> }, lines: Lines = here): Promise<OpenedForm> {
  const opened: OpenedForm = { formFiles, xform: '', files: {}, blobs: {} }
  for (const [name, digest] of Object.entries(formFiles)) {
    const media = await readMedia(holder, digest, lines)
    if (!media) throw collectProblems.noForm({})
    if (name === FORM_XML) opened.xform = new TextDecoder().decode(media.bytes)
    else if (IS_TEXT.test(name)) opened.files[name] = new TextDecoder().decode(media.bytes)
    else opened.blobs[name] = new Blob([media.bytes], { type: media.type })
  }
  return opened
}

/** The outline of a tambon (of a village: of its tambon) from the phone; null where none is known. */
export async function outlineOf(holder: Holder, area: AreaCode, lines: Lines = here): Promise<Drawing | null> {
  const href = (await loadKit(holder, lines))?.outlines.find(outline => isWithin(area, outline.area))?.href
  if (href === undefined) return null
  const fromPhone = async () => {
    const media = await readMedia(holder, outlineDigest(href), lines)
    return media ? new Response(media.bytes) : lines.fetch(href)
  }
  return drawingOf(fromPhone, href, area.slice(0, TAMBON_LENGTH), today()).catch(() => null)
}
const TAMBON_LENGTH = 8
