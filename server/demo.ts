import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { AreaCode, GrantId, PersonId, TeamId } from '../domain/base/ids.ts'
import { Text } from '../domain/base/text.ts'
import { NATION } from '../domain/area/rules.ts'
import { Role } from '../domain/access/access.ts'
import { Source } from '../domain/indicator/indicator.ts'
import { findAccountId } from './auth/accounts.read.ts'
import { makeAccount } from './auth/accounts.ts'
import { makeDoor, type Door, type DoorParts } from './auth/door.ts'
import { keepTerms } from './auth/terms.ts'
import type { Environment } from './base/environment.ts'
import type { Db, Writer } from './db/db.ts'
import { loadOnce } from './db/once.ts'
import { SYSTEM, writeAs } from './db/scope.ts'
import { forgetDemoRecords, loadDemoRecords, type RecordParts } from './demo.records.ts'
import { keepSources } from './indicator/write.ts'
import { importTpmap } from './publication/write.tpmap.ts'

const FOLDER = fileURLToPath(new URL('../seed/demo', import.meta.url))
const FILES = ['tambol_common', 'tambol_poor', 'village_common', 'village_poor'].map(name => `demo_tpmap_2561_${name}.csv`)
const DemoPerson = z.object({ id: PersonId, userName: z.string(), name: z.string(), home: AreaCode, role: Role, area: AreaCode, givenBy: z.string().nullable() })
type DemoPerson = z.infer<typeof DemoPerson>
const DemoTeam = z.object({ id: TeamId, name: Text, university: Text, areas: z.tuple([AreaCode], AreaCode), members: z.array(z.string()) })
type DemoTeam = z.infer<typeof DemoTeam>
const DemoPeople = z.object({ password: z.string(), team: DemoTeam, people: z.array(DemoPerson) })

const NAME: Text = { th: 'โลกตัวอย่าง (คน ตัวเลข และระเบียนสมมุติ)', en: 'the demo world (invented people, figures and records)' }

/**
 * The demo world comes where it may be; where it may not, those who came with it before cannot sign in, since everyone knows their
 * passwords, and its records are gone from sight.
 */
export async function settleDemo(parts: DoorParts & { environment: Pick<Environment, 'demo' | 'dataFolder'> }, onProgress: (name: Text, done: number, total: number) => void = () => {}): Promise<void> {
  const { environment: { demo, dataFolder }, database: { app, keys } } = parts
  if (!demo) return endDemo(app)
  const isNew = [await loadDemo(makeDoor(parts)), await loadDemoFigures(app), await loadRecords({ app, keys, dataFolder })]
  if (isNew.includes(true)) onProgress(NAME, 1, 1)
}

/** Invented figures go through the very importer that anyone uses, under a source that says what they are and is never open. */
function loadDemoFigures(app: Db): Promise<boolean> {
  return writeAs(app, SYSTEM, async tx => {
    const source = await readFile(`${FOLDER}/source.json`, 'utf8')
    const files = await Promise.all(FILES.map(async name => ({ name, bytes: await readFile(`${FOLDER}/${name}`) })))
    return loadOnce(tx, 'demo-figures', [source, ...files.map(file => file.bytes)], async () => {
      const definition = Source.parse(JSON.parse(source))
      await keepSources(tx, [definition])
      const report = await importTpmap(tx, files, { by: { name: 'seed', person: null }, areas: [NATION], source: definition.id, year: '2561' })
      if (report.counts.errors > 0) throw new Error(`seed/demo: ${JSON.stringify(report.problems[0])}`)
    })
  })
}

async function loadRecords(parts: Omit<RecordParts, 'people'>): Promise<boolean> {
  const { people } = DemoPeople.parse(JSON.parse(await readFile(`${FOLDER}/people.json`, 'utf8')))
  return loadDemoRecords({ ...parts, people: new Map(people.map(({ userName, id }) => [userName, id])) })
}

/** Invented people whose passwords are printed in the README. */
export async function loadDemo(door: Door): Promise<boolean> {
  const text = await readFile(`${FOLDER}/people.json`, 'utf8')
  const { password, team, people } = DemoPeople.parse(JSON.parse(text))
  return writeAs(door.database.app, SYSTEM, async tx => {
    await wake(tx)
    return loadOnce(tx, 'demo-people', [text], async () => {
      for (const person of people) await loadPerson(door, tx, person, people, password)
      await loadTeam(tx, team, people)
    })
  })
}

async function endDemo(app: Db): Promise<void> {
  await writeAs(app, SYSTEM, async tx => {
    await tx.updateTable('access.person').set({ ended_at: new Date() }).where('area_code', '>=', NATION).where('demo', '=', true).where('ended_at', 'is', null).execute()
    await forgetDemoRecords(tx)
  })
}

function wake(tx: Writer): Promise<unknown> {
  return tx.updateTable('access.person').set({ ended_at: null }).where('area_code', '>=', NATION).where('demo', '=', true).where('ended_at', 'is not', null).execute()
}

async function loadPerson(door: Door, tx: Writer, { id, userName, name, home, role, area, givenBy }: DemoPerson, people: readonly DemoPerson[], password: string): Promise<void> {
  const made = { id, area: home, name, userName, email: null, demo: true }
  const hasAccount = await findAccountId(door.database.auth, userName) !== null
  if (!hasAccount) await makeAccount(door, tx, { ...made, password })
  else await tx.insertInto('access.person').values({ area_code: home, id, name, user_name: userName, email: null, demo: true, ended_at: null }).onConflict(conflict => conflict.columns(['area_code', 'id']).doUpdateSet({ name })).execute()
  await keepTerms(tx, { ...made, userName })
  const giver = people.find(person => person.userName === givenBy) ?? null
  await tx.insertInto('access.grant').values({
    area_code: area, id: GrantId.parse(id.replace(/-8000-/, '-8001-')), person_id: id, role, valid_from: '2018-01-01', valid_until: null,
    given_by: giver?.id ?? null, given_by_name: giver?.name ?? null, ended_at: null, ended_by: null,
  }).onConflict(conflict => conflict.columns(['area_code', 'id']).doNothing()).execute()
}

async function loadTeam(tx: Writer, { id, name, university, areas, members }: DemoTeam, people: readonly DemoPerson[]): Promise<void> {
  const names = { name_th: name.th, name_en: name.en, university_th: university.th, university_en: university.en }
  await tx.insertInto('team.team').values({ area_code: areas[0], id, ...names, made_by: null }).onConflict(conflict => conflict.columns(['area_code', 'id']).doUpdateSet(names)).execute()
  await tx.insertInto('team.area').values(areas.map(area_code => ({ area_code, team_id: id }))).onConflict(conflict => conflict.doNothing()).execute()
  const ids = people.filter(person => members.includes(person.userName)).map(person => person.id)
  await tx.updateTable('access.grant').set({ team_id: id }).where('area_code', 'in', areas).where('person_id', 'in', ids).execute()
}
