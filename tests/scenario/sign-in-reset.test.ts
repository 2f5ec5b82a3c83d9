import { inject, beforeAll, describe, expect, test } from 'vitest'
import type { FastifyInstance } from 'fastify'
import { sql } from 'kysely'
import { makeOneTimeLink } from '../../server/auth/accounts.ts'
import { makeDoor } from '../../server/auth/door.ts'
import { rakkaeo } from '../setup/command.ts'
import { environmentOf } from '../setup/database.ts'
import { freshDatabase, startApp, type Fresh } from '../setup/fresh.ts'
import { Browser, listNotes, makePerson, PASSWORD } from '../setup/people.ts'
import { openPostOffice, type PostOffice } from '../setup/post-office.ts'

const NEW = 'ส้มตำปูปลาร้า 2562'
let database: Fresh, app: FastifyInstance, plain: FastifyInstance, post: PostOffice
beforeAll(async () => {
  database = await freshDatabase()
  post = await openPostOffice()
  app = await startApp(database, { RAKKAEO_URL: 'https://data.example.go.th', RAKKAEO_SMTP_URL: post.url })
  plain = await startApp(database)
})
const tokenIn = (text: string) => decodeURIComponent(/reset\?token=([^\s]+)/.exec(text)?.[1] ?? '')
const reset = (token: string, password = NEW) => new Browser(app).post('/api/auth/reset', { token, password })

describe('A forgotten password', () => {
  test('comes by e-mail in both languages: one link, once; every session ends', async () => {
    const malee = await makePerson(database, { userName: 'malee', email: 'malee@example.org' })
    const phone = new Browser(app)
    await phone.signIn('malee')
    expect((await new Browser(app).post('/api/auth/reset/ask', { email: 'Malee@example.org' })).statusCode).toBe(200)
    const letter = await post.next()
    expect(letter).toContain('https://data.example.go.th/reset?token=')
    expect(letter).toContain('ใช้ได้ครั้งเดียว')
    expect(letter).toContain('it works once')
    expect(post.letters.at(-1)?.to).toEqual(['malee@example.org'])

    expect((await reset(tokenIn(letter), 'aaaaaaaaaaaa')).json().code).toBe('sign-in/weak-password')
    expect((await reset(tokenIn(letter))).statusCode).toBe(200)
    expect((await reset(tokenIn(letter))).json().code).toBe('sign-in/link-expired')
    expect((await phone.get('/api/auth/account')).statusCode).toBe(401)
    expect((await new Browser(app).signIn('malee')).statusCode).toBe(401)
    expect((await new Browser(app).signIn('malee', NEW)).statusCode).toBe(200)
    const notes = await listNotes(database, malee)
    for (const line of ['password.reset-ask', 'password.reset-mail', 'password.reset']) expect(notes).toContain(line)
    expect(await listNotes(database)).toContain('password.reset-fail (expired-link)')
  })

  test('tells nobody whether there is an account: the same answer, in the same time, and no letter', async () => {
    await makePerson(database, { userName: 'known', email: 'known@example.org' })
    const before = post.letters.length
    const time = async (email: string) => {
      const began = performance.now()
      const reply = await new Browser(app).post('/api/auth/reset/ask', { email })
      return { reply, took: performance.now() - began }
    }
    await time('first@example.org')
    const known = await time('known@example.org'), unknown = await time('unknown@example.org')
    expect(known.reply.body).toBe(unknown.reply.body)
    expect(Math.abs(known.took - unknown.took)).toBeLessThan(500)
    await post.next()
    expect(post.letters).toHaveLength(before + 1)
  })

  test('is not a way to fill somebody’s letter box', async () => {
    await makePerson(database, { userName: 'boxed', email: 'boxed@example.org' })
    const replies = []
    for (let round = 0; round < 8; round++) replies.push((await new Browser(app).post('/api/auth/reset/ask', { email: 'boxed@example.org' })).statusCode)
    expect(replies).toEqual([200, 200, 200, 200, 200, 429, 429, 429])
  })

  test('without a mail server is said so: the team’s integrator gives a link', async () => {
    expect((await new Browser(plain).post('/api/auth/reset/ask', { email: 'malee@example.org' })).json()).toMatchObject({ code: 'sign-in/no-mail', detail: expect.stringContaining('ผู้ประสานของทีม') })
  })

  test('with a one-time link of the integrator, which works once and for a day, and opens a locked door', async () => {
    const somsak = await makePerson(database, { userName: 'somsak' })
    const door = makeDoor({ environment: environmentOf(inject('cluster'), database.name), database })
    for (let round = 0; round < 5; round++) await new Browser(app).signIn('somsak', 'wrong password')
    expect((await new Browser(app).signIn('somsak')).statusCode).toBe(429)
    const { url, expiresAt } = await makeOneTimeLink(door, somsak)
    expect(expiresAt.getTime() - Date.now()).toBeGreaterThan(86_000_000)
    expect((await reset(tokenIn(url))).statusCode).toBe(200)
    expect((await new Browser(app).signIn('somsak', NEW)).statusCode).toBe(200)

    const late = await makeOneTimeLink(door, somsak)
    await sql`update auth.verification set expires_at = now() - interval '1 second'`.execute(database.auth)
    expect((await reset(tokenIn(late.url))).json().code).toBe('sign-in/link-expired')
    expect((await reset('a-link-that-never-was-there')).json().code).toBe('sign-in/link-expired')
  })

  test('leaves no link in the database that somebody who reads it could follow', async () => {
    const id = await makePerson(database, { userName: 'hashed' })
    const { url } = await makeOneTimeLink(makeDoor({ environment: environmentOf(inject('cluster'), database.name), database }), id)
    const { rows } = await sql<{ all: string }>`select string_agg(v::text, ' ') as all from auth.verification v`.execute(database.auth)
    expect(rows[0]?.all).not.toContain(tokenIn(url))
  })
})

describe('The first administrator', () => {
  const env = () => ({ DATABASE_URL: database.url, RAKKAEO_KEYS: inject('cluster').keysFile, RAKKAEO_URL: 'https://data.example.go.th' })

  test('gets a one-time link from the command line, chooses a password and is administrator of the nation', async () => {
    const made = await rakkaeo(['admin', 'create', '--name', 'สมศรี ใจดี', '--user-name', 'somsri'], { env: env() })
    expect(made.code, made.err).toBe(0)
    expect(made.out.trim()).toMatch(/^https:\/\/data\.example\.go\.th\/first\?token=[\w-]{43}$/)
    const token = made.out.trim().split('token=')[1] as string
    expect((await reset(token)).statusCode).toBe(200)
    expect((await new Browser(app).signIn('somsri', NEW)).statusCode).toBe(200)
    expect(await listNotes(database)).toContain('admin.create')
    const again = await rakkaeo(['admin', 'create', '--user-name', 'somsri'], { env: env() })
    expect([again.code, again.err]).toEqual([1, expect.stringContaining('Choose another')])
  })

  test('gets another one when the telephone is lost, without the second factor', async () => {
    await makePerson(database, { userName: 'phoneless' })
    await sql`update auth."user" set two_factor_enabled = true where user_name = 'phoneless'`.execute(database.auth)
    const { out } = await rakkaeo(['admin', 'link', 'phoneless', '--without-second-factor'], { env: env() })
    expect((await reset(out.trim().split('token=')[1] as string)).statusCode).toBe(200)
    expect((await new Browser(app).signIn('phoneless', NEW)).json()).toEqual({ secondFactor: false })
    expect((await rakkaeo(['admin', 'link', 'nobody'], { env: env() })).code).toBe(1)
  })
})

test('an old password that was right keeps working for those who forgot nothing', async () => {
  await makePerson(database, { userName: 'unchanged' })
  expect((await new Browser(app).signIn('unchanged', PASSWORD)).statusCode).toBe(200)
})
