import pg from 'pg'
import type { FastifyInstance } from 'fastify'
import { beforeAll, describe, expect, test } from 'vitest'
import { freshDatabase, startApp, type Fresh } from '../setup/fresh.ts'
import { Browser, listNotes, makePerson } from '../setup/people.ts'
import { startProvider, type Provider } from '../setup/thaid.ts'

const SITE = 'http://rakkaeo.test'
const MALEE = '1509900000011', STRANGER = '3509900000029'

let database: Fresh
let provider: Provider
let app: FastifyInstance
type Pair = { provider: Provider; app: FastifyInstance }
let odd: Record<'audience' | 'key' | 'down', Pair>
let plain: FastifyInstance

async function open(wrong?: 'audience' | 'key'): Promise<Pair> {
  const made = await startProvider({ redirectUri: `${SITE}/api/auth/callback/thaid`, people: { malee: MALEE, stranger: STRANGER }, ...(wrong && { wrong }) })
  return { provider: made, app: await startApp(database, { RAKKAEO_URL: SITE, ...made.settings }) }
}
beforeAll(async () => {
  database = await freshDatabase()
  void ({ provider, app } = await open())
  odd = { audience: await open('audience'), key: await open('key'), down: await open() }
  plain = await startApp(database)
})

/** The browser comes back from the provider to where it was sent. */
async function comeBack(browser: Browser, address: string): Promise<string> {
  expect(address.startsWith(`${SITE}/api/auth/callback/thaid?`), address).toBe(true)
  const reply = await browser.get(address.slice(SITE.length))
  expect(reply.statusCode).toBe(302)
  return String(reply.headers.location)
}

async function link(browser: Browser, login: string): Promise<string> {
  const { url } = (await browser.post('/api/auth/thaid', { next: '/account' })).json()
  return comeBack(browser, await provider.signIn(url, login))
}

async function enter(browser: Browser, login: string, at = { provider, app }): Promise<string> {
  const { url } = (await browser.post('/api/auth/sign-in/thaid', { next: '/desk' })).json()
  return comeBack(browser, await at.provider.signIn(url, login))
}

describe('ThaID', () => {
  test('is asked with its own addresses, slash at the end, state, nonce and PKCE', async () => {
    const { url } = (await new Browser(app).post('/api/auth/sign-in/thaid', {})).json()
    const asked = new URL(url)
    expect(asked.origin + asked.pathname).toBe(`${provider.issuer}/api/v2/oauth2/auth/`)
    expect(Object.fromEntries(asked.searchParams)).toMatchObject({ response_type: 'code', scope: 'openid pid', redirect_uri: `${SITE}/api/auth/callback/thaid`, code_challenge_method: 'S256' })
    for (const name of ['state', 'nonce', 'code_challenge']) expect(asked.searchParams.get(name)?.length, name).toBeGreaterThan(20)
    expect((await new Browser(app).get('/api/auth/ways')).json()).toEqual({ thaid: true, mail: false })
  })

  test('lets in whoever linked it, and keeps nothing of the citizen’s number but a keyed hash', async () => {
    const malee = await makePerson(database, { userName: 'malee' })
    const browser = new Browser(app)
    await browser.signIn('malee')
    expect(await link(browser, 'malee')).toBe('/account')
    expect((await browser.get('/api/auth/account')).json()).toMatchObject({ thaid: true })

    const phone = new Browser(app)
    expect(await enter(phone, 'malee')).toBe('/desk')
    expect((await phone.get('/api/auth/account')).json()).toMatchObject({ userName: 'malee', thaid: true })
    expect(await listNotes(database, malee)).toEqual(['sign-in.ok (password)', 'thaid.link (thaid)', 'sign-in.ok (thaid)'])
    expect(await everythingIn(database)).not.toContain(MALEE)
  })

  test('does not let in whoever linked nothing, and makes no account', async () => {
    const before = await database.auth.selectFrom('auth.user').selectAll().execute()
    const browser = new Browser(app)
    expect(await enter(browser, 'stranger')).toBe('/sign-in?problem=sign-in%2Fthaid-unlinked')
    expect((await browser.get('/api/auth/account')).statusCode).toBe(401)
    expect(await database.auth.selectFrom('auth.user').selectAll().execute()).toEqual(before)
    expect(await everythingIn(database)).not.toContain(STRANGER)
  })

  test('of one person cannot be linked with two accounts', async () => {
    await makePerson(database, { userName: 'second-malee' })
    const browser = new Browser(app)
    await browser.signIn('second-malee')
    expect(await link(browser, 'malee')).toBe('/account?problem=sign-in%2Fthaid-taken')
  })

  test('unlinked again opens nothing', async () => {
    await makePerson(database, { userName: 'leaving' })
    const browser = new Browser(app)
    await browser.signIn('leaving')
    expect(await link(browser, 'stranger')).toBe('/account')
    expect((await browser.ask('DELETE', '/api/auth/thaid')).statusCode).toBe(200)
    expect(await enter(new Browser(app), 'stranger')).toBe('/sign-in?problem=sign-in%2Fthaid-unlinked')
  })

  test('answers only the browser that asked: another one with the same address in hand stays outside', async () => {
    const browser = new Browser(app)
    const { url } = (await browser.post('/api/auth/sign-in/thaid', {})).json()
    const back = await provider.signIn(url, 'malee')
    expect(await comeBack(new Browser(app), back)).toBe('/sign-in?problem=sign-in%2Fthaid-stopped')
    const replayed = new Browser(app)
    expect(await comeBack(replayed, back)).toContain('problem=')
    expect((await replayed.get('/api/auth/account')).statusCode).toBe(401)
  })

  test('leads on only inside this site', async () => {
    for (const next of ['https://elsewhere.example/', '//elsewhere.example/', '/\\elsewhere.example', 'javascript:alert(1)', '/a\r\nset-cookie: x=y']) {
      expect((await new Browser(app).post('/api/auth/sign-in/thaid', { next })).statusCode, next).toBe(400)
    }
  })
})

describe('A provider that cannot be trusted or reached', () => {
  test.each(['audience', 'key'] as const)('with a wrong %s of its token lets nobody in, says so, and is noted', async wrong => {
    const other = odd[wrong]
    const browser = new Browser(other.app)
    expect(await enter(browser, 'malee', other)).toBe('/sign-in?problem=sign-in%2Fthaid-failed')
    expect((await browser.get('/api/auth/account')).statusCode).toBe(401)
    expect(await listNotes(database)).toContain('sign-in.fail (thaid unable_to_get_user_info)')
  })

  test('that is down is said to be down; the password still opens', async () => {
    const other = odd.down
    const browser = new Browser(other.app)
    const { url } = (await browser.post('/api/auth/sign-in/thaid', {})).json()
    const back = await other.provider.signIn(url, 'malee')
    await other.provider.stop()
    expect(await comeBack(browser, back)).toBe('/sign-in?problem=sign-in%2Fthaid-down')
    expect(await listNotes(database)).toContain('sign-in.fail (thaid invalid_code)')
    expect((await browser.signIn('malee')).statusCode).toBe(200)
  })

  test('that is not set up is not offered', async () => {
    expect((await new Browser(plain).get('/api/auth/ways')).json()).toEqual({ thaid: false, mail: false })
    expect((await new Browser(plain).post('/api/auth/sign-in/thaid', {})).json()).toMatchObject({ code: 'sign-in/no-thaid' })
  })
})

/** Every value of every table about accounts and audit, as text. */
async function everythingIn(house: Fresh): Promise<string> {
  const owner = new pg.Client({ connectionString: house.url })
  await owner.connect()
  const tables = ['auth.user', 'auth.session', 'auth.account', 'auth.verification', 'auth.attempt', 'access.person', 'audit.line']
  const texts: string[] = []
  for (const table of tables) texts.push((await owner.query(`select coalesce(string_agg(t::text, chr(10)), '') as all from ${table} t`)).rows[0].all)
  await owner.end()
  return texts.join('\n')
}
