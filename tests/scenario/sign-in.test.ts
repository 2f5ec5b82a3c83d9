import type { FastifyInstance } from 'fastify'
import { beforeAll, describe, expect, inject, test } from 'vitest'
import type { PersonId } from '../../domain/base/ids.ts'
import { makeDoor } from '../../server/auth/door.ts'
import { askLibrary, findSignedIn } from '../../server/auth/sessions.ts'
import { environmentOf } from '../setup/database.ts'
import { freshDatabase, startApp, type Fresh } from '../setup/fresh.ts'
import { Browser, listNotes, makePerson, PASSWORD } from '../setup/people.ts'

let database: Fresh
let app: FastifyInstance
beforeAll(async () => { database = await freshDatabase(); app = await startApp(database) })

describe('Malee comes in by the front door', () => {
  test('with her user name or her e-mail, in whatever case, and goes out again', async () => {
    const malee = await makePerson(database, { userName: 'malee', email: 'malee@example.org', role: 'tambon-integrator' })
    for (const name of ['malee', 'MALEE ', 'Malee@example.org']) {
      const browser = new Browser(app)
      expect((await browser.get('/api/auth/account')).statusCode).toBe(401)
      const reply = await browser.signIn(name)
      expect(reply.json(), name).toEqual({ secondFactor: false })
      expect((await browser.get('/api/auth/account')).json()).toEqual({ userName: 'malee', email: 'malee@example.org', secondFactor: false, thaid: false })
      expect((await browser.post('/api/auth/sign-out')).statusCode).toBe(200)
      expect((await browser.get('/api/auth/account')).statusCode).toBe(401)
    }
    expect((await listNotes(database, malee)).slice(0, 2)).toEqual(['sign-in.ok (password)', 'sign-in.end'])
  })

  test('her cookie cannot be read by a script, is not sent by other sites, and is Secure behind TLS only', async () => {
    await makePerson(database, { userName: 'cookie-malee' })
    const plain = await new Browser(app).signIn('cookie-malee')
    const cookie = String(plain.headers['set-cookie'])
    expect(cookie).toMatch(/HttpOnly/i)
    expect(cookie).toMatch(/SameSite=Lax/i)
    expect(cookie).not.toMatch(/Secure/i)
    expect(plain.headers['cache-control']).toBe('private, no-store')
  })

  test('a cookie with another signature, or a session that has ended, opens nothing', async () => {
    await makePerson(database, { userName: 'forged' })
    const browser = new Browser(app)
    await browser.signIn('forged')
    const value = browser.jar.get('rakkaeo.session_token') as string
    const thief = new Browser(app)
    thief.jar.set('rakkaeo.session_token', value.replace(/^[^.]{4}/, 'AAAA'))
    expect((await thief.get('/api/auth/account')).statusCode).toBe(401)
    const { token } = await database.auth.selectFrom('auth.session').select('token').orderBy('created_at', 'desc').executeTakeFirstOrThrow()
    thief.jar.set('rakkaeo.session_token', token)
    expect((await thief.get('/api/auth/account')).statusCode).toBe(401)
    await database.auth.updateTable('auth.session').set({ expires_at: new Date(Date.now() - 1000) }).execute()
    expect((await browser.get('/api/auth/account')).statusCode).toBe(401)
  })

  test('who she is, is found at once as the library finds it, whatever stands in the cookie', async () => {
    const door = makeDoor({ environment: environmentOf(inject('cluster'), database.name), database }), browsers = [new Browser(app), new Browser(app)] as const
    const people = [await makePerson(database, { userName: 'at-once' }), await makePerson(database, { userName: 'at-twice' })]
    for (const [i, browser] of browsers.entries()) await browser.signIn(`at-${['once', 'twice'][i]}`)
    const [one, other] = browsers.map(browser => `rakkaeo.session_token=${browser.jar.get('rakkaeo.session_token')}`) as [string, string]
    const cookies = [
      one, `a=1; ${one}; b=2`, `${one}; ${other}`, `${other};${one}`, decodeURIComponent(one), one.replace('=', '="') + '"', `x${one}`, `${one.slice(0, -3)}`, `${one}x`,
      one.replace(/\.[^.]+$/, other.slice(other.lastIndexOf('.'))), one.replace(/=\w{4}/, '=AAAA'), one.replace(/%\w\w/g, '%'), 'rakkaeo.session_token=', 'rakkaeo.session_token=.', '',
    ]
    for (const cookie of cookies) expect(await findSignedIn(door, cookie), cookie).toEqual(await askLibrary(door, cookie))
    expect((await findSignedIn(door, one))?.person).toBe(people[0])
    await database.auth.updateTable('auth.session').set({ expires_at: new Date(Date.now() - 1000) }).where('user_id', '=', people[0] as PersonId).execute()
    expect([await findSignedIn(door, one), (await findSignedIn(door, other))?.person]).toEqual([null, people[1]])
  })
})

describe('A wrong password', () => {
  test('gets the same answer as an unknown name, a name that cannot be, and an account without a password; each leaves its line', async () => {
    const somchai = await makePerson(database, { userName: 'somchai', email: 'somchai@example.org' })
    const names = ['somchai', 'nobody-here', 'somchai@example.org', 'nobody@example.org', 'not an account!', 'x']
    const replies = await Promise.all(names.map(name => new Browser(app).signIn(name, 'wrong password')))
    for (const reply of replies) {
      expect(reply.statusCode).toBe(401)
      expect(reply.body).toBe(replies[0]?.body)
      expect(Object.keys(reply.headers)).toEqual(Object.keys(replies[0]?.headers ?? {}))
    }
    expect(replies[0]?.json()).toMatchObject({ code: 'sign-in/wrong', detail: expect.stringContaining('รหัสผ่านไม่ถูกต้อง') })
    expect(await listNotes(database, somchai)).toEqual(['sign-in.fail (password)', 'sign-in.fail (password)'])
  })

  test('takes as long as an unknown name', async () => {
    await makePerson(database, { userName: 'timed' })
    const time = async (name: string) => {
      const began = performance.now()
      await new Browser(app).signIn(name, 'wrong password')
      return performance.now() - began
    }
    await time('timed')
    const known: number[] = [], unknown: number[] = []
    for (let round = 0; round < 4; round++) { known.push(await time('timed')); unknown.push(await time(`unknown-${round}`)) }
    // the slow part is the password's hash, some 50 ms; an oracle would lack it
    expect(Math.min(...unknown)).toBeGreaterThan(Math.min(...known) * 0.5)
    expect(Math.min(...known)).toBeGreaterThan(Math.min(...unknown) * 0.5)
  })

  test('five times closes the door of that name for a while, for the right password and for names that nobody has alike', async () => {
    const suda = await makePerson(database, { userName: 'suda' })
    for (const name of ['suda', 'ghost']) {
      for (let round = 0; round < 5; round++) expect((await new Browser(app).signIn(name, 'wrong password')).statusCode).toBe(401)
      const locked = await new Browser(app).signIn(name)
      expect(locked.statusCode, name).toBe(429)
      expect(locked.json()).toMatchObject({ code: 'sign-in/locked', details: { waitSeconds: expect.any(Number) } })
      expect(locked.json().details.waitSeconds).toBeLessThanOrEqual(30)
    }
    expect((await listNotes(database, suda)).filter(line => line.startsWith('sign-in.lock'))).toHaveLength(1)
    await database.auth.updateTable('auth.attempt').set({ locked_until: new Date(Date.now() - 1000) }).execute()
    expect((await new Browser(app).signIn('suda', 'wrong password')).statusCode).toBe(401)
    const twice = (await new Browser(app).signIn('suda')).json().details.waitSeconds
    expect(twice).toBeGreaterThan(30)
    await database.auth.updateTable('auth.attempt').set({ locked_until: new Date(Date.now() - 1000) }).execute()
    expect((await new Browser(app).signIn('suda')).statusCode).toBe(200)
    expect((await new Browser(app).signIn('suda', 'wrong password')).statusCode).toBe(401)
  })

  test('many at once are not more tries than one after the other', async () => {
    await makePerson(database, { userName: 'rushed' })
    const replies = await Promise.all(Array.from({ length: 12 }, () => new Browser(app).signIn('rushed', 'wrong password')))
    expect(replies.filter(reply => reply.statusCode === 401)).toHaveLength(5)
    expect(replies.filter(reply => reply.statusCode === 429)).toHaveLength(7)
  })

  test('from one address, for ever new names, closes the door for that address only', async () => {
    await makePerson(database, { userName: 'neighbour' })
    const sprayer = new Browser(app, '203.0.113.9')
    let refused = 0
    for (let round = 0; round < 33; round++) if ((await sprayer.signIn(`victim-${round}`, 'wrong password')).statusCode === 429) refused++
    expect(refused).toBe(3)
    expect((await sprayer.signIn('neighbour')).statusCode).toBe(429)
    expect((await new Browser(app, '203.0.113.10').signIn('neighbour')).statusCode).toBe(200)
  })
})

describe('Her sessions', () => {
  test('are listed, and each can be ended from another one; somebody else’s cannot', async () => {
    const malee = await makePerson(database, { userName: 'two-places' })
    await makePerson(database, { userName: 'stranger' })
    const [phone, office, stranger] = [new Browser(app, '198.51.100.4'), new Browser(app), new Browser(app)]
    await phone.signIn('two-places')
    await office.signIn('two-places')
    await stranger.signIn('stranger')
    const { items } = (await office.get('/api/auth/sessions')).json()
    expect(items).toHaveLength(2)
    expect(JSON.stringify(items)).not.toContain('token')
    const other = items.find((item: { current: boolean }) => !item.current)
    expect(other.address).toBe('198.51.100.4')
    const foreign = await stranger.ask('DELETE', `/api/auth/sessions/${other.id}`)
    const unknown = await stranger.ask('DELETE', '/api/auth/sessions/00000000-0000-4000-8000-000000000000')
    expect(foreign.statusCode).toBe(404)
    expect(foreign.json().code).toBe(unknown.json().code)
    expect((await office.ask('DELETE', `/api/auth/sessions/${other.id}`)).statusCode).toBe(200)
    expect((await phone.get('/api/auth/account')).statusCode).toBe(401)
    expect((await office.get('/api/auth/account')).statusCode).toBe(200)
    expect(await listNotes(database, malee)).toContain('session.end')
  })

  test('end everywhere else when she changes her password, which takes the present one', async () => {
    await makePerson(database, { userName: 'changes' })
    const [phone, office] = [new Browser(app), new Browser(app)]
    await phone.signIn('changes')
    await office.signIn('changes')
    expect((await office.post('/api/auth/password', { current: 'wrong password', password: 'a long new phrase' })).json().code).toBe('sign-in/wrong-password')
    expect((await office.post('/api/auth/password', { current: PASSWORD, password: 'changes1' })).statusCode).toBe(400)
    expect((await office.post('/api/auth/password', { current: PASSWORD, password: 'changes123' })).json().code).toBe('sign-in/weak-password')
    expect((await office.post('/api/auth/password', { current: PASSWORD, password: 'a long new phrase' })).statusCode).toBe(200)
    expect((await office.get('/api/auth/account')).statusCode).toBe(200)
    expect((await phone.get('/api/auth/account')).statusCode).toBe(401)
    expect((await new Browser(app).signIn('changes')).statusCode).toBe(401)
    expect((await new Browser(app).signIn('changes', 'a long new phrase')).statusCode).toBe(200)
  })
})

test('only our own addresses of the door are there: none of the library’s can be reached', async () => {
  for (const path of ['sign-up/email', 'sign-in/email', 'sign-in/username', 'sign-in/social', 'get-session', 'update-user', 'delete-user', 'is-username-available', 'list-sessions', 'get-access-token', 'error', 'ok', 'reset-password/x', 'two-factor/enable']) {
    for (const method of ['GET', 'POST'] as const) expect((await new Browser(app).ask(method, `/api/auth/${path}`, method === 'POST' ? {} : undefined)).json(), path).toMatchObject({ code: 'base/no-such-route' })
  }
})
