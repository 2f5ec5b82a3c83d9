import fs, { globSync, readFileSync, statSync } from 'node:fs'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { filesFolderOf } from '../setup/database.ts'
import { DUANG, Elders, KHAM, REASON, SAENG, WRONG, type Name } from '../setup/elders.ts'
import { startApp } from '../setup/fresh.ts'
import { Browser, listNotes } from '../setup/people.ts'
import { unzip } from '../setup/unzip.ts'

let elders: Elders, owner: pg.Client, id: string, since: string
/** All that the server says beside its replies. */
let said = ''

beforeAll(async () => {
  listen()
  elders = await Elders.make()
  owner = new pg.Client({ connectionString: elders.house.database.url })
  await owner.connect()
  since = (await owner.query('select pg_current_xact_id()::xid::text as id')).rows[0].id
  id = await elders.send({ remark: 'zq-remark', name: 'คำ', number: KHAM, member: [{ member_name: 'แสง', member_number: `${SAENG.slice(0, 1)}-${SAENG.slice(1)}` }, { member_number: WRONG }] })
})
afterAll(() => owner.end())

function listen(): void {
  for (const name of ['write', 'writeSync'] as const) {
    const write = fs[name] as (...args: unknown[]) => unknown
    vi.spyOn(fs, name).mockImplementation(((...args: unknown[]) => { said += String(args[1]); return write(...args) }) as never)
  }
  for (const name of ['error', 'warn', 'log', 'info'] as const) vi.spyOn(console, name).mockImplementation((...words) => { said += words.join(' ') })
}

const linesAbout = async (action: string) => (await listNotes(elders.house.database)).filter(line => line.startsWith(action))

describe('who may see a number in full', () => {
  const TABLE: [Name, number, string | null][] = [
    ['thongdi', 200, KHAM], ['buala', 200, KHAM], ['somsak', 200, KHAM], ['khampan', 404, null], ['wilaiphon', 404, null], ['natthaphon', 404, null], ['chaidi', 404, null], ['orathai', 403, null], ['pricha', 403, null],
  ]
  test.each(TABLE)('%s (%i): a reason is asked for, and a line stays in the audit when it was seen', async (who, status, number) => {
    const before = await linesAbout('number.see')
    const reply = await elders.unseal(who, id), reason = await elders.unseal(who, id, 'number', null, 'ดู')
    expect([reply.statusCode, reply.json().number ?? null, reason.statusCode]).toEqual([status, number, status === 403 ? 403 : 400])
    if (status !== 403) expect(reason.json()).toMatchObject({ code: 'record/needs-reason', detail: expect.stringContaining('เหตุผล') })
    expect(await linesAbout('number.see')).toEqual(status === 200 ? [...before, `number.see (${REASON})`] : before)
  })

  const FINDS: [Name, number, boolean][] = [['thongdi', 200, true], ['somsak', 200, true], ['chaidi', 200, false], ['buala', 403, false], ['wilaiphon', 403, false], ['natthaphon', 403, false], ['orathai', 403, false], ['pricha', 403, false]]
  test.each(FINDS)('%s (%i) finds by a number, of a member too, however it is written, and leaves a line', async (who, status, finds) => {
    const before = await linesAbout('number.find')
    for (const number of [KHAM, SAENG, '๑-๑๐๑๗-๐๐๒๓๐-๗๑-๖']) {
      const reply = await elders.find(who, number)
      expect([reply.statusCode, reply.json().records ?? null], number).toEqual([status, status === 200 ? finds ? [id] : [] : null])
    }
    expect((await linesAbout('number.find')).length - before.length).toBe(status === 200 ? 3 : 0)
    expect((await elders.people[who].post('/api/datasets/elder/number', { number: KHAM, purpose: 'ดู' })).statusCode).toBe(400)
  })

  test('nobody finds in another dataset, by a part of it, or by the mask', async () => {
    for (const [number, dataset] of [[KHAM, 'voter'], [KHAM.slice(0, 12), 'elder'], ['x-xxxx-xxxxx-70-8', 'elder'], [DUANG, 'elder']] as const) expect((await elders.find('thongdi', number, dataset)).json().records, number).toEqual([])
    for (const q of [KHAM, '70-8']) expect((await elders.people.thongdi.get(`/api/datasets/elder/records?q=${q}`)).json().count).toBe(0)
  })
})

describe('a server with another keys file', () => {
  test('opens and finds nothing, says why, and still shows the record', async () => {
    const { database } = elders.house, other = new Browser(await startApp({ ...database, keys: { ...database.keys, pid: 'the key of another keys file, long enough' } }))
    await other.signIn('thongdi')
    const refused = await other.post(`/api/records/${id}/number`, { key: 'number', row: null, reason: REASON })
    expect([refused.statusCode, refused.json().code, refused.json().detail]).toEqual([400, 'record/other-keys', expect.stringContaining('ไฟล์กุญแจเดิม')])
    expect((await other.post('/api/datasets/elder/number', { number: KHAM, purpose: REASON })).json().records).toEqual([])
    const shown = await other.get(`/api/records/${id}`)
    expect([shown.statusCode, shown.json().record.values.number]).toEqual([200, { masked: 'x-xxxx-xxxxx-70-8', checked: true }])
    expect(shown.body).not.toContain(KHAM)
  })
})

describe('nowhere is a number written down in clear', () => {
  const NUMBERS = [KHAM, SAENG, WRONG, DUANG]
  /** However it is spelt: with Thai digits, signs between them, or as bytes in hexadecimal or base64. */
  const patternOf = (number: string) => [
    [...number].map(digit => `[${digit}${String.fromCharCode(0x0e50 + Number(digit))}]`).join('[^0-9๐-๙A-Za-z]{0,3}'), Buffer.from(number).toString('hex'), Buffer.from(number).toString('base64').replace(/=+$/, '').slice(0, -1),
  ].join('|')
  const tablesOf = async () => (await owner.query(`select format('%I.%I', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.relkind = 'r' and n.nspname !~ '^pg_|^information_schema$' order by 1`)).rows.map(row => row.name as string)
  /** Of rows that were written since: what the seed brought was there before any number. */
  async function tablesWith(pattern: string): Promise<string[]> {
    const found: string[] = []
    for (const table of await tablesOf()) if ((await owner.query(`select exists (select from ${table} t where case when t.xmin::text::bigint >= $2 then t::text ~ $1 end) as there`, [pattern, since])).rows[0].there) found.push(table)
    return found
  }

  test('in what the server says when a submission is no XML, is another, or breaks off', async () => {
    const { xml, instanceId } = elders.fillIn({ name: 'คำ', number: DUANG })
    await elders.phone.submit(xml)
    const heard = [
      await elders.phone.submit(xml.replace('</number>', '</nummer>')), await elders.phone.submit(xml.replace(DUANG, `<b>${DUANG}`)), await elders.phone.submit(xml.replace('</number>', `&${DUANG};</number>`)),
      await elders.phone.submit(elders.fillIn({ name: 'อื่น', number: DUANG }, { instanceId }).xml), await elders.phone.submit(xml.replace('version="1"', `version="${'9'.repeat(13)}"`)),
    ]
    expect(heard.map(({ status }) => status)).toEqual([400, 400, 400, 409, 404])
    for (const { body } of heard) expect(body).not.toMatch(patternOf(DUANG))
    await expect(elders.phone.submit(elders.fillIn({ name: 'คำ', number: DUANG }).xml, [{ name: 'a.jpg', bytes: Buffer.alloc(100_000) }], { cutAfter: 50_000 })).rejects.toThrow()
  })

  test('in any table', async () => {
    expect(await tablesWith('zq-remark')).toEqual(['core.record', 'raw.submission'])
    expect(await tablesWith(NUMBERS.map(patternOf).join('|'))).toEqual([])
    const { rows: [pattern] } = await owner.query('select $2 ~ $1 and $3 ~ $1 and not $4 ~ $1 as works', [patternOf(KHAM), 'ก 1-1017-00230-70-8', `๑๑๐๑๗ ๐๐๒๓๐ ๗๐ ๘ ข`, SAENG])
    expect(pattern.works).toBe(true)
  })

  test('in any file, log or audit', async () => {
    elders.house.app.log.error('zq-heard')
    const files = globSync(`${filesFolderOf(elders.house.database.name)}/**/*`).filter(file => statSync(file).isFile()).map(file => readFileSync(file, 'latin1'))
    const database = (await owner.query(`select pg_read_file('server.log', greatest(0, (pg_stat_file('server.log')).size - 2000000), 2000000) as text`)).rows[0].text as string
    expect(said).toContain('zq-heard')
    for (const number of NUMBERS) for (const text of [said, database, ...files]) expect(text).not.toMatch(patternOf(number))
  })

  test('in any reply but the one that opens it', async () => {
    const { thongdi } = elders.people, records = '/api/datasets/elder/records'
    const [zip, xlsx] = [await thongdi.get(`${records}/file/csv`), await thongdi.get(`${records}/file/xlsx?table=member`)].map(reply => [...unzip(reply.rawPayload).values()].map(bytes => bytes.toString('utf8')).join('\n')) as [string, string]
    const others = ['/file/json', '/file/geojson', ''].map(end => records + end).concat(`/api/records/${id}`, '/api/waiting', '/api/audit?limit=1000')
    const texts = [zip, xlsx, ...(await Promise.all(others.map(url => thongdi.get(url)))).map(reply => reply.body)]
    expect([zip, xlsx].map(text => text.includes('x-xxxx-xxxxx-71-6'))).toEqual([true, true])
    for (const number of NUMBERS) for (const text of texts) expect(text).not.toMatch(patternOf(number))
  })
})
