import type { FastifyInstance } from 'fastify'
import { beforeAll, describe, expect, test } from 'vitest'
import type { Viewer } from '../../domain/access/access.ts'
import type { ImportEntry } from '../../domain/import/api.ts'
import type { ImportReport } from '../../domain/import/import.ts'
import { serverFor, somebody } from '../setup/as.ts'
import { freshDatabase, type Fresh } from '../setup/fresh.ts'
import { publishedProvinces, shareOut, tambonCodes, tpmapFile, type Place } from '../../tools/make-demo/tpmap-files.ts'
import { countRows } from '../setup/tpmap-imports.ts'

let server: FastifyInstance, database: Fresh, as: (viewer: Viewer) => Record<string, string>
const administrator = somebody('administrator', 'TH'), ofMaeHongSon = somebody('administrator', 'TH58'), analyst = somebody('analyst', 'TH')
const provinces = publishedProvinces()
const maeHongSon = provinces.find(province => province.code === '58') as Place
const tambons = shareOut(maeHongSon.cells, tambonCodes('58'))

beforeAll(async () => {
  database = await freshDatabase()
  const made = await serverFor(database)
  server = made.server
  as = made.as
})

type Files = Record<string, string | Buffer>

async function send(viewer: Viewer | null, address: string, files: Files) {
  const form = new FormData()
  for (const [name, text] of Object.entries(files)) form.append('files', new Blob([new Uint8Array(Buffer.from(text))]), name)
  const sent = new Response(form)
  return server.inject({ method: 'POST', url: `/api${address}`, payload: Buffer.from(await sent.arrayBuffer()), headers: { 'content-type': sent.headers.get('content-type') as string, 'accept-language': 'en', ...(viewer && as(viewer)) } })
}
async function report(viewer: Viewer, address: string, files: Files): Promise<ImportReport> {
  const reply = await send(viewer, address, files)
  expect(reply.statusCode, reply.body.slice(0, 300)).toBe(200)
  return reply.json()
}
const post = (viewer: Viewer, address: string) => server.inject({ method: 'POST', url: `/api${address}`, headers: { ...as(viewer), 'accept-language': 'en' } })
const list = async (viewer: Viewer, query = '') => (await server.inject({ url: `/api/imports?${query}`, headers: as(viewer) })).json<{ items: ImportEntry[]; next: string | null }>()
const value = async (query: string, viewer = analyst) => (await server.inject({ url: `/api/figures?indicator=target-poor&${query}`, headers: as(viewer) })).json().values?.[0]?.numerator
const bothOf = (year: number, places: Place[], level = 'tambol'): Files => ({ [`${year}_${level}_common.csv`]: tpmapFile('common', places), [`${year}_${level}_poor.csv`]: tpmapFile('poor', places) })

describe('an administrator imports files of TPMAP', () => {
  test('a preview says what would become of them, and leaves nothing behind', async () => {
    const before = await countRows(database)
    expect(await report(administrator, '/imports/preview', bothOf(61, tambons))).toMatchObject({ outcome: 'imported', counts: { rowsNew: 2 * tambons.length, errors: 0 } })
    expect(await countRows(database)).toEqual(before)
    expect((await list(administrator)).items).toHaveLength(1)
  })

  test('the import stands in the smallest area that holds all rows, with who made it, and is undone to the last row', async () => {
    const before = await countRows(database)
    const { id } = await report(administrator, '/imports', bothOf(61, tambons))
    const [newest] = (await list(administrator)).items
    expect(newest).toMatchObject({ id, area: 'TH58', source: 'tpmap-2561', period: '2018', outcome: 'imported', by: administrator.person.id, byName: administrator.person.name, undoneAt: null })
    expect(await value(`area=TH${tambons[0]?.code}&period=2018`)).toBe(tambons[0]?.cells.get('poor.JPT.MOFval.CNT'))
    expect((await post(administrator, `/imports/${id}/undo`)).json()).toEqual({ id, figures: 0 })
    expect(await value(`area=TH${tambons[0]?.code}&period=2018`)).toBeNull()
    const after = await countRows(database)
    expect({ ...after, 'raw.file': 0, 'raw.import': 0, 'raw.import_file': 0 }).toEqual({ ...before, 'raw.file': 0, 'raw.import': 0, 'raw.import_file': 0 })
    expect([after['raw.file'], after['raw.import']]).toEqual([(before['raw.file'] ?? 0) + 2, (before['raw.import'] ?? 0) + 1])
    expect((await list(administrator)).items[0]?.undoneAt).not.toBeNull()
    // once more changes nothing; the same file may come again
    expect((await post(administrator, `/imports/${id}/undo`)).json()).toEqual({ id, figures: 0 })
    expect(await report(administrator, '/imports', bothOf(61, tambons))).toMatchObject({ outcome: 'imported', counts: { rowsNew: 2 * tambons.length } })
  })

  test('what a later import replaced cannot be undone before it; undone in turn, the earlier numbers stand again', async () => {
    const first = await report(administrator, '/imports', bothOf(60, provinces.slice(0, 20), 'province'))
    const one = provinces[0] as Place
    const mended: Place = { code: one.code, cells: new Map(one.cells).set('poor.JPT.MOFval.CNT', 1) }
    const second = await report(administrator, '/imports', bothOf(60, [mended], 'province'))
    expect([await value(`area=TH${one.code}&period=2017`), second.counts.rowsChanged]).toEqual([1, 1])
    const refused = await post(administrator, `/imports/${first.id}/undo`)
    expect([refused.statusCode, refused.json().code]).toEqual([400, 'import/replaced'])
    expect(refused.json().detail).toContain('60_province_common.csv')
    expect((await post(administrator, `/imports/${second.id}/undo`)).statusCode).toBe(200)
    expect(await value(`area=TH${one.code}&period=2017`)).toBe(one.cells.get('poor.JPT.MOFval.CNT'))
    const sum = provinces.slice(0, 20).reduce((total, { cells }) => total + (cells.get('poor.JPT.MOFval.CNT') as number), 0)
    expect(await value('area=TH&period=2017')).toBe(sum)
    const gone = (await post(administrator, `/imports/${first.id}/undo`)).json()
    expect(gone.figures).toBeGreaterThan(500)
    expect((await server.inject('/api/figures?indicator=target-poor&area=TH&period=2017')).json().code).toBe('figure/no-such-series')
  })

  test('a report can be read again, and the list is turned by its key', async () => {
    const first = await list(administrator, 'limit=1')
    const second = await list(administrator, `limit=1&after=${first.next}`)
    expect(second.items[0]?.id).not.toBe(first.items[0]?.id)
    const { items } = await list(administrator)
    expect(items.slice(0, 2).map(item => item.id)).toEqual([first.items[0]?.id, second.items[0]?.id])
    const kept = (await server.inject({ url: `/api/imports/${items[0]?.id}`, headers: as(administrator) })).json()
    expect(kept).toMatchObject({ entry: items[0], report: { id: items[0]?.id } })
  })
})

describe('an administrator of Mae Hong Son alone', () => {
  test('imports its tambons, and no row of another province', async () => {
    const chiangMai = shareOut((provinces.find(({ code }) => code === '50') as Place).cells, tambonCodes('50'))
    const refused = await report(ofMaeHongSon, '/imports', bothOf(59, [...tambons, chiangMai[0] as Place]))
    expect(refused).toMatchObject({ outcome: 'refused', id: null, problems: [{ code: 'import/outside', line: tambons.length + 2 }, { code: 'import/outside' }] })
    expect(await report(ofMaeHongSon, '/imports', bothOf(59, tambons))).toMatchObject({ outcome: 'imported', period: '2016' })
    expect(await value('area=TH58&period=2016')).toBe(tambons.reduce((sum, { cells }) => sum + (cells.get('poor.JPT.MOFval.CNT') as number), 0))
  })

  test('sees and undoes only imports that stand there: a foreign one and an unknown one are the same', async () => {
    const national = (await list(administrator)).items.find(({ area }) => area === 'TH') as ImportEntry
    expect((await list(ofMaeHongSon)).items.every(({ area }) => area.startsWith('TH58'))).toBe(true)
    const unknown = '00000000-0000-4000-8000-000000000000'
    for (const [method, path] of [['GET', ''], ['POST', '/undo']] as const) {
      const [foreign, none] = await Promise.all([national.id, unknown].map(id => server.inject({ method, url: `/api/imports/${id}${path}`, headers: as(ofMaeHongSon) })))
      expect([foreign?.statusCode, foreign?.json().code]).toEqual([404, 'access/not-there'])
      expect(foreign?.body.replaceAll(national.id, unknown)).toBe(none?.body)
    }
  })
})

describe('a door that takes files', () => {
  test('refuses whoever is not signed in or holds no such right, and says whom to ask', async () => {
    const [stranger, other] = [await send(null, '/imports', bothOf(58, tambons)), await send(analyst, '/imports', bothOf(58, tambons))]
    expect([stranger.statusCode, stranger.json().code]).toEqual([401, 'access/sign-in'])
    expect([other.statusCode, other.json().code, other.json().detail]).toEqual([403, 'access/no-right', 'Your roles do not include this. Ask your administrator.'])
  })

  test('a form without a file, something that is no form, too many files and too large a file each have their sentence', async () => {
    expect((await send(administrator, '/imports', {})).json()).toMatchObject({ status: 400, code: 'base/files-missing' })
    const json = await server.inject({ method: 'POST', url: '/api/imports', payload: { a: 1 }, headers: as(administrator) })
    expect(json.json()).toMatchObject({ status: 400, code: 'base/not-files' })
    const many = Object.fromEntries(Array.from({ length: 13 }, (_, i) => [`${i}.csv`, 'x']))
    expect((await send(administrator, '/imports', many)).json()).toMatchObject({ status: 413, code: 'base/too-many-files', detail: 'At most 12 files can be sent at once.' })
    const large = await send(administrator, '/imports', { '61_tambol_common.csv': Buffer.alloc((64 << 20) + 1, 65) })
    expect(large.json()).toMatchObject({ status: 413, code: 'base/too-large' })
  })

  test('a file that is no table is told in its report, under a name without its folders', async () => {
    const told = await report(administrator, '/imports/preview', { '../../etc/61_tambol_common.csv': Buffer.from('PK\u0003\u0004 a spreadsheet') })
    expect(told).toMatchObject({ outcome: 'refused', files: [{ name: '61_tambol_common.csv' }], problems: [{ code: 'import/not-csv' }] })
  })
})
