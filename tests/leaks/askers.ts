import { randomUUID } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import type pg from 'pg'
import { AreaCode, GrantId, PersonId } from '../../domain/base/ids.ts'
import type { Role, Viewer } from '../../domain/access/access.ts'
import { hashToken, makeTokenSecret } from '../../server/auth/tokens.ts'
import { Browser, makePerson } from '../setup/people.ts'
import type { Fresh } from '../setup/fresh.ts'

/** Who asks in the matrix: how they show who they are, and what they may see by the rules; null: nobody at all. */
export type Asker = { name: string; headers: Record<string, string>; viewer: Viewer | null }

type Plan = {
  name: string; role?: Role; areas?: string[]; from?: string; until?: string | null; ended?: boolean; gone?: boolean
  by?: 'session' | 'token' | 'expired session' | 'revoked token' | 'expired token'
  /** The places of a token. */
  only?: string[]
}

const HOME = 'TH580101'
/** Each role in a real place, and everyone whose right is not, or no longer, what it seems. */
const PLANS: Plan[] = [
  { name: 'collector of a tambon', role: 'collector', areas: [HOME] },
  { name: 'integrator of a tambon', role: 'tambon-integrator', areas: [HOME] },
  { name: 'integrator of a district', role: 'tambon-integrator', areas: ['TH5801'] },
  { name: 'integrator of a district whose code begins others', role: 'tambon-integrator', areas: ['TH5001'] },
  { name: 'integrator of the province', role: 'provincial-integrator', areas: ['TH58'] },
  { name: 'integrator of the province that Bueng Kan left', role: 'provincial-integrator', areas: ['TH43'] },
  { name: 'integrator of the nation', role: 'national-integrator', areas: ['TH'] },
  { name: 'analyst of scattered tambons', role: 'analyst', areas: [HOME, 'TH500101', 'TH380101'] },
  { name: 'auditor of the province', role: 'auditor', areas: ['TH58'] },
  { name: 'administrator of the province', role: 'administrator', areas: ['TH58'] },
  { name: 'administrator of the nation', role: 'administrator', areas: ['TH'] },
  { name: 'somebody without a role' },
  { name: 'integrator of the nation until yesterday', role: 'national-integrator', areas: ['TH'], until: '2021-01-01' },
  { name: 'administrator of the nation from 2099 on', role: 'administrator', areas: ['TH'], from: '2099-01-01' },
  { name: 'integrator of the province whose grant was ended', role: 'provincial-integrator', areas: ['TH58'], ended: true },
  { name: 'integrator of the nation whose account was ended', role: 'national-integrator', areas: ['TH'], gone: true },
  { name: 'integrator of the nation with an expired session', role: 'national-integrator', areas: ['TH'], by: 'expired session' },
  { name: 'integrator of the tambon, by token', role: 'tambon-integrator', areas: [HOME], by: 'token', only: ['TH'] },
  { name: 'integrator of the nation, by a token for one tambon', role: 'national-integrator', areas: ['TH'], by: 'token', only: [HOME] },
  { name: 'administrator of the nation, by a token for one tambon', role: 'administrator', areas: ['TH'], by: 'token', only: [HOME] },
  { name: 'integrator of the tambon, by a token for its neighbour', role: 'tambon-integrator', areas: [HOME], by: 'token', only: ['TH580102'] },
  { name: 'integrator of the nation, by a revoked token', role: 'national-integrator', areas: ['TH'], by: 'revoked token', only: ['TH'] },
  { name: 'administrator of the nation, by an expired token', role: 'administrator', areas: ['TH'], by: 'expired token', only: ['TH'] },
]
const STRANGERS: Asker[] = [
  { name: 'somebody signed out', headers: {}, viewer: null },
  { name: 'somebody with a made-up cookie', headers: { cookie: `rakkaeo.session_token=${'a'.repeat(32)}.${'b'.repeat(43)}%3D` }, viewer: null },
  { name: 'a program with a made-up token', headers: { authorization: 'Bearer rk_0000000000000000000000000000000000000000000' }, viewer: null },
]

export async function makeAskers(app: FastifyInstance, database: Fresh, owner: pg.Client, names?: readonly string[], prefix = 'asker'): Promise<Asker[]> {
  const askers: Asker[] = names ? [] : [...STRANGERS]
  for (const [i, plan] of PLANS.entries()) if (!names || names.includes(plan.name)) askers.push(await makeAsker(app, database, owner, plan, `${prefix}.${i}`))
  return askers
}

async function makeAsker(app: FastifyInstance, database: Fresh, owner: pg.Client, plan: Plan, userName: string): Promise<Asker> {
  const { name, role, areas = [HOME], by = 'session', from = '2020-01-01', until = null } = plan
  const id = await makePerson(database, { userName, name, home: areas[0] as string, areas, from, until, ...(role && { role }) })
  const headers = by.endsWith('token') ? await makeToken(owner, id, plan) : await signIn(app, userName)
  if (plan.ended) await owner.query('update access.grant set ended_at = now() where person_id = $1', [id])
  if (plan.gone) await owner.query('update access.person set ended_at = now() where id = $1', [id])
  if (by === 'expired session') await owner.query(`update auth.session set expires_at = now() - interval '1 minute' where user_id = $1`, [id])
  const isKnown = !plan.gone && !/expired|revoked/.test(by)
  return { name, headers, viewer: isKnown ? viewerOf(id, plan) : null }
}

async function signIn(app: FastifyInstance, userName: string): Promise<Record<string, string>> {
  const browser = new Browser(app)
  const reply = await browser.signIn(userName)
  if (reply.statusCode !== 200) throw new Error(`${userName} cannot sign in: ${reply.body}`)
  return { cookie: [...browser.jar].map(([name, value]) => `${name}=${value}`).join('; '), 'sec-fetch-site': 'same-origin' }
}

async function makeToken(owner: pg.Client, id: PersonId, { by, only = [] }: Plan): Promise<Record<string, string>> {
  const secret = makeTokenSecret()
  await owner.query(`insert into auth.token (id, person_id, name, hash, areas, expires_at, revoked_at) values ($1, $2, 'program', $3, $4, $5, $6)`,
    [randomUUID(), id, hashToken(secret), only, by === 'expired token' ? '2021-01-01' : '2099-01-01', by === 'revoked token' ? '2021-01-01' : null])
  return { authorization: `Bearer ${secret}` }
}

/** What the rules say of them; the server finds it out by itself. */
function viewerOf(id: PersonId, { name, role, areas = [], from = '2020-01-01', until = null, ended, by, only }: Plan): Viewer {
  const today = new Date().toISOString().slice(0, 10)
  const holds = role !== undefined && !ended && from <= today && (until === null || today < until)
  const grants = holds ? areas.map(area => ({ id: GrantId.parse(randomUUID()), person: id, role, area: AreaCode.parse(area), from, until, givenBy: null })) : []
  return { person: { id, name, userName: null, email: null, demo: false }, grants, via: by === 'token' ? 'token' : 'session', onlyAreas: only ? only.map(area => AreaCode.parse(area)) : null }
}
