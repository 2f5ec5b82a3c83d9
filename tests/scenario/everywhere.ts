import { beforeAll, expect, inject, test } from 'vitest'
import type { FastifyInstance } from 'fastify'
import { makeApp } from '../../server/app.ts'
import { buildSite, SITE_FOLDER } from '../../cli/site.ts'
import { environmentOf } from '../setup/database.ts'
import { freshDatabase } from '../setup/fresh.ts'

/** Requests that one process has under way at once: enough to keep the database busy too. */
const AT_ONCE = 4

/** Asks for the page of every place from the nation to the tambon whose code is of these provinces, in both languages. Two files share the country, so that both processors work. */
export function testEveryPlace(isOurs: (code: string) => boolean, expected: number): void {
  let app: FastifyInstance

  beforeAll(async () => {
    const [database] = await Promise.all([freshDatabase(), buildSite()])
    app = await makeApp(environmentOf(inject('cluster'), database.name), database, SITE_FOLDER)
    return () => app.close()
  })

  test('every place of today has a page that answers in Thai and in English, with its own name', { timeout: 900_000 }, async () => {
    const areas = (await listAreas(app)).filter(area => isOurs(area.code))
    expect(areas).toHaveLength(expected)
    const faults: string[] = []
    const asked = areas.flatMap(area => [{ area, lang: 'th' as const, path: `/place/${area.code}` }, { area, lang: 'en' as const, path: `/en/place/${area.code}` }])
    const next = asked.values()
    await Promise.all(Array.from({ length: AT_ONCE }, async () => {
      for (const { area, lang, path } of next) {
        const { statusCode, body } = await app.inject(path)
        if (statusCode !== 200 || !body.includes(`<html lang="${lang}"`) || !headingOf(body).includes(area.name[lang])) faults.push(`${path} ${statusCode} ${headingOf(body)}`)
      }
    }))
    expect(faults).toEqual([])
  })
}

type Named = { code: string; name: { th: string; en: string } }

async function listAreas(app: FastifyInstance): Promise<Named[]> {
  const areas: Named[] = []
  for (const level of ['nation', 'province', 'district', 'tambon']) {
    let after: string | null = ''
    while (after !== null) {
      const page: { items: Named[]; next: string | null } = (await app.inject(`/api/areas?level=${level}&limit=1000${after && `&after=${encodeURIComponent(after)}`}`)).json()
      areas.push(...page.items)
      after = page.next
    }
  }
  return areas
}

const headingOf = (html: string) => /<h1[^>]*>(.*?)<\/h1>/s.exec(html)?.[1]?.replace(/<!--.*?-->|<[^>]*>/g, '').replaceAll('&amp;', '&') ?? ''
