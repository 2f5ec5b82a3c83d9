import { beforeAll, describe, expect, test } from 'vitest'
import type { FastifyInstance } from 'fastify'
import type { PersonId } from '../../domain/base/ids.ts'
import { readAs, SYSTEM } from '../../server/db/scope.ts'
import { freshDatabase, startApp, type Fresh } from '../setup/fresh.ts'
import { Browser, makePerson, PASSWORD } from '../setup/people.ts'

const OWN = 'TH580703', NEIGHBOUR = 'TH580702', UNKNOWN = '0de30000-0000-4000-8000-00000000dead'
let database: Fresh, app: FastifyInstance
let mali: PersonId, khamkaeo: PersonId, foreigner: PersonId, admin: PersonId, pricha: Browser, somsak: Browser, tambon: Browser

beforeAll(async () => {
  database = await freshDatabase()
  app = await startApp(database)
  admin = await makePerson(database, { userName: 'pricha', home: 'TH', role: 'administrator' })
  await makePerson(database, { userName: 'somsak', home: 'TH58', role: 'provincial-integrator' })
  mali = await makePerson(database, { userName: 'mali', name: 'มะลิ ใจดี', home: OWN, role: 'tambon-integrator' })
  khamkaeo = await makePerson(database, { userName: 'khamkaeo', name: 'คำแก้ว มั่นคง', home: OWN, role: 'collector' })
  foreigner = await makePerson(database, { userName: 'boonmi', name: 'บุญมี มั่นคง', home: NEIGHBOUR, role: 'collector' })
  ;[pricha, somsak, tambon] = await Promise.all(['pricha', 'somsak', 'mali'].map(signIn)) as [Browser, Browser, Browser]
})

async function signIn(userName: string): Promise<Browser> {
  const browser = new Browser(app)
  await browser.signIn(userName)
  return browser
}

const list = async (browser: Browser, query = '') => (await browser.ask('GET', `/api/people?${query}`)).json().items as { id: string; name: string; grants: { area: string; role: string; id: string }[] }[]
const give = (browser: Browser, person: string, role: string, areas: string[], until: string | null = null) =>
  browser.ask('POST', '/api/grants', { person, role, areas, from: '2020-01-01', until })
/** What the audit says of somebody. */
const actions = (about: PersonId) => readAs(database.app, SYSTEM, async tx =>
  (await tx.selectFrom('audit.line').where('about', '=', about).select('action').orderBy('id').execute()).map(line => line.action))

describe('the list of people', () => {
  test('shows Mali those of her tambon, Somsak those of the province, Pricha all', async () => {
    expect((await list(tambon)).map(person => person.id).sort()).toEqual([mali, khamkaeo].sort())
    expect(await list(somsak)).toHaveLength(4)
    expect(await list(pricha)).toHaveLength(5)
  })
  test('is searched by whole words, whichever of their name, and narrowed by role and place', async () => {
    expect((await list(somsak, `q=${encodeURIComponent('มั่นคง')}`)).map(person => person.id).sort()).toEqual([khamkaeo, foreigner].sort())
    expect((await list(tambon, `q=${encodeURIComponent('มั่นคง')}`)).map(person => person.id)).toEqual([khamkaeo])
    expect((await list(pricha, 'q=KHAMKAEO')).map(person => person.id)).toEqual([khamkaeo])
    expect(await list(pricha, 'role=administrator')).toHaveLength(1)
    expect((await list(pricha, `area=${NEIGHBOUR}`)).map(person => person.id)).toEqual([foreigner])
    expect(await list(tambon, `area=${NEIGHBOUR}`)).toEqual([])
  })
  test('goes on page by page, each person once', async () => {
    const seen: string[] = []
    for (let after = ''; ;) {
      const page = (await pricha.ask('GET', `/api/people?limit=2${after}`)).json()
      seen.push(...page.items.map((person: { id: string }) => person.id))
      if (!page.next) break
      after = `&after=${page.next}`
    }
    expect(seen).toHaveLength(5)
    expect(new Set(seen).size).toBe(5)
  })
  test('a person of the neighbouring tambon and an unknown one are the same to Mali', async () => {
    const [foreign, unknown] = await Promise.all([foreigner, UNKNOWN].map(id => tambon.ask('GET', `/api/people/${id}`)))
    expect([foreign?.statusCode, foreign?.json().detail]).toEqual([404, unknown?.json().detail])
    expect((await tambon.ask('GET', `/api/people/${khamkaeo}`)).json()).toMatchObject({ name: 'คำแก้ว มั่นคง', grants: [{ area: OWN, role: 'collector' }] })
    expect(await actions(khamkaeo)).toContain('person.see')
  })
})

describe('a grant', () => {
  test('beyond the giver in role, place or time is refused whole, and the audit hears of it', async () => {
    for (const [role, areas] of [['tambon-integrator', [OWN]], ['collector', [OWN, NEIGHBOUR]], ['administrator', ['TH']]] as const) {
      const reply = await give(tambon, khamkaeo, role, [...areas])
      expect([reply.statusCode, reply.json().code], role).toEqual([403, 'access/exceeds'])
    }
    expect((await list(tambon)).find(person => person.id === khamkaeo)?.grants).toHaveLength(1)
    expect((await actions(khamkaeo)).filter(action => action === 'grant.refuse')).toHaveLength(3)
  })
  test('is given in all places at once, says who gave it, and ends', async () => {
    const reply = await give(somsak, khamkaeo, 'tambon-integrator', [OWN, NEIGHBOUR])
    expect(reply.statusCode, reply.body).toBe(200)
    const me = (await (await signIn('khamkaeo')).ask('GET', '/api/me')).json()
    expect(me.grants.filter((grant: { givenByName: string }) => grant.givenByName === 'somsak')).toHaveLength(2)
    expect(me.rights.find((each: { right: string }) => each.right === 'manage-people').areas).toEqual([NEIGHBOUR, OWN])
    for (const { id } of reply.json().grants) expect((await somsak.ask('POST', `/api/grants/${id}/end`)).statusCode).toBe(200)
    expect((await (await signIn('khamkaeo')).ask('GET', '/api/me')).json().rights).toEqual([{ right: 'collect', areas: [OWN] }, { right: 'see-records', areas: [OWN] }])
    expect(await actions(khamkaeo)).toEqual(expect.arrayContaining(['grant.give', 'grant.end']))
  })
  test('cannot be given to oneself, in a place that is not there, to somebody unknown, or for a time that is over', async () => {
    const codes = await Promise.all([
      give(pricha, admin, 'provincial-integrator', ['TH58']), give(pricha, mali, 'collector', ['TH589999']),
      give(tambon, UNKNOWN, 'collector', [OWN]), give(tambon, foreigner, 'collector', [OWN]), give(pricha, mali, 'collector', [OWN], '2021-01-01'),
    ])
    expect(codes.map(reply => reply.json().code)).toEqual(['access/own-role', 'access/ended-area', 'access/not-there', 'access/not-there', 'access/bad-dates'])
  })
  test('above oneself cannot be ended, nor that of the last administrator', async () => {
    const grantOf = async (person: string) => (await list(pricha)).find(one => one.id === person)?.grants[0]?.id
    expect((await somsak.ask('POST', `/api/grants/${await grantOf(admin)}/end`)).statusCode).toBe(404)
    expect((await pricha.ask('POST', `/api/grants/${await grantOf(admin)}/end`)).json().code).toBe('access/last-administrator')
  })
})

test('an integrator of the district of Bueng Kan, named in 2010, answers for the town district of the new province and for no more of it', async () => {
  await makePerson(database, { userName: 'boon', home: 'TH4303', role: 'tambon-integrator', from: '2010-01-01' })
  const boon = await signIn('boon')
  const me = (await boon.ask('GET', '/api/me')).json()
  expect(me.grants).toMatchObject([{ area: 'TH3801', areaName: { en: 'Mueang Bueng Kan District' } }])
  const answers = await Promise.all(['TH380101', 'TH3802', 'TH38', 'TH4301'].map(area => boon.ask('GET', `/api/access/explain?area=${area}&right=see-internal-figures`)))
  expect(answers.map(reply => reply.json().may)).toEqual([true, false, false, false])
})

describe('an explanation', () => {
  const explained = async (browser: Browser, area: string, right = 'see-internal-figures') => (await browser.ask('GET', `/api/access/explain?area=${area}&right=${right}`)).json()

  test('says because of which grant, or what is missing and who can help, in both languages', async () => {
    expect(await explained(tambon, OWN)).toMatchObject({ may: true, ask: [], because: { en: expect.stringContaining('because you are tambon integrator of Tham Lot Tambon'), th: expect.stringContaining('ตำบลถ้ำลอด') } })
    const refused = await explained(tambon, NEIGHBOUR)
    expect(refused).toMatchObject({ may: false, because: { en: expect.stringContaining('only do so in Tham Lot Tambon') } })
    expect(refused.ask).toContainEqual({ role: 'provincial-integrator', area: 'TH58', name: null })
  })
  test('names people of one’s own places only', async () => {
    const named = (await explained(somsak, OWN, 'import-files')).ask
    expect(named).toEqual([{ role: 'administrator', area: 'TH', name: null }])
    const collector = await signIn('khamkaeo')
    expect((await explained(collector, OWN)).ask.map((one: { name: string | null }) => one.name)).toEqual([null, null, null])
  })
})

describe('a token', () => {
  test('is made within one’s own places, shows its secret once, opens them, and stops when it is revoked', async () => {
    const made = (await tambon.ask('POST', '/api/tokens', { name: 'R script', areas: [OWN], days: 30 })).json()
    const me = () => app.inject({ url: '/api/me', headers: { authorization: `Bearer ${made.secret}` } })
    expect((await me()).json().rights.find((each: { right: string }) => each.right === 'see-internal-figures').areas).toEqual([OWN])
    const listed = await tambon.ask('GET', '/api/tokens')
    expect(listed.json().items).toMatchObject([{ id: made.token.id, name: 'R script' }])
    expect(listed.body).not.toContain(made.secret)
    expect((await app.inject({ method: 'POST', url: '/api/tokens', headers: { authorization: `Bearer ${made.secret}` }, payload: { name: 'x', areas: [OWN], days: 366 } })).json().code).toBe('access/token-by-token')
    expect((await tambon.ask('DELETE', `/api/tokens/${made.token.id}`)).statusCode).toBe(200)
    expect((await me()).statusCode).toBe(401)
    expect((await somsak.ask('DELETE', `/api/tokens/${made.token.id}`)).statusCode).toBe(404)
  })
  test('cannot reach farther than its maker', async () => {
    expect((await tambon.ask('POST', '/api/tokens', { name: 'all', areas: ['TH58'], days: 1 })).json().code).toBe('access/exceeds')
  })
})

describe('a link for a new password', () => {
  test('is made by the integrator of the place, and lets the person choose one', async () => {
    const reply = await tambon.ask('POST', `/api/people/${khamkaeo}/reset-link`)
    const token = new URL(reply.json().url).searchParams.get('token')
    const stranger = new Browser(app)
    expect((await stranger.ask('POST', '/api/auth/reset', { token, password: 'ดอกบัวตองบานเดือนพฤศจิกายน' })).statusCode).toBe(200)
    expect((await stranger.ask('POST', '/api/auth/sign-in', { name: 'khamkaeo', password: PASSWORD })).statusCode).toBe(401)
  })
  test('is not a way to become somebody above oneself', async () => {
    await give(pricha, khamkaeo, 'administrator', ['TH'])
    expect((await tambon.ask('POST', `/api/people/${khamkaeo}/reset-link`)).json().code).toBe('access/reset-beyond')
    expect((await tambon.ask('POST', `/api/people/${foreigner}/reset-link`)).statusCode).toBe(404)
  })
})
