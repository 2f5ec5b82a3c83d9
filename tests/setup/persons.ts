import { randomUUID } from 'node:crypto'
import { globSync, readFileSync, statSync } from 'node:fs'
import pg from 'pg'
import { AreaCode, RecordId } from '../../domain/base/ids.ts'
import type { ReplyOf } from '../../domain/base/api.ts'
import type { privacyApi } from '../../domain/privacy/api.ts'
import { makeSeal } from '../../server/base/seal.ts'
import { writeAs } from '../../server/db/scope.ts'
import { erase } from '../../server/privacy/write.erase.ts'
import { filesFolderOf } from './database.ts'
import { fillIn, signedIn, startCollecting, telephoneOf, untilRead, type Collecting, type Given } from './collecting.ts'
import { freshDatabase } from './fresh.ts'
import type { Browser, Reply } from './people.ts'
import type { SentFile, Telephone } from './telephone.ts'

export const HOME = 'TH580703', FAR = 'TH580702', NUMBER = '1101700230708'
const ROLES = { khamkaeo: ['collector', HOME], mali: ['tambon-integrator', HOME], somsak: ['provincial-integrator', 'TH58'], chaidi: ['tambon-integrator', FAR], wilaiphon: ['national-integrator', 'TH'], orathai: ['auditor', 'TH'] } as const
const DATASETS = ['household', 'farmer', 'otop-product']

/** Tham Lot with people who asked to be forgotten: what a telephone sends of them, and where a word of theirs still stands. */
export class Persons {
  house!: Collecting
  owner!: pg.Client
  phone!: Telephone
  readonly people = {} as Record<keyof typeof ROLES, Browser>
  readonly #xforms = new Map<string, string>()
  /** What the seed brought was there before any of them. */
  #since = ''

  static async make(): Promise<Persons> {
    const persons = new Persons()
    persons.house = await startCollecting(await freshDatabase())
    persons.owner = new pg.Client({ connectionString: persons.house.database.url })
    await persons.owner.connect()
    persons.#since = (await persons.owner.query('select pg_current_xact_id()::xid::text as id')).rows[0].id
    for (const [userName, [role, area]] of Object.entries(ROLES)) persons.people[userName as keyof typeof ROLES] = await signedIn(persons.house, { userName, role, areas: [area] })
    persons.phone = await telephoneOf(persons.house, persons.people.khamkaeo, [HOME])
    for (const form of await persons.phone.listForms()) if (DATASETS.includes(form.id)) persons.#xforms.set(form.id, (await persons.phone.download(form)).xform)
    return persons
  }

  /** A visit of a thing, new or known, and waits until it is read; gives the submission, to be sent again. */
  async send(dataset: string, given: Given, { id = randomUUID() as string, how = 'create="1"', files = [] as SentFile[] } = {}): Promise<{ id: string; xml: string }> {
    const entity = `<entity xmlns="http://www.opendatakit.org/xforms/entities" dataset="${dataset}" id="${id}" ${how}><label>${String(given['household_name'] ?? given['full_name'] ?? 'x')}</label></entity>`
    const { xml } = fillIn(this.#xforms.get(dataset) as string, { village: `${HOME}01`, visit_date: '2026-11-20', consent: 'yes', ...given }, { entity })
    const heard = await this.phone.submit(xml, files)
    if (heard.status !== 201) throw new Error(heard.body)
    await untilRead(this.house)
    return { id, xml }
  }

  /** Somebody tells of themselves wherever they can: a household in two versions, of which one was returned; two records of one farmer, merged; a photograph; a row of a table. */
  async tell(first: string, last: string): Promise<{ house: string; farmer: string; sent: string }> {
    const name = `${first} ${last}`, member = (given: Given) => ({ sex: 'female', relation: 'member', age_told: '60', ...given }), som = member({ first_name: 'สม', last_name: 'แซดคิวอื่น', national_id: '1101700230716' })
    const one = (more: Given = {}) => member({ first_name: first, last_name: last, relation: 'head', occupation_other: 'zq-weaves', ...more })
    const house = { house_number: '12', head_name: `นาง${name}`, household_name: `12 · นาง${first}`, phone: '0899911122', members: '2', description: `บ้านของ${name} ริมน้ำ` }
    const { id } = await this.send('household', { ...house, member: [som, one()] })
    await this.send('household', { ...house, member: [one({ national_id: NUMBER }), som] }, { id, how: 'update="1" baseVersion="1"' })
    const farmer = { first_name: first, last_name: last, full_name: name, phone: '0899911122', national_id: NUMBER }
    const kept = await this.send('farmer', { ...farmer, photo: 'zq.jpg' }, { files: [{ name: 'zq.jpg', bytes: Buffer.from('zq-picture of a plot') }] }), twin = await this.send('farmer', farmer), { mali } = this.people
    await mali.post('/api/datasets/household/acts', { act: 'return', ids: [id], reason: `ถาม${first}อีกครั้ง`, fields: [{ key: 'head_name', say: `ใช่ ${name} หรือไม่` }] })
    await mali.post('/api/datasets/farmer/merges', { keep: kept.id, from: [twin.id] })
    // as a row of a table leaves it: what it brought, and what stood there before
    const answers = { open: { house_number: '12' }, personal: { head_name: name, phone: '0899911122', description: 'ริมน้ำ' } }
    await this.owner.query(`insert into raw.act (area_code, record_id, dataset_id, kind, at, import_id, line, answers, change)
      select area_code, id, dataset_id, 'leave', now(), gen_random_uuid(), 7, $2, jsonb_build_object('before', $2::jsonb, 'numbers', (select jsonb_agg(n) from core.national_id n where n.record_id = r.id)) from core.record r where id = $1`, [id, answers])
    return { house: id, farmer: kept.id, sent: kept.xml }
  }

  /** Tables and files of the whole house in which one of these words stands, however a citizen's number is written; of another house its tables alone. */
  async whereIs(words: readonly string[], owner = this.owner): Promise<string[]> {
    const since = owner === this.owner ? this.#since : '0', pattern = words.map(word => /^\d+$/.test(word) ? [...word].join('[^0-9A-Za-z]{0,3}') : word).join('|'), found: string[] = []
    const { rows } = await owner.query<{ name: string }>(`select format('%I.%I', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.relkind in ('r', 'p') and n.nspname !~ '^pg_|^information_schema$' order by 1`)
    for (const { name } of rows) if ((await owner.query(`select exists (select from ${name} t where case when t.xmin::text::bigint >= $2 then t::text ~ $1 end) as there`, [pattern, since])).rows[0].there) found.push(name)
    if (owner !== this.owner) return found
    const files = globSync(`${filesFolderOf(this.house.database.name)}/**/*`).filter(file => statSync(file).isFile()).filter(file => new RegExp(pattern).test(readFileSync(file, 'utf8')))
    return [...found, ...files.map(() => 'a file')]
  }

  /** An erasure whose transaction does not come to its end, as when the server is killed in it. */
  async eraseAndDie(record: string): Promise<void> {
    const { rows: [{ id }] } = await this.owner.query(`select id from access.person where user_name = 'mali'`), { app, keys } = this.house.database, areas = [AreaCode.parse(HOME)]
    const by = { viewer: { person: { id, name: 'mali', userName: 'mali', email: null, demo: false }, grants: [], via: 'session' as const, onlyAreas: null }, areas }
    const erasing = { spots: [{ record: RecordId.parse(record), repeat: null, row: null }], whole: [], also: '', cause: 'request' as const, request: '1', reason: 'เจ้าของขอ' }
    await writeAs(app, { person: id, kind: 'person', areas }, async tx => {
      if ((await erase(tx, { seal: makeSeal(keys), list: { add: async () => {} } }, by, erasing, false)).erasure === null) throw new Error('nothing was erased')
      throw new Error('killed')
    }).catch(error => { if ((error as Error).message !== 'killed') throw error })
  }

  /** Somebody of the year 2020, long before the time of any dataset ends. */
  async sendOld(first: string): Promise<string> {
    return (await this.send('farmer', { first_name: first, last_name: 'แซดคิวเก่า', full_name: `${first} แซดคิวเก่า`, visit_date: '2020-05-06' })).id
  }
  async due(query = ''): Promise<ReplyOf<typeof privacyApi.listProposals>> { return (await this.people.mali.get(`/api/privacy/proposals?limit=1000${query}`)).json() }
  settle(body: Record<string, unknown>, who: keyof typeof ROLES = 'mali'): Promise<Reply> { return this.people[who].post('/api/privacy/proposals', { reason: 'ครบกำหนดตามที่แจ้งไว้', ...body }) }

  /** What a program of มะลิ is told. */
  async byProgram(url: string, body: object): Promise<string | undefined> {
    const { secret } = (await this.people.mali.post('/api/tokens', { name: 'program', areas: [HOME], days: 1 })).json()
    return (await this.house.app.inject({ method: 'POST', url, payload: body, headers: { authorization: `Bearer ${secret}` } })).json().code
  }

  /** Every spot of whoever is found so. */
  async find(who: keyof typeof ROLES, asked: { number?: string; name?: string; area?: string }): Promise<{ spot: string; dataset: string; name: string | null; record: string }[]> {
    const reply = await this.people[who].post('/api/privacy/find', { purpose: 'คำขอของเจ้าของข้อมูล', ...asked })
    if (reply.statusCode !== 200) throw new Error(reply.body)
    return reply.json().items
  }
}
