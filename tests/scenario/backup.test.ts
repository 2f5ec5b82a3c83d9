import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { copyFileSync, existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Problem } from '../../domain/base/problem.ts'
import { verifyBackup } from '../../server/backup/read.verify.ts'
import { printSchema } from '../../server/db/schema.ts'
import { serverFor, somebody } from '../setup/as.ts'
import { KEPT_CODE, lastLine, rakkaeo } from '../setup/command.ts'
import type { Fresh } from '../setup/fresh.ts'
import { asOwner, emptyDatabase, hashTables, RELEASE_0024, restoredDatabase } from '../setup/restored.ts'
import { makeTempFolder } from '../setup/seeded-folder.ts'

const folder = makeTempFolder(), file = (name: string) => join(folder, name)
let house: Fresh & { env: Record<string, string> }

beforeAll(async () => { house = await restoredDatabase(RELEASE_0024) })
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Approves and takes back, one record after the other, until told to stop. Gives how often. */
async function keepReviewing(isOver: () => boolean): Promise<number> {
  const { server, as } = await serverFor(house), mali = somebody('tambon-integrator', 'TH580703')
  const post = async (url: string, payload: object) => {
    const reply = await server.inject({ method: 'POST', url: `/api/datasets/water-source/acts${url}`, headers: as(mali), payload })
    if (reply.statusCode !== 200) throw new Error(reply.body)
    return reply.json() as { batch: string }
  }
  const { rows } = await asOwner(house.url, owner => owner.query(`select id from core.record where dataset_id = 'water-source' and state = 'received' and faults = '[]' and area_code like 'TH580703%' order by id`))
  for (let acts = 0; ; acts += 2) {
    const { batch } = await post('', { act: 'approve', ids: [rows[acts % rows.length].id] })
    if (isOver()) return acts + 1
    await post(`/${batch}/undo`, {})
  }
}

test('a backup that is made while people review shows one moment, in which acts, records, counts and figures agree', async () => {
  let isOver = false
  const reviewing = keepReviewing(() => isOver), made = await rakkaeo(['backup', file('busy'), '--json'], { env: house.env })
  isOver = true
  expect([made.code, lastLine(made)]).toEqual([0, '· Reading it back'])
  expect(await reviewing).toBeGreaterThan(2)
  const { env } = await restoredDatabase(file('busy')), checked = await rakkaeo(['figures', 'check'], { env })
  expect([checked.code, checked.out.trim()]).toEqual([0, expect.stringMatching(/^equal=\d{3,} different=0$/)])
  const { server, as } = await serverFor(house), lastFor = async (area: string) => (await server.inject({ url: '/api/backups/last', headers: as(somebody('administrator', area)) })).json().at as string | null
  expect(Date.now() - Date.parse(await lastFor('TH') as string), 'an administrator of the nation reads when it was').toBeLessThan(600_000)
  expect(await lastFor('TH58'), 'it is of the whole house').toBeNull()
  const audit = await rakkaeo(['audit', 'verify'], { env })
  expect([audit.code, audit.out]).toEqual([0, expect.stringContaining('Whole')])
  expect(JSON.parse(made.out)).toMatchObject({ format: 1, files: 35, tables: { 'core.record': 250 } })
})

test('restored into an empty place it is equal, table by table and file by file, and the schema is the same', async () => {
  expect((await rakkaeo(['backup', file('quiet')], { env: house.env })).code).toBe(0)
  const again = await restoredDatabase(file('quiet')), schemaOf = ({ url }: { url: string }) => asOwner(url, printSchema)
  const tables = await hashTables(house.url)
  expect(await hashTables(again.url)).toEqual(tables)
  expect(tables['raw.submission']).toMatch(/^263 rows/)
  expect(await schemaOf(again)).toBe(await schemaOf(house))
  const filesOf = ({ env }: { env: Record<string, string> }) => readdirSync(join(env['RAKKAEO_DATA'] as string, 'files'), { recursive: true }).filter(name => /\/[0-9a-f]{64}$/.test(String(name))).sort()
  expect(filesOf(again)).toEqual(filesOf(house))
  // the next act, record and line get numbers that nothing has yet
  const { rows: [next] } = await asOwner(again.url, owner => owner.query(`select nextval('raw.act_id_seq') > (select max(id) from raw.act) as act, nextval('audit.line_id_seq') > (select max(id) from audit.line) as line`))
  expect(next).toEqual({ act: true, line: true })
})

test('what is there is not overwritten, what is no backup is told, and data is never restored over data', async () => {
  writeFileSync(file('letter'), 'เรียน ผู้ใหญ่บ้าน')
  const said = async (...args: string[]) => { const ran = await rakkaeo(args, { env: house.env }); return [ran.code, lastLine(ran)] }
  expect(await said('backup', file('letter'))).toEqual([1, `The file ${file('letter')} is there already and was left as it is. Use another name, or add --force.`])
  expect(await said('restore', file('letter'), '--check')).toEqual([1, `${file('letter')} is not a backup of Rakkaeo.`])
  expect(await said('restore', file('none'))).toEqual([1, `Cannot read ${file('none')} (ENOENT).`])
  expect(await said('restore', RELEASE_0024)).toEqual([1, expect.stringMatching(/^This backup belongs to the keys file [0-9a-f-]{36}, and .* is another one or is not there\./)])
  expect(await said('restore', RELEASE_0024, '--other-keys')).toEqual([1, expect.stringMatching(/^There is data at .* already \(access\.grant\)\. A backup goes into an empty place only/)])
  expect(await said('backup', file('letter'), '--force')).toEqual([0, '· Reading it back'])
  expect((await rakkaeo(['restore', file('letter'), '--check'])).out).toContain('The backup is whole')
})

test('where there is no room it says so and leaves nothing', async () => {
  const child = spawn('sh', ['-c', `ulimit -f 400; exec ${process.execPath} cli/rakkaeo.mjs backup ${file('large')}`], { cwd: resolve(import.meta.dirname, '../..'), env: { ...process.env, ...house.env, LC_ALL: 'C.UTF-8' }, stdio: ['ignore', 'ignore', 'pipe'] })
  let said = ''
  child.stderr.on('data', text => { said += text })
  const [code] = await once(child, 'close')
  expect([code, said.trim().split('\n').at(-1)], said).toEqual([1, `There is no room for ${file('large')}; what was written of it was removed. Make room, or choose another place.`])
  expect(readdirSync(folder).filter(name => name.startsWith('large'))).toEqual([])
})

/** What a reader of the container never looks at: from the end of an entry to the next block of 512 bytes. */
function isPadding(bytes: Buffer, wanted: number): boolean {
  for (let at = 0; at < wanted;) {
    const size = Number.parseInt(bytes.toString('latin1', at + 124, at + 136), 8) || 0, end = at + 512 + size
    const next = at + 512 + Math.ceil(size / 512) * 512
    if (wanted < next) return wanted >= end || bytes[at] === 0
    at = next
  }
  return false
}

test('a byte that is turned anywhere, or an end that is missing, is found', async () => {
  const whole = readFileSync(RELEASE_0024), bad = file('bad')
  const faultOf = async (bytes: Buffer) => { writeFileSync(bad, bytes); return verifyBackup(bad).then(() => 'whole', error => error instanceof Problem ? error.code : String(error)) }
  expect(await faultOf(whole)).toBe('whole')
  await fc.assert(fc.asyncProperty(fc.integer({ min: 0, max: whole.length - 1 }), fc.integer({ min: 1, max: 255 }), async (at, by) => {
    fc.pre(!isPadding(whole, at))
    const turned = Buffer.from(whole)
    turned[at] = (turned[at] as number) ^ by
    expect(await faultOf(turned)).toMatch(/^backup\/(damaged|not-backup|cut-short|format-newer)$/)
  }), { numRuns: 30 })
  await fc.assert(fc.asyncProperty(fc.integer({ min: 0, max: whole.length - 3000 }), async length => {
    expect(await faultOf(whole.subarray(0, length))).toMatch(/^backup\/(cut-short|damaged|not-backup)$/)
  }), { numRuns: 10 })
})

/** A command that is killed, as when the power goes, in the moment that `isTime` says. */
async function killed(args: string[], env: Record<string, string>, isTime: (said: string) => boolean): Promise<void> {
  const child: ChildProcess = spawn(process.execPath, ['cli/rakkaeo.mjs', ...args], { cwd: resolve(import.meta.dirname, '../..'), env: { ...process.env, ...KEPT_CODE, ...env, LC_ALL: 'C.UTF-8' }, stdio: ['ignore', 'ignore', 'pipe'] })
  let said = ''
  child.stderr?.on('data', text => { said += text })
  while (!isTime(said) && child.exitCode === null) await wait(1)
  child.kill('SIGKILL')
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
  expect(child.signalCode, `it was over before it could be killed:\n${said}`).toBe('SIGKILL')
}

test('a backup that is killed leaves nothing under its name, and the next one removes what it left', async () => {
  const draft = () => readdirSync(folder).find(name => /^night\.\d+\.part$/.test(name))
  await killed(['backup', file('night')], house.env, () => { const name = draft(); return name !== undefined && statSync(file(name)).size > 0 })
  expect([existsSync(file('night')), draft()]).toEqual([false, expect.any(String)])
  expect((await rakkaeo(['backup', file('night')], { env: house.env })).code).toBe(0)
  expect(draft()).toBe(undefined)
})

test('a restore that is killed, while it makes the tables or while it fills them, leaves an empty place, and the next one is whole', async () => {
  copyFileSync(RELEASE_0024, file('release'))
  const { url, env } = await emptyDatabase(), restore = ['restore', file('release'), '--other-keys']
  await killed(restore, env, said => said.includes('0012_record.sql'))
  await killed(restore, env, said => said.includes('Taking it back'))
  expect((await asOwner(url, owner => owner.query('select from core.record'))).rowCount).toBe(0)
  const { code, err } = await rakkaeo(restore, { env })
  expect([code, err]).toEqual([0, expect.stringContaining('0001_area.sql')])
  const kept = await asOwner(url, owner => owner.query('select count(*)::int as records, (select count(*)::int from raw.act) as acts from core.record'))
  expect(kept.rows).toEqual([{ records: 250, acts: 302 }])
})
