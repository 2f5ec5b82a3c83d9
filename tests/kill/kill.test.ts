import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeSeal } from '../../server/base/seal.ts'
import { openEmbedded, type Embedded } from '../../server/db/embedded.ts'
import { rakkaeo } from '../setup/command.ts'
import { copySeeded, makeTempFolder } from '../setup/seeded-folder.ts'
import { Telephone } from '../setup/telephone.ts'
import { House } from './house.ts'
import { sendOn, type Sent, type XForms } from './sending.ts'
import { judge } from './verdict.ts'

const KILLS = Number(process.env.KILLS ?? 20), TELEPHONES = 5
/** How long the house stands, once telephones have come through, before it is killed; and how far a start gets that is killed as well. */
const STANDS_MS = [0, 900] as const, GETS_UP_MS = [50, 1500] as const
const COME_THROUGH = 4
const STARTS_KILLED = 0.2, EACH_KILL_MS = 20_000, READ_WITHIN_MS = 120_000

const folder = makeTempFolder(), data = join(folder, 'data'), env = { RAKKAEO_DATA: data }
const ledger: Sent[] = []
let house: House, path: string, xforms: XForms
let open: Embedded, owner: pg.Client

beforeAll(async () => {
  house = new House(await copySeeded(data))
  await house.start()
  const key = await rakkaeo(['collector', 'token', '--area', 'TH580703'], { env })
  const phone = new Telephone(key.out.trim()), offered = await phone.listForms()
  const xformOf = async (id: keyof XForms) => (await phone.download(offered.find(form => form.id === id) as (typeof offered)[number])).xform
  path = new URL(phone.base).pathname
  xforms = { attraction: await xformOf('attraction'), household: await xformOf('household') }
})
afterAll(async () => {
  await owner?.end()
  await open?.close()
  await house.stop()
  rmSync(folder, { recursive: true, force: true })
})

const hasFile = (sent: Sent) => [...sent.files.values()].some(file => file.acknowledged)
function hasComeThrough(since: number): boolean {
  const through = ledger.slice(since).filter(sent => sent.acknowledged)
  return through.length >= COME_THROUGH && through.some(hasFile)
}
const between = ([least, most]: readonly [number, number]) => least + Math.random() * (most - least)
const findFaults = () => judge(owner, makeSeal(open.keys), join(data, 'files'), ledger)

test(`server and database are killed ${KILLS} times while telephones send: nothing that was acknowledged is lost, nothing is there twice or half`, async () => {
  let isOver = false
  const sending = Promise.all(Array.from({ length: TELEPHONES }, () => sendOn(house, path, xforms, ledger, () => isOver))).finally(() => { isOver = true })
  sending.catch(() => {})
  for (let kill = 1; kill <= KILLS && !isOver; kill++) {
    for (const since = ledger.length; !hasComeThrough(since) && !isOver;) await wait(10)
    await wait(between(STANDS_MS))
    if (kill === KILLS) isOver = true
    await house.kill()
    if (Math.random() < STARTS_KILLED) await house.killWhileStarting(between(GETS_UP_MS))
    await house.start()
  }
  await sending

  open = await openEmbedded(data, `${data}.keys`, null)
  owner = new pg.Client(open.admin)
  await owner.connect()
  await untilRead()
  const faults = await findFaults(), acknowledged = ledger.filter(sent => sent.acknowledged), files = ledger.flatMap(sent => [...sent.files.values()])
  console.log(`sent ${ledger.length}, with ${files.length} files; files acknowledged ${files.filter(file => file.acknowledged).length}; there ${await count()}`)
  console.log(`kills=${KILLS} acknowledged=${acknowledged.length} lost=${faults.length}`)
  expect(faults).toEqual([])
  expect(acknowledged.length).toBeGreaterThanOrEqual(KILLS * COME_THROUGH)
  expect(ledger.length, 'some were cut off').toBeGreaterThan(acknowledged.length)
}, 60_000 + KILLS * EACH_KILL_MS)

const count = async (where = 'true') => (await owner.query(`select count(*)::int as n from raw.submission left join raw.waiting w using (instance_id, dataset_id) where ${where}`)).rows[0].n as number

async function untilRead(): Promise<void> {
  for (const until = Date.now() + READ_WITHIN_MS; await count('w.arrived is not null') > 0; await wait(100)) if (Date.now() > until) throw new Error(`not all was read within ${READ_WITHIN_MS / 1000} s`)
}

test('after all of it the integrator of the tambon finds every one in the list, and the chain of the audit is whole', async () => {
  const address = await house.address(), headers = { 'content-type': 'application/json' }
  const signed = await fetch(`${address}/api/auth/sign-in`, { method: 'POST', headers, body: JSON.stringify({ name: 'mali', password: 'ruam-phalang-58' }) })
  const cookie = signed.headers.getSetCookie().map(one => one.split(';')[0]).join('; ')
  const counts = await Promise.all(['attraction', 'household'].map(async id => ((await (await fetch(`${address}/api/datasets/${id}/records`, { headers: { cookie } })).json()) as { count: number }).count))
  const kept = async (id: string) => (await owner.query(`select count(*)::int as n from core.record where dataset_id = $1 and area_code like 'TH580703%'`, [id])).rows[0].n as number
  expect(counts).toEqual([await kept('attraction'), await kept('household')])
  const verified = await rakkaeo(['audit', 'verify'], { env })
  expect([verified.code, verified.out]).toEqual([0, expect.stringContaining('Whole')])
})

test('a loss would have been seen: one that is taken away, one that is changed, one that is read twice, a file that is cut', async () => {
  const cut = ledger.find(hasFile) as Sent, [gone, changed, again] = ledger.filter(sent => sent.acknowledged && sent !== cut) as [Sent, Sent, Sent]
  const sha256 = [...cut.files.values()].find(file => file.acknowledged)?.sha256 as string
  await owner.query('delete from raw.submission where instance_id = $1', [gone.instanceId])
  await owner.query(`update raw.submission set xml = xml || ' ' where instance_id = $1`, [changed.instanceId])
  await owner.query('update core.record set versions = 2 where instance_id = $1', [again.instanceId])
  writeFileSync(join(data, 'files', sha256.slice(0, 2), sha256.slice(2, 4), sha256), 'half')
  const faults = await findFaults()
  expect(faults).toEqual(expect.arrayContaining([
    `${gone.instanceId} was acknowledged and is lost`, `${changed.instanceId} has other answers than were sent`,
    expect.stringMatching(new RegExp(`^${again.instanceId} should be read once .* is read as .*"versions":2`)), expect.stringMatching(new RegExp(`^${cut.instanceId} .* is not whole$`)),
  ]))
  expect(faults).toHaveLength(4)
})
