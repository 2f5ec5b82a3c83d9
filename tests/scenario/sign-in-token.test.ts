import { randomUUID } from 'node:crypto'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { sql } from 'kysely'
import { beforeAll, describe, expect, inject, test } from 'vitest'
import { can, placesOf } from '../../domain/access/can.ts'
import { AreaCode, TokenId, type PersonId } from '../../domain/base/ids.ts'
import { makeFindViewer } from '../../server/access/read.viewer.ts'
import { makeDoor } from '../../server/auth/door.ts'
import { hashToken, makeTokenSecret } from '../../server/auth/tokens.ts'
import { readAs, SYSTEM, writeAs } from '../../server/db/scope.ts'
import { environmentOf } from '../setup/database.ts'
import { freshDatabase, startApp, type Fresh } from '../setup/fresh.ts'
import { Browser, listNotes, makePerson } from '../setup/people.ts'

let database: Fresh, app: FastifyInstance, find: ReturnType<typeof makeFindViewer>
beforeAll(async () => {
  database = await freshDatabase()
  app = await startApp(database)
  find = makeFindViewer(makeDoor({ environment: environmentOf(inject('cluster'), database.name), database }))
})

const A_DAY_MS = 86_400_000

async function giveToken(person: PersonId, areas: string[], expires = Date.now() + A_DAY_MS): Promise<{ secret: string; id: TokenId }> {
  const secret = makeTokenSecret(), id = TokenId.parse(randomUUID())
  await writeAs(database.app, { person, kind: 'person', areas: [] }, tx => tx.insertInto('auth.token').values({
    id, person_id: person, name: 'script', hash: hashToken(secret), areas: areas.map(area => AreaCode.parse(area)), expires_at: new Date(expires), last_used_at: null, revoked_at: null,
  }).execute())
  return { secret, id }
}
const asking = (headers: Record<string, string>) => find({ headers } as unknown as FastifyRequest)
const bearer = (secret: string) => asking({ authorization: `Bearer ${secret}` })

describe('A token', () => {
  test('speaks for its person in its own places only, and never beyond theirs', async () => {
    const malee = await makePerson(database, { userName: 'malee', role: 'tambon-integrator', areas: ['TH580101', 'TH580102'] })
    const { secret } = await giveToken(malee, ['TH580101', 'TH50'])
    const viewer = await bearer(secret)
    expect(viewer).toMatchObject({ via: 'token', person: { id: malee, userName: 'malee' }, onlyAreas: ['TH580101', 'TH50'] })
    expect(placesOf(viewer!, 'see-internal-figures')).toEqual(['TH580101'])
    expect(can(viewer!, 'see-internal-figures', AreaCode.parse('TH580102'))).toBe(false)
    expect(secret).toMatch(/^rk_[\w-]{43}$/)
  })

  test('that is unknown, expired or revoked is told to sign in, all alike; the last two leave a line', async () => {
    const somsak = await makePerson(database, { userName: 'somsak', role: 'administrator', areas: ['TH58'] })
    const good = await giveToken(somsak, ['TH58']), late = await giveToken(somsak, ['TH58'], Date.now() - 1000)
    const get = (secret: string) => app.inject({ url: '/api/imports', headers: { authorization: `Bearer ${secret}` } })
    expect((await get(good.secret)).statusCode).toBe(200)
    await writeAs(database.app, { person: somsak, kind: 'person', areas: [] }, tx => tx.updateTable('auth.token').set({ revoked_at: new Date() }).where('id', '=', good.id).execute())
    const replies = await Promise.all([good.secret, late.secret, makeTokenSecret(), 'x', ''].map(get))
    for (const reply of replies) {
      expect(reply.statusCode).toBe(401)
      expect(reply.body).toBe(replies[0]?.body)
    }
    expect((await listNotes(database, somsak)).filter(line => line === 'token.refuse')).toHaveLength(2)
  })

  test('of another person is not seen or changed, not even its hash; without a person none is', async () => {
    const own = await makePerson(database, { userName: 'own-token' }), other = await makePerson(database, { userName: 'other-token' })
    const { id } = await giveToken(own, ['TH'])
    const listAs = (person: PersonId | null) => readAs(database.app, { ...SYSTEM, person }, tx => tx.selectFrom('auth.token').select('id').where('id', '=', id).execute())
    expect(await listAs(own)).toEqual([{ id }])
    expect(await listAs(other)).toEqual([])
    expect(await listAs(null)).toEqual([])
    await expect(writeAs(database.app, { person: other, kind: 'person', areas: [] }, tx => tx.insertInto('auth.token').values({
      id: TokenId.parse(randomUUID()), person_id: own, name: 'forged', hash: hashToken('x'), areas: [AreaCode.parse('TH')], expires_at: new Date(), last_used_at: null, revoked_at: null,
    }).execute())).rejects.toThrow(/row-level security/)
  })

  test('remembers when it was last used, to the minute', async () => {
    const person = await makePerson(database, { userName: 'busy', role: 'analyst' })
    const { secret, id } = await giveToken(person, ['TH580101'])
    const used = () => database.auth.selectFrom('auth.token').select('last_used_at').where('id', '=', id).executeTakeFirstOrThrow().then(row => row.last_used_at?.getTime())
    expect(await used()).toBeUndefined()
    await bearer(secret)
    const first = await used()
    expect(Date.now() - (first ?? 0)).toBeLessThan(10_000)
    await bearer(secret)
    expect(await used()).toBe(first)
  })

  test('changes no account: passwords and sessions are for the person at a browser', async () => {
    const person = await makePerson(database, { userName: 'program' })
    const { secret } = await giveToken(person, ['TH580101'])
    expect((await app.inject({ url: '/api/auth/account', headers: { authorization: `Bearer ${secret}` } })).statusCode).toBe(401)
  })
})

describe('Who asks', () => {
  test('has the grants that hold today: not those of tomorrow, of yesterday, or ended', async () => {
    const day = (offset: number) => new Date(Date.now() + 7 * 3_600_000 + offset * A_DAY_MS).toISOString().slice(0, 10)
    for (const [userName, from, until, holds] of [['today', day(0), null, 1], ['tomorrow', day(1), null, 0], ['last-day', day(-5), day(1), 1], ['yesterday', day(-5), day(0), 0]] as const) {
      const person = await makePerson(database, { userName, role: 'analyst', from, until })
      const viewer = await bearer((await giveToken(person, ['TH580101'])).secret)
      expect(viewer?.grants, userName).toHaveLength(holds)
    }
    const ended = await makePerson(database, { userName: 'ended', role: 'analyst' })
    await writeAs(database.app, SYSTEM, tx => tx.updateTable('access.grant').set({ ended_at: new Date() }).where('person_id', '=', ended).where('area_code', '>=', AreaCode.parse('TH')).execute())
    expect((await bearer((await giveToken(ended, ['TH580101'])).secret))?.grants).toEqual([])
  })

  test('is nobody once the person’s account has ended, by session and by token', async () => {
    const person = await makePerson(database, { userName: 'gone', role: 'administrator', areas: ['TH58'] })
    const browser = new Browser(app)
    await browser.signIn('gone')
    expect((await browser.get('/api/imports')).statusCode).toBe(200)
    const { secret } = await giveToken(person, ['TH58'])
    await writeAs(database.app, SYSTEM, tx => tx.updateTable('access.person').set({ ended_at: new Date() }).where('id', '=', person).where('area_code', '>=', AreaCode.parse('TH')).execute())
    expect((await browser.get('/api/imports')).statusCode).toBe(401)
    expect((await app.inject({ url: '/api/imports', headers: { authorization: `Bearer ${secret}` } })).statusCode).toBe(401)
  })
})

test('the role of the application reads no password and no session; the role of the door reads no person and no figure', async () => {
  for (const table of ['auth.user', 'auth.account', 'auth.session', 'auth.verification', 'auth.two_factor', 'auth.attempt']) {
    await expect(sql`select from ${sql.table(table)}`.execute(database.app), table).rejects.toThrow(/permission denied/)
    await expect(sql`select from ${sql.table(table)}`.execute(database.public), table).rejects.toThrow(/permission denied/)
  }
  for (const table of ['access.person', 'access.grant', 'fact.figure', 'raw.file', 'core.area', 'open.area', 'audit.line']) {
    await expect(sql`select from ${sql.table(table)}`.execute(database.auth), table).rejects.toThrow(/permission denied/)
  }
})
