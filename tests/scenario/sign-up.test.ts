import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import type { FastifyInstance } from 'fastify'
import { AreaCode } from '../../domain/base/ids.ts'
import { signInProblems } from '../../domain/access/problems.sign-in.ts'
import { makeFindViewer } from '../../server/access/read.viewer.ts'
import { makeDoor } from '../../server/auth/door.ts'
import { mountDoor } from '../../server/auth/mount.ts'
import { SYSTEM, readAs } from '../../server/db/scope.ts'
import { makeServer } from '../../server/http/server.ts'
import { environmentOf } from '../setup/database.ts'
import { freshDatabase, type Fresh } from '../setup/fresh.ts'
import { Browser, listNotes, PASSWORD } from '../setup/people.ts'

const INVITE = 'an invitation that holds'
let database: Fresh, app: FastifyInstance
/** The door with one invitation to a tambon; where invitations come from is the team room's matter. */
beforeAll(async () => {
  database = await freshDatabase()
  const environment = environmentOf(inject('cluster'), database.name)
  const door = makeDoor({ environment, database })
  app = await makeServer({
    environment, pools: database, rooms: [], version: 'test', health: async () => {}, findViewer: makeFindViewer(door),
    mount: api => mountDoor(api, door, { hold: async (_, secret) => hold(secret), accept: async () => {} }),
  })
})
afterAll(() => app.close())

function hold(secret: string): AreaCode {
  if (secret !== INVITE) throw signInProblems.inviteEnded({})
  return AreaCode.parse('TH580101')
}

const wanted = { invite: INVITE, name: 'มาลี ใจงาม', userName: 'Malee.J', password: PASSWORD }
const signUp = (change: object = {}) => {
  const browser = new Browser(app)
  return browser.post('/api/auth/sign-up', { ...wanted, ...change }).then(reply => ({ browser, reply }))
}

test('whoever is invited makes an account, is at home in the inviter’s place and signed in at once', async () => {
  const { browser, reply } = await signUp()
  expect(reply.statusCode).toBe(200)
  const { person } = reply.json()
  expect((await browser.get('/api/auth/account')).json()).toEqual({ userName: 'malee.j', email: null, secondFactor: false, thaid: false })
  const made = await readAs(database.app, SYSTEM, tx => tx.selectFrom('access.person').where('id', '=', person).where('area_code', '>=', AreaCode.parse('TH')).selectAll().executeTakeFirst())
  expect(made).toMatchObject({ area_code: 'TH580101', name: 'มาลี ใจงาม', user_name: 'malee.j', email: null, demo: false })
  expect(await listNotes(database, person)).toEqual(['account.make', 'sign-in.ok (invitation)'])
  expect((await new Browser(app).signIn('malee.j')).statusCode).toBe(200)
})

test.each([
  ['an invitation that does not hold', { invite: 'an invitation of last year' }, 'sign-in/invite-ended'],
  ['a name that is taken, in whatever case', { userName: 'MALEE.j' }, 'sign-in/name-taken'],
  ['a password like the name', { userName: 'somchai-jaidee', password: 'somchai-jaidee1' }, 'sign-in/weak-password'],
  ['a short password', { userName: 'somchai', password: 'short' }, 'base/bad-request'],
  ['a user name that cannot be', { userName: '../admin' }, 'base/bad-request'],
])('with %s no account and no person is made', async (_, change, code) => {
  const count = () => readAs(database.app, SYSTEM, tx => tx.selectFrom('access.person').where('area_code', '>=', AreaCode.parse('TH')).select(({ fn }) => fn.countAll<number>().as('n')).executeTakeFirst())
  const accounts = () => database.auth.selectFrom('auth.user').select(({ fn }) => fn.countAll<number>().as('n')).executeTakeFirst()
  await signUp()
  const before = [await count(), await accounts()]
  const { browser, reply } = await signUp(change)
  expect(reply.json().code).toBe(code)
  expect([await count(), await accounts()]).toEqual(before)
  expect((await browser.get('/api/auth/account')).statusCode).toBe(401)
})
