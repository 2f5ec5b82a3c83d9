import { beforeAll, expect, test } from 'vitest'
import type { FastifyInstance } from 'fastify'
import { AreaCode, type PersonId } from '../../domain/base/ids.ts'
import type { AuditLine } from '../../domain/audit/audit.ts'
import { note } from '../../server/db/note.ts'
import { writeAs } from '../../server/db/scope.ts'
import { freshDatabase, startApp, type Fresh } from '../setup/fresh.ts'
import { Browser, makePerson } from '../setup/people.ts'

let database: Fresh, app: FastifyInstance, malee: PersonId, somchai: PersonId
const tambon = AreaCode.parse('TH580101'), neighbour = AreaCode.parse('TH580102')

beforeAll(async () => {
  database = await freshDatabase()
  app = await startApp(database)
  malee = await makePerson(database, { userName: 'malee', name: 'มาลี', role: 'tambon-integrator' })
  somchai = await makePerson(database, { userName: 'somchai', name: 'สมชาย', home: neighbour, role: 'collector', areas: [neighbour] })
  await makePerson(database, { userName: 'auditor', role: 'auditor', home: 'TH58' })
  const acts = [['team.change', tambon, null], ['import.keep', tambon, null], ['person.see', neighbour, somchai]] as const
  for (const [action, area, about] of acts) await writeAs(database.app, { person: malee, kind: 'person', areas: [AreaCode.parse('TH')] }, tx => note(tx, { action, area, about, target: 'record 7' }))
})

async function as(name: string): Promise<(address: string) => Promise<{ items: AuditLine[]; next: string | null }>> {
  const browser = new Browser(app)
  expect((await browser.signIn(name)).statusCode).toBe(200)
  return async address => {
    const reply = await browser.get(`/api${address}`)
    expect(reply.statusCode, reply.body).toBe(200)
    return reply.json()
  }
}
const acts = (items: readonly AuditLine[]) => items.map(line => line.action).filter(action => !/^(sign-in|audit)\./.test(action))

test('a tambon integrator reads what was done in her tambon and what she did herself, in sentences, the newest first', async () => {
  const ask = await as('malee')
  const { items } = await ask('/audit?area=TH580101')
  expect(acts(items)).toEqual(['import.keep', 'team.change'])
  expect(items.find(line => line.action === 'import.keep')?.say).toMatchObject({ th: expect.stringMatching(/^มาลี นำเข้าไฟล์ของตำบล/), en: expect.stringMatching(/^มาลี imported files of .+ Tambon$/) })
  expect(acts((await ask('/audit?target=record%207')).items)).toEqual(['import.keep', 'team.change'])
  expect(acts((await ask('/audit?area=TH580102')).items)).toEqual([])
  expect(acts((await ask('/audit/mine')).items)).toEqual(['person.see', 'import.keep', 'team.change'])
})

test('a person sees who looked at what is his, and may not read the audit of a place', async () => {
  const browser = new Browser(app)
  await browser.signIn('somchai')
  const mine = (await browser.get('/api/audit/mine')).json<{ items: AuditLine[] }>()
  expect(mine.items.filter(line => line.action === 'person.see')).toMatchObject([{ actor: malee, actorName: 'มาลี', about: somchai }])
  expect((await browser.get('/api/audit')).statusCode).toBe(403)
})

test('reading the audit stands in the audit, and pages go on where they ended', async () => {
  const ask = await as('auditor')
  const lines: AuditLine[] = []
  let next: string | null = null
  do {
    const page: { items: AuditLine[]; next: string | null } = await ask(`/audit?limit=2${next ? `&after=${next}` : ''}`)
    expect(page.items.length).toBeLessThanOrEqual(2)
    lines.push(...page.items)
    next = page.next
  } while (next)
  expect(new Set(lines.map(line => line.id)).size).toBe(lines.length)
  expect(lines.map(line => line.id)).toEqual(lines.map(line => line.id).sort((a, b) => b - a))
  expect(acts(lines)).toEqual(['person.see', 'import.keep', 'team.change'])
  const [read] = (await ask('/audit?action=audit.read&area=TH58')).items.filter(line => line.area === 'TH58')
  expect(read).toMatchObject({ actorName: 'auditor', actorKind: 'person', say: { th: expect.stringContaining('เปิดอ่านบันทึกการใช้งานของจังหวัดแม่ฮ่องสอน') } })
})
