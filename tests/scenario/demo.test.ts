import { readFileSync } from 'node:fs'
import { beforeAll, describe, expect, inject, test } from 'vitest'
import type { FastifyInstance } from 'fastify'
import { settleDemo } from '../../server/demo.ts'
import { environmentOf } from '../setup/database.ts'
import { freshDatabase, startApp, type Fresh } from '../setup/fresh.ts'
import { Browser } from '../setup/people.ts'

const { password, people } = JSON.parse(readFileSync(new URL('../../seed/demo/people.json', import.meta.url), 'utf8')) as { password: string; people: { userName: string; name: string; role: string; area: string }[] }
const README = readFileSync(new URL('../../README.md', import.meta.url), 'utf8')
let database: Fresh, app: FastifyInstance
const settle = (demo: string) => settleDemo({ environment: environmentOf(inject('cluster'), database.name, { RAKKAEO_DEMO: demo }), database })

beforeAll(async () => {
  database = await freshDatabase()
  await settle('1')
  app = await startApp(database)
})

async function figures(browser: Browser, query: string): Promise<{ area: string; numerator: number | null; internal: boolean; source: string }[]> {
  const reply = await browser.ask('GET', `/api/figures?indicator=target-poor&period=2018&${query}`)
  expect(reply.statusCode, reply.body).toBe(200)
  return reply.json().values.filter((value: { value: number | null }) => value.value !== null)
}

async function signIn(userName: string): Promise<Browser> {
  const browser = new Browser(app)
  expect((await browser.ask('POST', '/api/auth/sign-in', { name: userName, password })).statusCode).toBe(200)
  return browser
}

describe('the demo people', () => {
  test.each(people)('$userName stands in the README with the password', ({ userName, area }) => {
    const row = README.split('\n').find(line => line.includes(`| \`${userName}\` |`)) ?? ''
    expect(row).toContain(`\`${password}\``)
    expect(row).toContain(area)
  })

  test.each(people)('$userName signs in with the printed password and holds the role of $role in $area', async ({ userName, name, role, area }) => {
    const me = (await (await signIn(userName)).ask('GET', '/api/me')).json()
    expect(me).toMatchObject({ person: { name, demo: true }, grants: [{ role, area }] })
    expect(name, 'labelled as an example wherever the name stands').toContain('ตัวอย่าง')
  })

  test('one of them stands for each role', () => {
    expect(people.map(person => person.role).sort()).toEqual(['administrator', 'analyst', 'auditor', 'collector', 'national-integrator', 'provincial-integrator', 'tambon-integrator'])
  })

  test('work in a team of an invented university, with scattered tambons', async () => {
    const [team] = (await (await signIn('somsak')).ask('GET', '/api/teams')).json().items
    expect(team).toMatchObject({ university: { th: 'มหาวิทยาลัยตัวอย่าง' }, members: 2, areas: [{ code: 'TH580104' }, { code: 'TH580305' }, { code: 'TH580703' }] })
  })

  test('come once: a second start changes nothing', async () => {
    await settle('1')
    expect((await (await signIn('mali')).ask('GET', '/api/me')).json().grants).toHaveLength(1)
  })

  test('stay outside of an installation that others can reach, also when they came before', async () => {
    const mali = await signIn('mali')
    await settle('0')
    expect((await mali.ask('GET', '/api/me')).statusCode).toBe(401)
    expect((await (await signIn('mali')).ask('GET', '/api/me')).statusCode).toBe(401)
    await settle('1')
    expect((await mali.ask('GET', '/api/me')).statusCode).toBe(200)
  })
})

describe('the invented figures of Mae Hong Son', () => {
  test('are seen by Mali in her tambon alone, with a source that says they are invented', async () => {
    const mali = await signIn('mali')
    const [own, ...others] = await figures(mali, 'area=TH58&level=tambon')
    expect([own?.area, own?.internal, others]).toEqual(['TH580703', true, []])
    const villages = await figures(mali, 'area=TH580703&level=village')
    expect(villages.reduce((sum, { numerator }) => sum + (numerator ?? 0), 0)).toBe(own?.numerator)
    const page = (await mali.ask('GET', '/api/profile/TH580703')).json()
    expect(page.headlines.find((each: { indicator: { id: string } }) => each.indicator.id === 'target-poor')).toMatchObject({ source: 'demo-tpmap-2561', own: { numerator: own?.numerator } })
    expect(page.sources.find((source: { id: string }) => source.id === 'demo-tpmap-2561').title.en).toContain('Invented')
  })

  test('add up to the real row of the province, which Somsak sees from the real source', async () => {
    const somsak = await signIn('somsak')
    const tambons = [...await figures(somsak, 'area=TH58&level=tambon'), ...await figures(somsak, 'area=TH58&level=municipal-part')]
    expect(tambons).toHaveLength(48)
    const [province] = await figures(somsak, 'area=TH58')
    expect(province).toMatchObject({ status: 'published' })
    expect(tambons.reduce((sum, { numerator }) => sum + (numerator ?? 0), 0)).toBe(province?.numerator)
  })

  test('leave the map of the nation as everyone sees it, and are not open to anyone', async () => {
    const stranger = new Browser(app)
    for (const level of ['province', 'district']) {
      const open = await figures(stranger, `area=TH&level=${level}`)
      if (level === 'province') expect(await figures(await signIn('wilaiphon'), `area=TH&level=${level}`)).toEqual(open)
      else expect(open).toEqual([])
    }
    expect(await figures(stranger, 'area=TH58&level=tambon')).toEqual([])
    expect((await stranger.ask('GET', '/api/figures?indicator=target-poor&source=demo-tpmap-2561&area=TH58')).statusCode).toBe(404)
  })
})
