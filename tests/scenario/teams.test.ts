import { beforeAll, describe, expect, test } from 'vitest'
import type { FastifyInstance } from 'fastify'
import { SYSTEM, writeAs } from '../../server/db/scope.ts'
import { freshDatabase, startApp, type Fresh } from '../setup/fresh.ts'
import { Browser, makePerson, PASSWORD } from '../setup/people.ts'

const OWN = 'TH580703', NEIGHBOUR = 'TH580702', FAR = 'TH580305'
const NAMES = { name: { th: 'ทีมถ้ำลอด', en: 'Team Tham Lot' }, university: { th: 'มหาวิทยาลัยตัวอย่าง', en: 'Example University' } }
let database: Fresh, app: FastifyInstance, somsak: Browser, mali: Browser, other: Browser, team: string

beforeAll(async () => {
  database = await freshDatabase()
  app = await startApp(database)
  await makePerson(database, { userName: 'somsak', home: 'TH58', role: 'provincial-integrator' })
  await makePerson(database, { userName: 'mali', home: OWN, role: 'tambon-integrator' })
  await makePerson(database, { userName: 'other', home: NEIGHBOUR, role: 'tambon-integrator' })
  ;[somsak, mali, other] = await Promise.all(['somsak', 'mali', 'other'].map(signIn)) as [Browser, Browser, Browser]
  const made = await somsak.ask('POST', '/api/teams', { ...NAMES, areas: [OWN, FAR] })
  expect(made.statusCode, made.body).toBe(200)
  team = made.json().id
})

async function signIn(userName: string): Promise<Browser> {
  const browser = new Browser(app)
  await browser.signIn(userName)
  return browser
}

async function invite(browser: Browser, more: object = {}): Promise<{ secret: string; id: string }> {
  const reply = await browser.ask('POST', '/api/invites', { team, role: 'collector', areas: [OWN], until: null, uses: 1, days: 7, ...more })
  expect(reply.statusCode, reply.body).toBe(200)
  return { secret: new URL(reply.json().url).pathname.split('/').at(-1) as string, id: reply.json().invite.id }
}

const join = (secret: string, userName: string) => new Browser(app).ask('POST', '/api/auth/sign-up', { invite: secret, name: userName, userName, password: PASSWORD })
const read = (secret: string) => new Browser(app).ask('POST', '/api/invites/read', { secret })

describe('a team with scattered tambons', () => {
  test('is seen by whoever holds one of them, with what lies there, and by nobody else', async () => {
    expect((await somsak.ask('GET', '/api/teams')).json().items).toMatchObject([{ id: team, areas: [{ code: FAR }, { code: OWN }] }])
    expect((await mali.ask('GET', '/api/teams')).json().items).toMatchObject([{ id: team, areas: [{ code: OWN }], members: 0 }])
    expect((await other.ask('GET', '/api/teams')).json().items).toEqual([])
    expect((await other.ask('GET', `/api/teams/${team}`)).statusCode).toBe(404)
  })
  test('is changed only by somebody who holds all of its places', async () => {
    expect((await mali.ask('PUT', `/api/teams/${team}`, { ...NAMES, areas: [OWN] })).statusCode).toBe(404)
    expect((await somsak.ask('PUT', `/api/teams/${team}`, { ...NAMES, areas: [OWN, FAR, 'TH500101'] })).json().code).toBe('access/exceeds')
    expect((await somsak.ask('PUT', `/api/teams/${team}`, { ...NAMES, areas: [OWN, FAR, NEIGHBOUR] })).statusCode).toBe(200)
    expect((await other.ask('GET', '/api/teams')).json().items).toMatchObject([{ areas: [{ code: NEIGHBOUR }] }])
    // a team moves: who holds where it is now changes it, and nobody else
    expect((await somsak.ask('PUT', `/api/teams/${team}`, { ...NAMES, areas: [NEIGHBOUR] })).statusCode).toBe(200)
    expect((await mali.ask('PUT', `/api/teams/${team}`, { ...NAMES, areas: [OWN] })).statusCode).toBe(404)
    expect((await other.ask('PUT', `/api/teams/${team}`, { ...NAMES, areas: [NEIGHBOUR] })).statusCode).toBe(200)
    expect((await somsak.ask('PUT', `/api/teams/${team}`, { ...NAMES, areas: [OWN, FAR, NEIGHBOUR] })).statusCode).toBe(200)
  })
  test('cannot be made where one holds nothing', async () => {
    expect((await mali.ask('POST', '/api/teams', { ...NAMES, areas: [OWN, FAR] })).json().code).toBe('access/exceeds')
  })
})

describe('an invitation', () => {
  test('says what it gives, and brings a new person in with an account, the role and the team', async () => {
    const { secret } = await invite(mali)
    expect((await read(secret)).json()).toMatchObject({ role: 'collector', areas: [{ code: OWN, name: { th: 'ตำบลถ้ำลอด' } }], team: NAMES.name })
    const joined = await join(secret, 'khamkaeo')
    expect(joined.statusCode, joined.body).toBe(200)
    expect((await (await signIn('khamkaeo')).ask('GET', '/api/me')).json().grants).toMatchObject([{ role: 'collector', area: OWN, givenByName: 'mali' }])
    expect((await mali.ask('GET', `/api/teams/${team}`)).json()).toMatchObject({ team: { members: 1 }, members: [{ name: 'khamkaeo', role: 'collector', areas: [OWN] }] })
    expect((await other.ask('GET', `/api/teams/${team}`)).json().members).toEqual([])
  })
  test('that is used up, ended, expired or never was gives one and the same answer', async () => {
    const used = await invite(mali), ended = await invite(mali), expired = await invite(mali)
    expect((await join(used.secret, 'first')).statusCode).toBe(200)
    expect((await mali.ask('DELETE', `/api/invites/${ended.id}`)).statusCode).toBe(200)
    await writeAs(database.app, SYSTEM, tx => tx.updateTable('team.invite').set({ expires_at: new Date(0) }).where('id', '=', expired.id as never).execute())
    const replies = await Promise.all([used.secret, ended.secret, expired.secret, 'x'.repeat(43)].map(read))
    expect(new Set(replies.map(reply => reply.body)).size).toBe(1)
    expect(replies[0]?.json().code).toBe('sign-in/invite-ended')
    expect((await join(used.secret, 'second')).json().code).toBe('sign-in/invite-ended')
  })
  test('for one lets one in, also when two come at once', async () => {
    const { secret } = await invite(mali)
    const replies = await Promise.all([join(secret, 'early'), join(secret, 'late')])
    expect(replies.map(reply => reply.statusCode).sort()).toEqual([200, 400])
  })
  test('gives no more than its maker holds, when it is made and when it is followed', async () => {
    const beyond = await mali.ask('POST', '/api/invites', { team: null, role: 'tambon-integrator', areas: [OWN], until: null, uses: 1, days: 7 })
    expect(beyond.json().code).toBe('access/exceeds')
    const { secret } = await invite(other, { team: null, areas: [NEIGHBOUR] })
    await writeAs(database.app, SYSTEM, tx => tx.updateTable('access.grant').set({ ended_at: new Date() }).where('area_code', '=', NEIGHBOUR as never).where('role', '=', 'tambon-integrator').execute())
    expect((await read(secret)).json().code).toBe('sign-in/invite-ended')
    expect((await join(secret, 'too-late')).json().code).toBe('sign-in/invite-ended')
  })
  test('gives somebody with an account a further role, but nobody one of their own making', async () => {
    const { secret } = await invite(somsak, { role: 'analyst', areas: [FAR] })
    expect((await somsak.ask('POST', '/api/invites/accept', { secret })).json().code).toBe('access/own-role')
    expect((await mali.ask('POST', '/api/invites/accept', { secret })).statusCode).toBe(200)
    expect((await mali.ask('GET', '/api/me')).json().grants.map((grant: { area: string }) => grant.area)).toEqual([FAR, OWN])
  })
})
