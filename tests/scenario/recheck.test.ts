import pg from 'pg'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import type { FormModel } from '../../domain/dataset/dataset.form.ts'
import { NATION } from '../../domain/area/rules.ts'
import { makeCheck } from '../../engine/form/check.ts'
import { makeSeal } from '../../server/base/seal.ts'
import { loadEngineForm } from '../../server/base/xforms-engine.ts'
import { OPERATOR, readAs } from '../../server/db/scope.ts'
import { drawSubmissions, recheck } from '../../server/record/read.recheck.ts'
import { fillIn, signedIn, startCollecting, telephoneOf, untilRead, type Collecting } from '../setup/collecting.ts'
import { lastLine, rakkaeo } from '../setup/command.ts'
import { freshDatabase } from '../setup/fresh.ts'
import { interview } from '../setup/interview.ts'
import { makePerson } from '../setup/people.ts'
import type { Telephone } from '../setup/telephone.ts'

const HOME = 'TH580703', VILLAGE = 'TH58070301', NEIGHBOUR = 'TH580702'
const INTERVIEWED = ['household', 'farmer', 'story', 'water-source', 'tambon-goals'], EACH = 3
/** Each command starts the engine anew. */
const LONG = { timeout: 180_000 }
const SECRET = 'ความลับ-zq', NUMBER = '1101700230708'
/** Before anything is sent: the lists of things change with what arrives. */
const downloaded = new Map<string, Awaited<ReturnType<Telephone['download']>>>()
let house: Collecting, phone: Telephone, owner: pg.Client, sent = 0

beforeAll(async () => {
  house = await startCollecting(await freshDatabase())
  phone = await telephoneOf(house, await signedIn(house, { userName: 'buala', role: 'collector', areas: [HOME] }), [HOME])
  await makePerson(house.database, { userName: 'thongdi', role: 'tambon-integrator', areas: [HOME] })
  await makePerson(house.database, { userName: 'jaidee', role: 'tambon-integrator', areas: [NEIGHBOUR] })
  await makePerson(house.database, { userName: 'orathai', role: 'auditor', areas: ['TH'] })
  for (const form of await phone.listForms()) if ([...INTERVIEWED, 'attraction'].includes(form.id)) downloaded.set(form.id, await phone.download(form))
  owner = new pg.Client({ connectionString: house.database.url })
  await owner.connect()
  for (const id of INTERVIEWED) await sendInterviews(id)
  for (const faulty of [HOUSEHOLD, { ...HOUSEHOLD, consent: 'no' }]) await send('household', faulty)
  await send('attraction', { village: VILLAGE, title: SECRET, kind: 'moon', status: 'open', visit_date: '2100-01-01', phone: SECRET })
  await untilRead(house)
})
afterAll(() => owner.end())

/** A household with one fault of every kind. */
const HOUSEHOLD = {
  village: VILLAGE, visit_date: '2026-11-26', consent: 'yes', house_number: '1', head_name: SECRET, phone: SECRET, land_tenure: 'nowhere', work_land_tenure: 'none', rai: '3', members: '9',
  member: [{ first_name: SECRET, sex: 'f', birth_year: 'ไม่รู้', national_id: NUMBER }, { sex: 'm', birth_year: '2530', national_id: '12', religion_other: SECRET }],
}

const formOf = (id: string) => downloaded.get(id) as { xform: string; files: Map<string, string> }

async function send(id: string, given: Parameters<typeof fillIn>[1]): Promise<void> {
  expect((await phone.submit(fillIn(formOf(id).xform, given).xml)).status).toBe(201)
  sent++
}

/** As somebody at the telephone fills it in, who answers by chance. */
async function sendInterviews(id: string): Promise<void> {
  const { xform, files } = formOf(id), form = await loadEngineForm(xform, Object.fromEntries(files))
  for (let turn = 0; turn < EACH; turn++) {
    const numbers = Array.from({ length: 50 }, (_, i) => (i * 7919 + turn * 104729) % 1000)
    expect((await phone.submit(await interview(form.createInstance(), numbers).xml())).status).toBe(201)
    sent++
  }
}

const run = (...args: string[]) => rakkaeo(['form', 'recheck', ...args], { env: { DATABASE_URL: house.database.url, RAKKAEO_KEYS: inject('cluster').keysFile } })
const audited = async () => (await owner.query(`select kind, actor, area_code as area, target from audit.line where action = 'record.recheck' order by id desc limit 1`)).rows[0]

describe('what telephones sent is judged once more', LONG, () => {
  test('by the engine of ODK, which finds in well and badly filled in forms what the server found', async () => {
    const { rows } = await owner.query(`select distinct fault ->> 'kind' as kind from core.record, jsonb_array_elements(faults) fault`)
    expect(rows.map(row => row.kind)).toEqual(expect.arrayContaining(['required', 'constraint', 'choice', 'type', 'calculation', 'not-relevant']))
    const { code, out, err } = await run()
    expect([code, out]).toEqual([0, `checked=${sent} different=0\n`])
    expect(await audited()).toEqual({ kind: 'operator', actor: null, area: NATION, target: null })
    for (const secret of [SECRET, NUMBER]) expect(out + err).not.toContain(secret)
  })
  test('of one dataset, of one place, and no more than so many', async () => {
    expect((await run('--dataset', 'household')).out).toBe(`checked=${EACH + 2} different=0\n`)
    expect((await run('--dataset', 'household', '--most', '2')).out).toBe('checked=2 different=0\n')
    expect((await run('--area', NEIGHBOUR)).out).toBe('checked=0 different=0\n')
    expect(JSON.parse((await run('--dataset', 'attraction', '--area', 'TH58', '--json')).out)).toEqual({ checked: 1, different: 0, differences: [] })
    expect(await audited()).toEqual({ kind: 'operator', actor: null, area: 'TH58', target: 'attraction' })
  })
  test('in the name of a person in their places alone', async () => {
    expect((await run('--as', 'thongdi', '--dataset', 'household')).out).toBe(`checked=${EACH + 2} different=0\n`)
    expect(await audited()).toMatchObject({ kind: 'operator', actor: expect.any(String), area: HOME })
    expect((await run('--as', 'jaidee')).out).toBe('checked=0 different=0\n')
    expect(lastLine(await run('--as', 'jaidee', '--area', HOME))).toContain('not in your places')
    expect(lastLine(await run('--as', 'orathai'))).toContain('Your roles do not include this')
  })
  test.each([
    [['--dataset', 'castle'], 'There is no dataset castle.'], [['--area', 'TH5807O3'], 'There is no place with the code TH5807O3.'], [['--most', 'many'], 'this value is not valid: --most'],
  ])('%s is told', async (args, said) => {
    const { code, out, err } = await run(...args)
    expect([code, out, err]).toEqual([1, '', expect.stringContaining(said)])
  })
})

describe('a check that is not right', LONG, () => {
  const drawn = () => readAs(house.database.app, OPERATOR, tx => drawSubmissions(tx, OPERATOR.areas, null, 1000))
  const seal = () => makeSeal(house.database.keys)
  const withRule = (name: string, rule: object) => (model: FormModel) => makeCheck({ ...model, questions: model.questions.map(question => question.name === name ? { ...question, ...rule } : question) })

  test.each([
    ['forgets a condition', withRule('national_id', { constraint: null }), ['farmer national_id constraint engine', 'household national_id constraint engine']],
    ['accuses the number of a citizen, which lies sealed', withRule('national_id', { constraint: `. != '${NUMBER}'` }), ['farmer national_id constraint engine', 'household national_id constraint check', 'household national_id constraint engine']],
    ['computes otherwise', withRule('members', { calculate: '5' }), ['household members calculation check']],
  ])('and %s is found, and no answer is told', async (_, make, expected) => {
    const { differences } = await recheck(await drawn(), seal(), make)
    expect(differences.map(({ dataset, path, kind, said }) => `${dataset} ${path.split('/').at(-1)} ${kind} ${said}`).sort()).toEqual(expected)
    for (const secret of [SECRET, NUMBER]) expect(JSON.stringify(differences)).not.toContain(secret)
  })

  test('is told by the command, a line for each question, and ends it with 1', async () => {
    const { rows: [form] } = await owner.query(`update core.form set model = replace(model::text, '^[0-9๐-๙]{9,10}$', '.*')::jsonb where dataset_id = 'household' returning version`)
    const { code, out } = await run('--dataset', 'household')
    expect([code, out.trim().split('\n')]).toEqual([1, [
      `✗ household ${form.version} /data/house/phone constraint: only the engine of ODK tells this (×2)`, expect.stringContaining('Please report these lines'), `checked=${EACH + 2} different=2`,
    ]])
    expect((await run('--dataset', 'household', '--lang', 'th')).out).toContain('/data/house/phone constraint: มีเพียงเครื่องมือของ ODK ที่บอก')
  })
})
