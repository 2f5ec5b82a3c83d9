import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import fc from 'fast-check'
import type { FastifyInstance } from 'fastify'
import { beforeAll, describe, expect, test } from 'vitest'
import type { AreaHit } from '../../domain/area/area.ts'
import { fold, squeeze } from '../../engine/text/fold.ts'
import { depthOf } from '../../engine/text/terms.ts'
import type { NewArea } from '../../server/area/write.ts'
import { readAreas } from '../../server/area/write.seed.rows.ts'
import { freshDatabase, startApp } from '../setup/fresh.ts'

let app: FastifyInstance
beforeAll(async () => { app = await startApp(await freshDatabase()) })

type Page = { items: AreaHit[]; next: string | null }
async function search(q: string, more: Record<string, string | number> = {}): Promise<Page> {
  const reply = await app.inject({ url: '/api/areas', query: { q, limit: '20', ...Object.fromEntries(Object.entries(more).map(([key, value]) => [key, String(value)])) } })
  expect(reply.statusCode, reply.body.slice(0, 300)).toBe(200)
  return reply.json()
}
const first = async (q: string) => (await search(q)).items[0]?.code

describe('a person who looks for a place', () => {
  test.each([
    ['แม่ริม', 'TH5007'], ['เเม่ริม', 'TH5007'], ['อ.แม่ริม', 'TH5007'], ['อำเภอแม่ริม', 'TH5007'], ['Mae Rim', 'TH5007'], ['maerim', 'TH5007'], ['mae rim district', 'TH5007'],
    ['จ.เชียงใหม่', 'TH50'], ['CHIANG MAI', 'TH50'], ['โคราช', 'TH30'], ['กทม', 'TH10'], ['กรุงเทพฯ', 'TH10'], ['ประเทศไทย', 'TH'],
    ['เขตพระนคร', 'TH1001'], ['แขวงพระบรมมหาราชวัง', 'TH100101'], ['นํ้าพอง', 'TH4007'], ['น้ำพอง', 'TH4007'],
    ['สุไหงโกลก', 'TH9610'], ['su-ngai kolok', 'TH9610'], ['จ.ป.ร.', 'TH850406'], ['ปอพาน ร้อยเอ็ด', 'TH450109'], ['บุฤๅษี', 'TH320121'],
    ['ริมใต้ อ.แม่ริม', 'TH500701'], ['ต.ริมใต้อ.แม่ริมจ.เชียงใหม่', 'TH500701'], ['แม่ริม เชียงใหม่', 'TH5007'], ['เชียงใหม่ แม่ริม', 'TH5007'], ['rim tai chiang mai', 'TH500701'],
    ['ในเมือง ขอนแก่น', 'TH400101'], ['เทศบาลตำบลด่านสำโรง', 'TH110153'],
    ['5007', 'TH5007'], ['TH500701', 'TH500701'], ['๕๐๐๗', 'TH5007'], ['50070101', 'TH50070101'],
    ['เชียงไหม่', 'TH50'],
  ])('finds by “%s” first %s', async (q, code) => { expect(await first(q)).toBe(code) })

  test('finds an inner part of a name, and a village without บ้าน', async () => {
    expect((await search('ษีจำ')).items).toEqual([])
    expect((await search('หมื่นถ้อย')).items.map(area => area.code)).toContain('TH50070101')
    expect((await search('าชสีม')).items[0]?.code).toBe('TH30')
  })
  test('sees with each hit what holds it', async () => {
    expect((await search('ริมใต้')).items[0]).toMatchObject({ code: 'TH500701', parents: [{ code: 'TH5007', name: { th: 'แม่ริม' } }, { code: 'TH50' }, { code: 'TH' }] })
  })
  test('does not find places that ended, unless asked for another day', async () => {
    const bangNa = async (day: object) => (await search('แขวงบางนา', { parent: 'TH10', ...day })).items.map(area => area.code)
    expect(await bangNa({})).not.toContain('TH104701')
    expect((await bangNa({ asOf: '2019-12-31' }))[0]).toBe('TH104701')
    expect(await bangNa({ asOf: 'all' })).toContain('TH104701')
  })
  test('can stay inside a place, a level or a region', async () => {
    expect((await search('ในเมือง', { parent: 'TH40', level: 'tambon' })).items.map(area => area.code)).toEqual(['TH400101', 'TH401002', 'TH402901'])
    const south = await search('บ้าน', { group: 'nesdc-6-border-south', level: 'district' })
    for (const { code } of south.items) expect(['TH94', 'TH95', 'TH96']).toContain(code.slice(0, 4))
  })
  test('gets no answer and no error for signs without letters', async () => {
    expect(await search('%_-')).toEqual({ items: [], next: null })
    expect((await search(`'; drop table core.area; --`)).items).toEqual([])
  })
  test('turns the pages of a long answer without meeting a place twice or missing one', async () => {
    const whole = (await search('ริม', { limit: 400 })).items.map(area => area.code)
    const pages: string[] = []
    for (let after: string | null = ''; after !== null;) {
      const page: Page = await search('ริม', { limit: 37, ...after ? { after } : {} })
      pages.push(...page.items.map(area => area.code))
      after = page.next
      if (pages.length >= whole.length) break
    }
    expect(pages.slice(0, whole.length)).toEqual(whole)
    expect(new Set(pages).size).toBe(pages.length)
  })
})

/** Slow and obvious: every name of every place looked at, ranked by what the search promises. */
type Name = { code: string; depth: number; whole: string; later: string[] }
const isVillage = (depth: number) => depth >= depthOf('village')
const bare = (name: string, depth: number) => isVillage(depth) ? name.replace(/^(บ้าน|ban )\s*(?=\S)/, '') : name

function namesOf({ code, level, name: { th, en }, also = [] }: NewArea): Name[] {
  const depth = depthOf(level)
  return [th, en, ...also].filter(Boolean).map(name => {
    const words = bare(fold(name), depth).split(' ')
    return { code, depth, whole: words.join(''), later: words.map((_, i) => words.slice(i + 1).join('')).filter(Boolean) }
  })
}

/** The kind of match and the depth of each place found, the best first. */
function ranked(names: readonly Name[], typed: string): Map<string, string> {
  const best = new Map<string, { rank: number; depth: number }>()
  const [ofVillage, ofOther] = [depthOf('village'), 0].map(depth => squeeze(bare(fold(typed), depth))) as [string, string]
  for (const { code, depth, whole, later } of names) {
    const q = isVillage(depth) ? ofVillage : ofOther
    const rank = whole === q ? 0 : whole.startsWith(q) ? 1 : later.some(word => word.startsWith(q)) ? 2 : whole.includes(q) ? 3 : 9
    if (rank < (best.get(code)?.rank ?? 9)) best.set(code, { rank, depth })
  }
  const sorted = [...best].sort(([, a], [, b]) => a.rank - b.rank || a.depth - b.depth)
  return new Map(sorted.map(([code, { rank, depth }]) => [code, `kind ${rank}, depth ${depth}`]))
}

test('the search finds what a look at every name finds, in the same order of kinds and levels', async () => {
  const seed = (name: string) => readFileSync(new URL(`../../seed/area/${name}`, import.meta.url))
  const areas = [...readAreas(seed('area.csv')), ...readAreas(gunzipSync(seed('village.csv.gz')))]
  const names = areas.filter(area => !area.validUntil).flatMap(namesOf)
  const part = fc.tuple(fc.nat(names.length - 1), fc.nat(12), fc.integer({ min: 1, max: 7 }))
    .map(([i, from, length]) => names[i]!.whole.slice(from, from + length))
    .filter(part => /^\p{L}/u.test(part) && !/\d/.test(part))
  await fc.assert(fc.asyncProperty(part, async typed => {
    const expected = ranked(names, typed)
    fc.pre(expected.size > 0)
    const { items } = await search(typed, { limit: 60 })
    expect(items.map(({ code }) => expected.get(code)), typed).toEqual([...expected.values()].slice(0, 60))
  }), { numRuns: 40 })
}, 120_000)
