import 'fake-indexeddb/auto'
import { beforeEach, expect, test } from 'vitest'
import { draftOf, emptyPhone, holderOf, KHAMKAEO, MALI } from './fake.phone.ts'
import { loadKit, outlineOf, readForm, refreshKit, type CarriedForm } from './kit.ts'
import type { Lines } from './media.ts'
import { openShelf } from './shelf.ts'
import { openStore } from './store.ts'

beforeEach(emptyPhone)

const name = { th: 'ชื่อ', en: 'name' }
const formOf = (version: string, things: string) => ({
  area: 'TH', id: 'household', version, md5: `form-${version}`, title: name, purpose: name, unit: 'household', place: null, point: null, thing: null,
  files: [{ name: 'villages.csv', md5: 'v', bytes: 9 }, { name: 'household.csv', md5: `things-${things}`, bytes: 9 }, { name: 'map.jpg', md5: 'picture', bytes: 3 }],
})

/** A server with one form; `down` names what it does not give. */
function makeSite() {
  const site = { version: '1', things: 'a', tag: 'one', person: KHAMKAEO as string, down: /never/, signedIn: true, asked: [] as string[], at: new Date('2026-11-26T08:00:00Z') }
  const answer = (href: string): Response => {
    site.asked.push(href)
    if (site.down.test(href)) throw new TypeError('failed to fetch')
    if (!site.signedIn) return Response.json({}, { status: 401 })
    const url = new URL(href, 'https://site'), file = decodeURIComponent(url.pathname.split('/').at(-1) ?? '')
    if (file !== 'kit') return new Response(file === 'map.jpg' ? new Uint8Array([1, 2, 3]) : `${file} ${site.version} ${site.things}`, { headers: { 'content-type': file === 'map.jpg' ? 'image/jpeg' : 'text/csv' } })
    const kit = {
      me: { id: site.person, name: 'คำแก้ว' }, areas: [], places: [], forms: [formOf(site.version, site.things)], outlines: [{ area: 'TH58', href: '/api/boundaries/58.json' }],
      returned: [], backupKey: { kty: 'EC', crv: 'P-256', x: 'x', y: 'y', kid: 'k', use: 'enc', alg: 'ECDH-ES' },
    }
    return Response.json({ tag: site.tag, kit: url.searchParams.get('have') === site.tag ? null : kit }, { headers: { date: 'Thu, 26 Nov 2026 08:00:00 GMT' } })
  }
  const lines: Lines = { store: openStore, fetch: (async (href: string) => answer(href)) as typeof fetch, now: () => site.at }
  return { site, lines }
}

const theForm = ({ forms }: { forms: CarriedForm[] }) => forms[0] as CarriedForm

test('the kit and its forms are read without a network once they were fetched, and only what is new is fetched again', async () => {
  const { site, lines } = makeSite(), holder = await holderOf()
  expect(await loadKit(holder, lines)).toBeNull()
  expect(theForm(await refreshKit(holder, lines)).isWhole).toBe(true)
  site.down = /./
  const kit = await loadKit(holder, lines)
  expect(await readForm(holder, theForm(kit as NonNullable<typeof kit>), lines)).toMatchObject({ xform: 'form.xml 1 a', files: { 'villages.csv': 'villages.csv 1 a', 'household.csv': 'household.csv 1 a' } })
  await expect(refreshKit(holder, lines)).rejects.toMatchObject({ code: 'collect/offline' })
  Object.assign(site, { down: /never/, asked: [], things: 'b', tag: 'two' })
  await refreshKit(holder, lines)
  expect(site.asked).toEqual(['/api/collect/kit?have=one', '/api/openrosa/forms/TH/household/1/media/household.csv'])
})

test('a draft keeps its form and the things as they were when it was begun, whatever the site publishes since', async () => {
  const { site, lines } = makeSite(), holder = await holderOf(), shelf = openShelf(holder)
  const begun = theForm(await refreshKit(holder, lines))
  await shelf.save({ ...draftOf('uuid:1'), formFiles: begun.formFiles }, '<data/>')
  Object.assign(site, { version: '2', things: 'b', tag: 'two' })
  for (const day of ['2026-12-10', '2027-01-20', '2027-11-26']) {
    Object.assign(site, { at: new Date(day), tag: day })
    const kit = await refreshKit(holder, lines)
    expect((await readForm(holder, theForm(kit), lines)).xform).toBe('form.xml 2 b')
    expect(await readForm(holder, (await shelf.read('uuid:1')).entry, lines)).toMatchObject({ xform: 'form.xml 1 a', files: { 'household.csv': 'household.csv 1 a' } })
  }
  await shelf.remove('uuid:1')
  site.at = new Date('2027-12-26')
  await refreshKit(holder, lines)
  await expect(readForm(holder, begun, lines)).rejects.toMatchObject({ code: 'collect/form-not-on-phone' })
})

test('where the line breaks off in the middle of a new version the form that is whole stays, and the next time brings the rest', async () => {
  const { site, lines } = makeSite(), holder = await holderOf()
  await refreshKit(holder, lines)
  Object.assign(site, { version: '2', things: 'b', tag: 'two', down: /household\.csv/ })
  const kit = await refreshKit(holder, lines)
  expect(theForm(kit)).toMatchObject({ version: '1', isWhole: true })
  expect((await readForm(holder, theForm(kit), lines)).xform).toBe('form.xml 1 a')
  site.down = /never/
  expect(theForm(await refreshKit(holder, lines))).toMatchObject({ version: '2', isWhole: true })
})

test('what did not come the first time, because it changed meanwhile or the line broke, is asked for again at once', async () => {
  const { site, lines } = makeSite(), holder = await holderOf()
  let breaks = 1
  const fetch = (async (href: string) => {
    if (/household\.csv/.test(href) && breaks-- > 0) return new Response('', { status: 404 })
    return lines.fetch(href)
  }) as typeof globalThis.fetch
  expect(theForm(await refreshKit(holder, { ...lines, fetch })).isWhole).toBe(true)
  expect(site.asked.filter(href => /villages/.test(href)), 'what was there is not fetched twice').toHaveLength(1)
})

test('a session that ended, or of somebody else, leaves the kit as it is', async () => {
  const { site, lines } = makeSite(), holder = await holderOf()
  await refreshKit(holder, lines)
  Object.assign(site, { signedIn: false })
  await expect(refreshKit(holder, lines)).rejects.toMatchObject({ code: 'collect/sign-in' })
  Object.assign(site, { signedIn: true, person: MALI, tag: 'hers' })
  await expect(refreshKit(holder, lines)).rejects.toMatchObject({ code: 'collect/sign-in' })
  expect((await loadKit(holder, lines))?.me.id).toBe(KHAMKAEO)
})

test('a clock that is a year ahead is told; pictures of a form come as pictures, and without an outline there is none', async () => {
  const { site, lines } = makeSite(), holder = await holderOf()
  site.at = new Date('2027-11-26T08:00:00Z')
  const kit = await refreshKit(holder, lines)
  expect(kit.clockOffMs).toBe(365 * 86_400_000)
  const { blobs } = await readForm(holder, theForm(kit), lines)
  expect(blobs['map.jpg']).toMatchObject({ type: 'image/jpeg', size: 3 })
  expect(await outlineOf(holder, 'TH100101' as never, lines)).toBeNull()
})
