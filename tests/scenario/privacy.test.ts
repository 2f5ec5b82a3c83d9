import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readAs, SYSTEM, writeAs } from '../../server/db/scope.ts'
import { follow } from '../../server/publication/jobs.ts'
import { checkFigures } from '../../server/publication/read.check.ts'
import { proposeDue } from '../../server/privacy/write.proposals.ts'
import { untilRead } from '../setup/collecting.ts'
import { HOME, NUMBER, Persons } from '../setup/persons.ts'
import { unzip } from '../setup/unzip.ts'

const FIRST = 'ซีคิวแก้ว', LAST = 'แซดคิวทอง', NAME = `${FIRST} ${LAST}`
const WORDS = [FIRST, LAST, NUMBER, 'xxxxx-70-8', 'zq-weaves', '0899911122', 'zq-picture']
const REASON = 'เจ้าของข้อมูลขอให้ลบ', REQUEST = 'ตล. 12/2569'
let persons: Persons, house: string, farmer: string, sent: string

beforeAll(async () => {
  persons = await Persons.make();
  ({ house, farmer, sent } = await persons.tell(FIRST, LAST))
})
afterAll(() => persons?.owner.end())

describe('who asks is found', () => {
  test('by the number in every dataset, by the name in one district, and not from elsewhere', async () => {
    const spots = await persons.find('mali', { number: '1-1017-00230-70-8' })
    expect(spots.map(({ dataset, name }) => [dataset, name]).sort()).toEqual([['farmer', NAME], ['farmer', NAME], ['household', NAME]])
    expect((await persons.find('mali', { name: FIRST })).map(({ dataset }) => dataset).sort()).toEqual(['farmer', 'farmer', 'household', 'household'])
    expect((await persons.find('somsak', { name: `นาง ${NAME}`, area: 'TH5807' })).length).toBe(4)
    expect(await persons.find('chaidi', { number: NUMBER })).toEqual([])
    const wide = await persons.people.somsak.post('/api/privacy/find', { name: FIRST, purpose: 'คำขอของเจ้าของข้อมูล' })
    expect([wide.statusCode, wide.json().code]).toEqual([400, 'privacy/too-wide'])
    for (const who of ['wilaiphon', 'orathai', 'khamkaeo'] as const) expect((await persons.people[who].post('/api/privacy/find', { number: NUMBER, purpose: 'คำขอของเจ้าของข้อมูล' })).statusCode).toBe(403)
  })

  test('and gets all that is held of them, in a file that stands in the register', async () => {
    const spots = (await persons.find('mali', { number: NUMBER })).map(({ spot }) => spot).join(','), query = `spots=${encodeURIComponent(spots)}&purpose=${encodeURIComponent('ส่งสำเนาให้เจ้าของ')}`
    const held = (await persons.people.mali.get(`/api/privacy/person?${query}`)).json().items as { dataset: string; said: { key: string; answer: unknown }[]; acts: { kind: string }[] }[]
    expect(held.find(({ dataset }) => dataset === 'household')?.said.map(({ key }) => key)).toEqual(expect.arrayContaining(['first_name', 'occupation_other', 'national_id']))
    expect(JSON.stringify(held.find(({ dataset }) => dataset === 'household')?.said)).not.toContain('แซดคิวอื่น')
    const zip = unzip((await persons.people.mali.get(`/api/privacy/person/file?${query}`)).rawPayload)
    expect([...zip.keys()].filter(name => !name.startsWith('files/'))).toEqual(['index.html', 'answers.csv', 'data.json'])
    expect([[...zip].find(([name]) => name.endsWith('/zq.jpg'))?.[1].toString(), zip.get('index.html')?.toString().includes(NAME)]).toEqual(['zq-picture of a plot', true])
    expect((await persons.people.mali.get('/api/audit/exports?what=person')).json().items).toMatchObject([{ what: 'person', format: 'zip', records: 3, here: 3, actorName: 'mali', purpose: 'ส่งสำเนาให้เจ้าของ' }])
  })
})

describe('a person is erased', () => {
  const act = (body: Record<string, unknown>) => persons.people.mali.post('/api/privacy/erase', { request: REQUEST, reason: REASON, ...body })
  const allSpots = async () => [...new Set([...await persons.find('mali', { number: NUMBER }), ...await persons.find('mali', { name: NAME })].map(({ spot }) => spot))].join(',')

  test('what goes is told before, in questions and not in answers, and nothing is changed', async () => {
    const before = await persons.whereIs(WORDS), reply = await act({ spots: await allSpots(), preview: true })
    expect(reply.json().erasure).toBeNull()
    expect(reply.json().goes.map(({ dataset, whole, rows, visits, files }: Record<string, unknown>) => ({ dataset, whole, rows, visits, files })).sort((a: { dataset: string }, b: { dataset: string }) => a.dataset < b.dataset ? -1 : 1))
      .toMatchObject([{ dataset: 'farmer', whole: true }, { dataset: 'farmer', whole: true }, { dataset: 'household', whole: false, rows: 1, visits: 2, files: 0 }])
    for (const word of WORDS) expect(reply.body).not.toContain(word)
    expect(await persons.whereIs(WORDS)).toEqual(before)
    expect(before).toEqual(expect.arrayContaining(['a file', 'core.record', 'core.record_row', 'raw.act', 'raw.submission']))
  })

  test('without a reason, with the name as a reason, or from elsewhere, nothing happens', async () => {
    const spots = await allSpots(), before = await persons.whereIs(WORDS)
    for (const [body, code] of [[{ reason: '' }, 'privacy/needs-reason'], [{ reason: `${NAME} ขอ` }, 'privacy/tells-name'], [{ spots: 'x' }, 'privacy/nothing-chosen']] as const) expect((await act({ spots, ...body })).json().code).toBe(code)
    expect((await persons.people.chaidi.post('/api/privacy/erase', { spots, request: REQUEST, reason: REASON })).json().code).toBe('privacy/not-there')
    expect(await persons.whereIs(WORDS)).toEqual(before)
  })

  test('no word of theirs is left in any table or file; the acts, the others and the figures are', async () => {
    await follow(persons.house.database.app)
    expect((await act({ spots: await allSpots() })).json()).toMatchObject({ erasure: expect.any(String) })
    await expect.poll(() => persons.whereIs(WORDS), { timeout: 15_000 }).toEqual([])
    const page = (await persons.people.mali.get(`/api/records/${house}`)).json()
    expect(page.rows.map(({ position, values }: { position: number; values: Record<string, unknown> }) => [position, values['first_name'] ?? null])).toEqual([[1, null], [2, 'สม']])
    expect(page.record).toMatchObject({ state: 'returned', values: { members: '2', house_number: '12' } })
    expect(page.history.map(({ kind, byName }: Record<string, string>) => `${kind} ${byName}`)).toEqual(['forget mali', 'leave null', 'return mali', 'update khamkaeo', 'make khamkaeo'])
    expect(page.history[0].reason).toBe(`${REQUEST}: ${REASON}`)
    const { rows: [row] } = await persons.owner.query(`select answers, change from raw.act where record_id = $1 and kind = 'leave'`, [house])
    expect([row.answers, row.change.before.personal, row.change.numbers.length]).toEqual([{ open: { house_number: '12' }, personal: { description: 'ริมน้ำ' } }, { description: 'ริมน้ำ' }, 1])
    const gone = (await persons.people.mali.get(`/api/records/${farmer}`)).json()
    expect([gone.record.state, gone.record.values, gone.rows, gone.files]).toEqual(['erased', {}, [], []])
    expect(gone.history.map(({ kind, changes }: { kind: string; changes: unknown[] }) => [kind, changes.length])).toEqual([['erase', 0], ['merge', 0], ['make', 0]])
    await follow(persons.house.database.app)
    expect((await readAs(persons.house.database.app, SYSTEM, checkFigures)).differences).toEqual([])
    expect((await persons.people.mali.get('/api/privacy/erasures')).json().items).toMatchObject([{ cause: 'request', request: REQUEST, reason: REASON, byName: 'mali', records: 3, datasets: ['farmer', 'household'] }])
    expect(await persons.find('mali', { name: NAME })).toEqual([])
  })

  test('the same submission sent again brings nothing back, and a new visit is a record of its own', async () => {
    expect((await persons.phone.submit(sent)).status).toBe(201)
    await untilRead(persons.house)
    expect(await persons.whereIs([NUMBER, FIRST])).toEqual([])
    await persons.send('farmer', { first_name: 'ใหม่', last_name: 'จริง' }, { id: farmer, how: 'update="1" baseVersion="1"' })
    expect((await persons.people.mali.get(`/api/records/${farmer}`)).json().record).toMatchObject({ state: 'erased', values: {} })
    expect((await persons.find('mali', { name: 'ใหม่ จริง' })).map(({ record }) => record)).not.toContain(farmer)
  })

  test('a household that asks goes whole, with the answers of rounds about it; a program asks in vain', async () => {
    const { id } = await persons.send('household', { house_number: '77', head_name: 'หัวหน้า แซดคิวบ้าน', household_name: '77 · แซดคิวบ้าน', member: [{ first_name: 'หัวหน้า', last_name: 'แซดคิวบ้าน' }] }), round = await persons.send('household', { house_number: 'zq-round' })
    await persons.owner.query('update core.record set about = $1 where id = $2', [id, round.id])
    const reply = await act({ spots: `${id}~/data/member~1`, whole: [id] })
    expect(reply.json().goes.map(({ whole, along }: Record<string, boolean>) => [whole, along]).sort()).toEqual([[true, false], [true, true]])
    expect(await persons.whereIs(['แซดคิวบ้าน', 'zq-round'])).toEqual([])
    expect((await act({ spots: `${house}~/data/nobody~1` })).json().code).toBe('privacy/not-there')
    await expect(persons.byProgram('/api/privacy/erase', { spots: house, request: REQUEST, reason: REASON })).resolves.toBe('privacy/by-hand')
  })

  test('a photograph that somebody else sent as well stays until it is theirs too that goes', async () => {
    const bytes = Buffer.from('a picture of two'), of = async (first: string) => (await persons.send('farmer', { first_name: first, last_name: 'แซดคิวภาพ', photo: 'two.jpg' }, { files: [{ name: 'two.jpg', bytes }] })).id
    const [one, other] = [await of('ภาพหนึ่ง'), await of('ภาพสอง')], there = () => persons.whereIs(['a picture of two'])
    await act({ spots: one })
    await expect.poll(async () => (await persons.owner.query('select from core.file_gone')).rowCount, { timeout: 10_000 }).toBe(0)
    expect(await there()).toEqual(['a file'])
    await act({ spots: other })
    await expect.poll(there, { timeout: 10_000 }).toEqual([])
  })

  test('a server that is killed between an erasure and its files goes on with them; one that is killed before is as if nobody had asked', async () => {
    const { id } = await persons.send('farmer', { first_name: 'ดับไฟ', last_name: 'แซดคิวดับ', photo: 'off.jpg' }, { files: [{ name: 'off.jpg', bytes: Buffer.from('zq-off') }] }), before = await persons.whereIs(['ดับไฟ', 'zq-off'])
    await persons.eraseAndDie(id)
    expect(await persons.whereIs(['ดับไฟ', 'zq-off'])).toEqual(before)
    // and a list of bytes that nobody took away before the end
    await persons.owner.query(`with gone as (delete from raw.attachment where name = 'off.jpg' returning sha256) insert into core.file_gone (sha256) select sha256 from gone`)
    await expect.poll(() => persons.whereIs(['zq-off']), { timeout: 10_000 }).toEqual([])
  })

  test('what arrived is changed by an erasure of the same transaction and no other way', async () => {
    const { app } = persons.house.database, redact = sql`select raw.redact(gen_random_uuid(), ${house}::uuid, '[]', '[]', '[]')`
    await expect(writeAs(app, SYSTEM, tx => redact.execute(tx))).rejects.toThrow('an erasure alone')
    await expect(writeAs(app, SYSTEM, tx => sql`update raw.submission set xml = '' where area_code >= ${HOME}`.execute(tx))).rejects.toThrow(/permission denied/)
    const { rows: [old] } = await persons.owner.query('select id, record_id from raw.erasure limit 1')
    await expect(writeAs(app, SYSTEM, tx => sql`select raw.redact(${old.id}::uuid, ${old.record_id}::uuid, '[]', '[]', '[]')`.execute(tx))).rejects.toThrow('an erasure alone')
  })
})

describe('what is due is proposed, and never erased by itself', () => {
  const propose = () => proposeDue(persons.house.database.app), due = (query?: string) => persons.due(query), settle: Persons['settle'] = (...asked) => persons.settle(...asked)
  const stateOf = async (id: string) => (await persons.people.mali.get(`/api/records/${id}`)).json().record.state as string, old = (first: string) => persons.sendOld(first)

  test('by the day of the last visit, and where the consent was withdrawn; a new visit takes it back', async () => {
    const [one, two] = [await old('เก่าหนึ่ง'), await old('เก่าสอง')], refused = (await persons.send('household', { consent: 'no', house_number: '9' })).id
    await propose()
    const { items, groups } = await due()
    const mine = (items as { record: string; kind: string; dueDay: string }[]).filter(({ record }) => [one, two, refused].includes(record))
    expect(mine.map(({ record, kind, dueDay }) => [record, kind, dueDay]).sort()).toEqual([[one, 'retention', '2025-05-06'], [two, 'retention', '2025-05-06'], [refused, 'consent', '2026-11-20']].sort())
    expect(groups).toEqual(expect.arrayContaining([expect.objectContaining({ dataset: 'farmer', area: HOME, retention: 2 }), expect.objectContaining({ dataset: 'household', consent: 1 })]))
    expect([await stateOf(one), await stateOf(refused)]).toEqual(['received', 'received'])
    await persons.send('farmer', { first_name: 'เก่าสอง', last_name: 'แซดคิวเก่า' }, { id: two, how: 'update="1" baseVersion="1"' })
    await propose()
    expect((await due()).items.map(({ record }: { record: string }) => record)).not.toContain(two)
    expect((await persons.people.chaidi.get('/api/privacy/proposals')).json().items).toEqual([])
  })

  test('whoever answers for the place keeps it until another day, or erases one or all, with a reason', async () => {
    const [keep, one, other] = [await old('รอไว้'), await old('ลบหนึ่ง'), await old('ลบหมด')]
    await propose()
    expect((await settle({ act: 'erase', records: [one], reason: '' })).json().code).toBe('privacy/needs-reason')
    expect((await settle({ act: 'erase', records: [one] }, 'chaidi')).json().code).toBe('privacy/not-there')
    for (const until of [undefined, '2020-01-01', '2099-01-01']) expect((await settle({ act: 'keep', records: [keep], until })).json().code).toBe('privacy/bad-until')
    const until = new Date(Date.now() + 90 * 86_400_000).toISOString().slice(0, 10)
    expect((await settle({ act: 'keep', records: [keep], until }, 'somsak')).json()).toEqual({ done: 1, left: 0 })
    expect((await due('&kept=yes')).items).toMatchObject([{ record: keep, until, byName: 'somsak' }])
    expect((await settle({ act: 'erase', records: [one] })).json()).toEqual({ done: 1, left: 0 })
    expect([await stateOf(one), await stateOf(other), await stateOf(keep)]).toEqual(['erased', 'received', 'received'])
    expect((await settle({ act: 'erase', all: { area: HOME, dataset: 'farmer' } })).json()).toMatchObject({ left: 0 })
    expect([await stateOf(other), await stateOf(keep)]).toEqual(['erased', 'received'])
    expect(await persons.whereIs(['ลบหนึ่ง', 'ลบหมด'])).toEqual([])
    expect((await due('&dataset=farmer')).items).toEqual([])
    await persons.owner.query('update core.proposal set until = current_date where record_id = $1', [keep])
    expect((await due('&dataset=farmer')).items).toMatchObject([{ record: keep, state: 'open' }])
  })
})

describe('what left is entered by itself', () => {
  type Entry = { what: string; format: string; records: number; here: number; sensitivities: string[]; purpose: string | null; filter: Record<string, unknown>; actorName: string; area: string }
  const entries = async (who: keyof typeof persons.people, query = ''): Promise<Entry[]> => (await persons.people[who].get(`/api/audit/exports?what=records${query}`)).json().items

  test('every way to take records along leaves an entry that whoever answers for their place sees, and nobody elsewhere', async () => {
    const { mali, somsak } = persons.people, count = (await mali.get('/api/datasets/farmer/records?limit=1')).json().count as number
    for (const as of ['csv', 'xlsx', 'geojson', 'json']) await mali.get(`/api/datasets/farmer/records/file/${as}?q=${encodeURIComponent('แซดคิว')}`)
    await somsak.get(`/api/datasets/household/records/file/csv?area=TH5807&purpose=${encodeURIComponent('ตรวจงานของอำเภอ')}`)
    const seen = await entries('mali')
    expect(seen.map(({ format }) => format)).toEqual(['csv', 'json', 'geojson', 'xlsx', 'csv'])
    expect(seen[0]).toMatchObject({ actorName: 'somsak', area: 'TH5807', purpose: 'ตรวจงานของอำเภอ', filter: { area: 'TH5807' } })
    expect(seen[0]?.sensitivities).not.toContain('sensitive')
    expect(seen[0]?.here).toBe(seen[0]?.records)
    expect(seen[1]).toMatchObject({ actorName: 'mali', filter: { q: true }, sensitivities: expect.arrayContaining(['personal']) })
    expect([seen[1]?.records, seen[1]?.here].every(number => number !== undefined && number <= count && number > 0)).toBe(true)
    expect([(await entries('chaidi')).length, (await entries('orathai')).length, (await entries('wilaiphon')).length]).toEqual([0, 5, 5])
    expect((await mali.get('/api/audit/exports.csv?what=records')).body.trim().split('\r\n').length).toBe(6)
  })

  test('page by page nothing is missed and nothing comes twice', async () => {
    const page = async (query: string) => (await persons.people.mali.get(`/api/audit/exports?${query}`)).json() as { items: { id: string }[]; next: string | null }, paged: string[] = []
    for (let next: string | null = ''; next !== null;) {
      const got = await page(`limit=2${next && `&after=${encodeURIComponent(next)}`}`)
      paged.push(...got.items.map(({ id }) => id))
      next = got.next
    }
    expect(paged).toEqual((await page('')).items.map(({ id }) => id))
  })
})
