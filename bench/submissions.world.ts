import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { Agent, request } from 'node:http'
import pg from 'pg'
import { AreaCode, DatasetId } from '../domain/base/ids.ts'
import { Dataset } from '../domain/dataset/dataset.ts'
import type { FormModel } from '../domain/dataset/dataset.form.ts'
import { placesOf } from '../domain/access/can.ts'
import { readWorkbook } from '../engine/form/read-workbook.ts'
import { findByUserName, loadViewer } from '../server/access/read.viewer.ts'
import { makeToken } from '../server/access/write.token.ts'
import { findForm } from '../server/dataset/read.ts'
import { publishForm } from '../server/dataset/write.publish.ts'
import { OPERATOR, readAs, SYSTEM, writeAs } from '../server/db/scope.ts'
import { scopeOf } from '../server/http/viewer.ts'
import { multipart } from '../tests/setup/telephone.ts'
import type { World } from './world.ts'

const NATION = AreaCode.parse('TH'), FORM = DatasetId.parse('hh_survey')
export const TAMBON = AreaCode.parse('TH580703')

/** The Thai household form, published in the bench's world, and the key of a telephone that collects with it. */
export async function openHousehold({ address, database }: World): Promise<{ url: string; model: FormModel }> {
  const base = JSON.parse(await readFile(new URL('../seed/dataset/household/dataset.json', import.meta.url), 'utf8'))
  const dataset = Dataset.parse({ ...base, id: FORM, lasting: false, about: null })
  const workbook = await readWorkbook('household-survey-th.md', await readFile(new URL('household-survey-th.md', import.meta.url)))
  await writeAs(database.app, SYSTEM, async tx => {
    await tx.insertInto('core.dataset').values({ area_code: NATION, id: FORM, position: 99, definition: JSON.stringify(dataset) }).execute()
    await publishForm(tx, { area: NATION, dataset }, NATION, workbook, { name: 'bench', person: null })
  })
  const id = await readAs(database.app, OPERATOR, tx => findByUserName(tx, 'khamkaeo'))
  const viewer = id && await loadViewer(database.app, id, 'operator', null)
  if (!viewer) throw new Error('the demo world has no collector')
  const { secret } = await writeAs(database.app, scopeOf(viewer, placesOf(viewer, 'collect')), tx => makeToken(tx, viewer, { name: 'bench', areas: [TAMBON], days: 1, kind: 'collector', datasets: null }))
  const form = await readAs(database.app, SYSTEM, tx => findForm(tx, NATION, FORM, '2026112301'))
  return { url: `${address}/api/key/${secret}/submission?deviceID=bench`, model: form?.model as FormModel }
}

/** One household as a telephone writes it, with one to six persons, about 1.6 kB. */
export function household(turn: number): string {
  const persons = Array.from({ length: 1 + turn % 6 }, (_, i) => `<person><name>สมาชิก ${i + 1} ตัวอย่าง</name><sex>${i % 2 ? 'f' : 'm'}</sex><age>${20 + i * 9}</age><relation>${i ? 'child' : 'head'}</relation>`
    + `${i % 2 && 20 + i * 9 <= 50 ? '<pregnant>no</pregnant>' : '<pregnant/>'}${20 + i * 9 <= 24 ? '<in_school>yes</in_school>' : '<in_school/>'}<disability>none</disability><income>${5000 + i * 100}</income></person>`)
  const size = persons.length, total = persons.reduce((sum, _, i) => sum + 5000 + i * 100, 0), elderly = Array.from({ length: size }, (_, i) => 20 + i * 9).filter(age => age >= 60).length
  return `<?xml version='1.0' ?><data id="hh_survey" version="2026112301" xmlns:orx="http://openrosa.org/xforms"><start>2026-11-26T09:00:00.000+07:00</start><end>2026-11-26T09:12:00.000+07:00</end><deviceid>collect:bench</deviceid>`
    + `<g_site><province>58</province><district>5801</district><village>บ้านถ้ำลอด</village><location>19.5${turn % 1000} 98.2${turn % 977} 640.0 4.5</location><photo/></g_site><consent>yes</consent>`
    + `<g_hh><head_name>หัวหน้า ตัวอย่าง ${turn}</head_name><phone>0812345678</phone>${persons.join('')}<hh_size>${size}</hh_size><n_elderly>${elderly}</n_elderly><total_income>${total}</total_income>`
    + `<income_per_head>${Math.round(total / size * 100) / 100}</income_per_head><problems>debt</problems><problem_other/><elder_care/><visit_date>2026-11-26</visit_date></g_hh>`
    + `<orx:meta><orx:instanceID>uuid:${randomUUID()}</orx:instanceID><orx:instanceName>HH ${turn}</orx:instanceName></orx:meta></data>`
}

export type Sent = { ms: number[]; seconds: number }

/** So many telephones, each sending one household after the other over a connection that it keeps, until all are acknowledged. */
export async function send(url: string, clients: number, count: number, from = 0): Promise<Sent> {
  const agent = new Agent({ keepAlive: true, maxSockets: clients }), ms: number[] = []
  const bodies = Array.from({ length: count }, (_, i) => multipart('bench', household(from + i), []))
  const next = bodies.values(), began = performance.now()
  await Promise.all(Array.from({ length: clients }, async () => {
    for (const body of next) {
      const start = performance.now()
      await post(url, agent, body)
      ms.push(performance.now() - start)
    }
  }))
  const seconds = (performance.now() - began) / 1000
  agent.destroy()
  return { ms: ms.sort((a, b) => a - b), seconds }
}

function post(url: string, agent: Agent, body: Buffer): Promise<void> {
  return new Promise((done, fail) => {
    request(url, { method: 'POST', agent, headers: { 'content-type': 'multipart/form-data; boundary=bench', 'content-length': body.length, 'x-openrosa-version': '1.0', 'user-agent': 'org.odk.collect.android/bench' } }, reply => {
      reply.resume().on('end', () => reply.statusCode === 201 ? done() : fail(new Error(`answered ${reply.statusCode}`))).on('error', fail)
    }).on('error', fail).end(body)
  })
}

/** The bare thing: the same text in one INSERT, committed, over as many connections. */
export async function insertBare(connection: string, clients: number, count: number): Promise<Sent> {
  const next = Array.from({ length: count }, (_, i) => household(i)).values(), ms: number[] = []
  const all = await Promise.all(Array.from({ length: clients }, async () => { const client = new pg.Client({ connectionString: connection }); await client.connect(); return client }))
  await all[0]?.query('create table if not exists public.bare (id uuid primary key default gen_random_uuid(), xml text)')
  const began = performance.now()
  await Promise.all(all.map(async client => {
    for (const xml of next) {
      const start = performance.now()
      await client.query({ name: 'bare', text: 'insert into public.bare (xml) values ($1)', values: [xml] })
      ms.push(performance.now() - start)
    }
  }))
  const seconds = (performance.now() - began) / 1000
  await Promise.all(all.map(client => client.end()))
  return { ms: ms.sort((a, b) => a - b), seconds }
}

/** Fills up to so many stored submissions, each already a record with its members, as the server would have left them. */
export async function fillTo(owner: pg.Client, size: number): Promise<void> {
  const { rows: [{ n }] } = await owner.query('select count(*)::int as n from raw.submission')
  if (n >= size) return
  await owner.query('set session_replication_role = replica')
  await owner.query(`create temp table made as select 'uuid:' || gen_random_uuid() as instance_id, i from generate_series(1, ${size - n}) i`)
  await owner.query(`insert into raw.submission (area_code, instance_id, dataset_id, version, form_area, sha256, xml, files, person_id, client)
    select s.area_code, m.instance_id, s.dataset_id, s.version, s.form_area, sha256(m.instance_id::bytea), s.xml, s.files, s.person_id, s.client from made m, (select * from raw.submission limit 1) s`)
  await owner.query(`insert into raw.act (area_code, record_id, dataset_id, kind, at, person_id, instance_id) select r.area_code, substr(m.instance_id, 6)::uuid, r.dataset_id, 'make', now(), r.made_by, m.instance_id from made m, (select * from core.record limit 1) r`)
  await owner.query(`insert into core.record select r.area_code, substr(m.instance_id, 6)::uuid, r.dataset_id, r.about, r.state, r.form_area, r.version, m.instance_id, 1, r.day, r.made_at, r.made_by, r.changed_at, r.changed_by, r.open, r.internal, r.personal, r.sensitive, r.faults from made m, (select * from core.record limit 1) r`)
  await owner.query(`insert into core.record_row select w.area_code, substr(m.instance_id, 6)::uuid, w.dataset_id, w.repeat, p, w.parent, w.made_by, w.open, w.internal, w.personal, w.sensitive from made m, generate_series(1, 3 + m.i % 2) p, (select * from core.record_row limit 1) w`)
  await owner.query('drop table made; set session_replication_role = origin')
  for (const table of ['raw.submission', 'raw.act', 'core.record', 'core.record_row']) await owner.query(`vacuum analyze ${table}`)
}

export async function countWaiting(owner: pg.Client): Promise<number> {
  return (await owner.query('select count(*)::int as n from raw.waiting')).rows[0].n
}

