import { readFileSync } from 'node:fs'
import { beforeAll, describe, expect, inject, test } from 'vitest'
import type { FastifyInstance } from 'fastify'
import { settleDemo } from '../../server/demo.ts'
import { environmentOf } from '../setup/database.ts'
import { freshDatabase, startApp, type Fresh } from '../setup/fresh.ts'
import { Browser } from '../setup/people.ts'

const { password, people } = JSON.parse(readFileSync(new URL('../../seed/demo/people.json', import.meta.url), 'utf8')) as { password: string; people: { userName: string; name: string; role: string; area: string }[] }
let database: Fresh, app: FastifyInstance
const settle = (demo: string) => settleDemo({ environment: environmentOf(inject('cluster'), database.name, { RAKKAEO_DEMO: demo }), database })

beforeAll(async () => {
  database = await freshDatabase()
  await settle('1')
  app = await startApp(database)
})

async function signIn(userName: string): Promise<Browser> {
  const browser = new Browser(app)
  expect((await browser.ask('POST', '/api/auth/sign-in', { name: userName, password })).statusCode).toBe(200)
  return browser
}

describe('the demo people', () => {
  test.each(people)('$userName signs in with the printed password and holds the role of $role in $area', async ({ userName, name, role, area }) => {
    const me = (await (await signIn(userName)).ask('GET', '/api/me')).json()
    expect(me).toMatchObject({ person: { name, demo: true }, grants: [{ role, area }] })
    expect(name, 'labelled as an example wherever the name stands').toContain('ตัวอย่าง')
  })

  test('one of them stands for each role', () => {
    expect(people.map(person => person.role).sort()).toEqual(['administrator', 'analyst', 'auditor', 'collector', 'national-integrator', 'provincial-integrator', 'tambon-integrator'])
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
