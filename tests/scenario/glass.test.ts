import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { beforeAll, describe, expect, test } from 'vitest'
import { AreaCode, PersonId, RecordId } from '../../domain/base/ids.ts'
import { readAs, SYSTEM, throughGlass, writeAs } from '../../server/db/scope.ts'
import { fillIn, signedIn, startCollecting, telephoneOf, untilRead, type Collecting, type Given } from '../setup/collecting.ts'
import { freshDatabase } from '../setup/fresh.ts'
import { listNotes, type Browser } from '../setup/people.ts'

const HOME = 'TH580703', REASON = 'ครอบครัวย้ายจากเชียงใหม่ ต้องเทียบข้อมูลเดิม'
let house: Collecting
const people = {} as Record<'khamkaeo' | 'mali' | 'somsak' | 'chiangmai' | 'analyst' | 'wilaiphon', Browser>
const ids = { cave: '', neighbour: '', household: '' }
type Seen = { record: { values: Record<string, unknown> }; withheld: { sensitivity: string }[]; glass: { id: string; until: string } }

beforeAll(async () => {
  house = await startCollecting(await freshDatabase())
  people.khamkaeo = await signedIn(house, { userName: 'khamkaeo', role: 'collector', areas: [HOME] })
  people.mali = await signedIn(house, { userName: 'mali', role: 'tambon-integrator', areas: [HOME] })
  people.somsak = await signedIn(house, { userName: 'somsak', role: 'provincial-integrator', areas: ['TH58'] })
  people.chiangmai = await signedIn(house, { userName: 'chiangmai', name: 'ผู้ประสานเชียงใหม่', role: 'provincial-integrator', areas: ['TH50'] })
  people.analyst = await signedIn(house, { userName: 'analyst', role: 'analyst', areas: ['TH50'] })
  people.wilaiphon = await signedIn(house, { userName: 'wilaiphon', role: 'national-integrator', areas: ['TH'] })
  const phone = await telephoneOf(house, people.khamkaeo, [HOME]), forms = await phone.listForms(), download = (dataset: string) => phone.download(forms.find(each => each.id === dataset) as never)
  // both before anything is sent: with the first thing that is read, the list beside the form is another one
  const known = { attraction: await download('attraction'), household: await download('household') }
  const send = async (dataset: keyof typeof known, given: Given) => {
    const id = randomUUID(), form = known[dataset]
    const entity = `<entity xmlns="http://www.opendatakit.org/xforms/entities" dataset="${dataset}" id="${id}" create="1"><label>x</label></entity>`
    expect((await phone.submit(fillIn(form.xform, { village: `${HOME}01`, visit_date: '2026-11-20', ...given }, { entity }).xml)).status).toBe(201)
    return id
  }
  Object.assign(ids, {
    cave: await send('attraction', { title: 'ถ้ำปลา', kind: 'cave', status: 'open', not_public: 'no', condition: 'good', position: '19.5658 98.2774 0 5' }),
    neighbour: await send('attraction', { title: 'ถ้ำข้างบ้าน', kind: 'cave' }), household: await send('household', { head_name: 'นางลับ', house_number: '12' }),
  })
  await untilRead(house)
})

const open = (who: Browser, record: string, reason = REASON) => who.post('/api/glass', { record, reason })
const look = (who: Browser, record: string) => who.get(`/api/glass/records/${record}`)
const withoutTime = ({ statusCode, body }: { statusCode: number; body: string }) => [statusCode, body.replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'T').replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, 'ID')]

describe('one record of another place', () => {
  test('before a reason is given, a foreign record is as one that nobody has; asking is answered alike, too', async () => {
    const { chiangmai } = people, unknown = randomUUID()
    for (const ask of [(id: string) => chiangmai.get(`/api/records/${id}`), (id: string) => look(chiangmai, id), (id: string) => open(chiangmai, id, 'สั้น'), (id: string) => open(chiangmai, id)]) {
      expect(withoutTime(await ask(ids.neighbour))).toEqual(withoutTime(await ask(unknown)))
    }
    expect((await look(chiangmai, unknown)).statusCode).toBe(404)
    expect((await listNotes(house.database)).filter(line => line.startsWith('glass.'))).toEqual([`glass.open (${REASON})`, `glass.miss (${REASON})`])
  })

  test('is shown with the fields of the own role and no other, neither its neighbours nor its history; elsewhere nothing is open', async () => {
    const { chiangmai } = people
    expect((await open(chiangmai, ids.cave)).json()).toEqual({ minutes: 60 })
    const seen = (await look(chiangmai, ids.cave)).json() as Seen & { history: []; files: [] }
    expect([seen.record.values.title, seen.withheld, seen.history, seen.files]).toEqual(['ถ้ำปลา', [], [], []])
    expect(Date.parse(seen.glass.until) - Date.now()).toBeGreaterThan(59 * 60_000)
    expect([(await chiangmai.get(`/api/records/${ids.cave}`)).statusCode, (await look(chiangmai, ids.household)).statusCode, (await chiangmai.get('/api/datasets/attraction/records')).json()]).toMatchObject([404, 404, { items: [] }])
    expect([(await look(people.somsak, ids.cave)).statusCode, (await open(people.somsak, ids.cave)).json().code, (await open(people.analyst, ids.cave)).statusCode, (await look(people.analyst, ids.cave)).statusCode]).toEqual([404, 'review/glass-own', 403, 403])
    // who may not know of persons at home does not elsewhere
    expect([(await open(people.wilaiphon, ids.household)).statusCode, (await look(people.wilaiphon, ids.household)).statusCode]).toEqual([200, 404])
  })

  test('is known at once to who answers for the place, with the reason; they end it, and it shows nothing any more', async () => {
    const { chiangmai, mali, somsak, khamkaeo } = people
    const { items } = (await mali.get('/api/glass')).json() as { items: { id: string; record: string; personName: string; reason: string; holds: boolean }[] }, mine = items.find(({ record }) => record === ids.cave)
    expect([mine, (await somsak.get('/api/glass')).json().items.length, (await chiangmai.get('/api/glass')).json().items]).toMatchObject([{ personName: 'ผู้ประสานเชียงใหม่', reason: REASON, holds: true }, items.length, []])
    expect([(await khamkaeo.post(`/api/glass/${mine?.id}/end`)).statusCode, (await people.wilaiphon.post(`/api/glass/${mine?.id}/end`)).statusCode, (await look(chiangmai, ids.cave)).statusCode]).toEqual([404, 404, 200])
    expect((await mali.post(`/api/glass/${mine?.id}/end`)).json()).toEqual({ id: mine?.id })
    expect([(await look(chiangmai, ids.cave)).statusCode, (await mali.post(`/api/glass/${mine?.id}/end`)).statusCode]).toEqual([404, 404])
    expect((await listNotes(house.database)).filter(line => /^glass\.(see|end)/.test(line))).toEqual([`glass.see (${REASON})`, `glass.see (${REASON})`, 'glass.end'])
  })

  test('ends by itself, and whoever opened it ends it, too', async () => {
    const { chiangmai } = people
    await open(chiangmai, ids.household)
    const home = (await look(chiangmai, ids.household)).json() as Seen
    expect([home.record.values.head_name, home.withheld.map(({ sensitivity }) => sensitivity)]).toEqual(['นางลับ', ['sensitive']])
    await writeAs(house.database.app, SYSTEM, tx => sql`update access.glass set until = now() - interval '1 second' where area_code >= 'TH' and record_id = ${ids.household}`.execute(tx))
    expect((await look(chiangmai, ids.household)).statusCode).toBe(404)
    await open(chiangmai, ids.household)
    const { items: [own] } = (await chiangmai.get('/api/glass/mine')).json() as { items: { id: string }[] }
    expect([(await chiangmai.post(`/api/glass/${own?.id}/end`)).statusCode, (await look(chiangmai, ids.household)).statusCode]).toEqual([200, 404])
  })

  test('the database decides: the named record and its rows, for its person, while it holds; never a neighbour, never without naming it', async () => {
    const { chiangmai } = people, far = [AreaCode.parse('TH50')], me = PersonId.parse((await chiangmai.get('/api/me')).json().person.id), other = PersonId.parse((await people.somsak.get('/api/me')).json().person.id)
    await open(chiangmai, ids.cave)
    const rows = (person: PersonId, glass: string | null) => readAs(house.database.app, { person, kind: 'person', areas: far }, async tx => {
      const all = async () => (await sql<{ id: string }>`select id from core.record where area_code >= 'TH'`.execute(tx)).rows.map(({ id }) => id)
      const shown = glass === null ? await all() : await throughGlass(tx, RecordId.parse(glass), all)
      return [shown, await all()]
    })
    expect([await rows(me, ids.cave), await rows(me, ids.household), await rows(me, null), await rows(other, ids.cave)]).toEqual([[[ids.cave], []], [[], []], [[], []], [[], []]])
    await writeAs(house.database.app, SYSTEM, tx => sql`update access.glass set ended_at = now() where area_code >= 'TH' and record_id = ${ids.cave}`.execute(tx))
    expect(await rows(me, ids.cave)).toEqual([[], []])
  })
})
