import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { lastLine, rakkaeo } from '../setup/command.ts'
import { copySeeded } from '../setup/seeded-folder.ts'
import { startServer, type RunningServer } from '../setup/server.ts'

const folder = mkdtempSync(join(tmpdir(), 'rakkaeo-command-'))
const data = join(folder, 'data')
const env = { RAKKAEO_DATA: data }
let server: RunningServer

beforeAll(async () => {
  await copySeeded(data)
  server = await startServer(data)
})
afterAll(async () => {
  await server.stop()
  rmSync(folder, { recursive: true, force: true })
})

/** The published province file, with one thing changed. */
function provinceFile(name: string, change: (text: string) => string): string {
  const seeded = new URL('../../seed/tpmap/tpmap_2561_province_common.csv', import.meta.url)
  const path = join(folder, name)
  writeFileSync(path, change(readFileSync(seeded, 'utf8')))
  return path
}

test('help speaks the language of the machine, and what is typed wrong is named', async () => {
  const thai = await rakkaeo(['--help'], { env: { ...env, LC_ALL: 'th_TH.UTF-8' } })
  expect([thai.code, thai.out]).toEqual([0, expect.stringMatching(/วิธีใช้:[^]*เริ่มฐานข้อมูล[^]*docs\/install\.md/)])
  const english = await rakkaeo(['import', 'tpmap', '--help'])
  expect([english.code, english.out]).toEqual([0, expect.stringContaining('keep the good rows although others have faults')])
  const wrong = await rakkaeo(['strat'])
  expect([wrong.code, wrong.err.trim()]).toEqual([1, 'rakkaeo: this command is not known: strat (see rakkaeo --help)'])
})

test('an export is the very file that the site gives, to the screen and into a file', async () => {
  const query = 'indicator=registered-population&area=TH50&level=district&period=2021'
  const fromSite = await (await fetch(`${server.address}/api/figures.csv?${query}&lang=en`)).text()
  const args = ['export', '--indicator', 'registered-population', '--area', 'TH50', '--level', 'district', '--period', '2021']
  const shown = await rakkaeo(args, { env })
  expect([shown.code, shown.out.replace(/^\uFEFF/, '')]).toEqual([0, fromSite])
  const file = join(folder, 'districts.csv')
  expect((await rakkaeo([...args, '-o', file], { env })).out).toBe('')
  expect(readFileSync(file, 'utf8').replace(/^\uFEFF/, '')).toBe(fromSite)
  const unknown = await rakkaeo(['export', '--indicator', 'no-such', '--lang', 'th'], { env })
  expect([unknown.code, lastLine(unknown)]).toEqual([1, expect.stringContaining('ไม่มีตัวชี้วัด “no-such”')])
})

test('a file that is there already changes nothing and says so', async () => {
  const again = await rakkaeo(['import', 'tpmap', provinceFile('61_province_common.csv', text => text), '--json'], { env })
  expect([again.code, JSON.parse(again.out).outcome]).toEqual([0, 'unchanged'])
})

test('a file with a fault is refused with line, column and value, and nothing of it goes in unless the person says so', async () => {
  const file = provinceFile('61_province_bad.csv', text => text.replace(/^("?\d[^,\n]*,[^,\n]*,)[^,\n]*/m, '$1many'))
  const refused = await rakkaeo(['import', 'tpmap', file, '--json'], { env })
  const report = JSON.parse(refused.out)
  expect([refused.code, report.outcome, report.id]).toEqual([2, 'refused', null])
  expect(report.problems[0]).toMatchObject({ severity: 'error', code: 'import/not-number', file: '61_province_bad.csv', line: 2, value: 'many' })
  const told = await rakkaeo(['import', 'tpmap', file, '--lang', 'th'], { env })
  expect(told.out).toMatch(/ไม่ได้นำเข้าสิ่งใด[^]*✗ 61_province_bad\.csv:2 .*=“many”: ต้องเป็นตัวเลข/)
  const kept = await rakkaeo(['import', 'tpmap', file, '--json', '--keep-good'], { env })
  expect([kept.code, JSON.parse(kept.out).counts.rowsLeftOut]).toEqual([0, 1])
  expect((await (await fetch(`${server.address}/api/figures?indicator=target-poor&period=2018`)).json() as { values: { numerator: number }[] }).values[0]?.numerator).toBe(1032987)
})

test('a file that is not there is told in one line', async () => {
  const absent = await rakkaeo(['import', 'tpmap', join(folder, 'absent.csv')], { env })
  expect([absent.code, absent.err.trim()]).toEqual([1, `Cannot read the file ${join(folder, 'absent.csv')} (ENOENT).`])
})

test('a tambon is split from the command line: told first, done only if it comes to what was told, in the name of who may, and taken back', async () => {
  const args = ['area', 'split', 'th580703', '--part', 'TH580703=ถ้ำลอด/Tham Lot::01,02,03,04', '--part', 'TH580705=เมืองแพม:40.5:05,06,07', '--day', '2026-11-20', '--reason', 'ประกาศกระทรวงมหาดไทย']
  const bare = args.map(arg => arg.replace(':40.5:', '::')), ended = async () => (await (await fetch(`${server.address}/api/areas/TH58070305`)).json() as { validUntil: string | null }).validUntil
  const [told, stranger, other, wrong] = await Promise.all([rakkaeo([...bare, '--json', '--as', 'pricha'], { env }), rakkaeo([...bare, '--as', 'mali'], { env }), rakkaeo([...bare, '--do', 'f'.repeat(64)], { env }), rakkaeo(args, { env })])
  const { id, plan, preview } = JSON.parse(told.out)
  expect([id, plan.heir, plan.parts.map((part: { share: number }) => part.share), preview.ends.length]).toEqual([null, 'TH580703', [4 / 7, 3 / 7], 3])
  expect([stranger.code, lastLine(stranger)]).toEqual([1, expect.stringContaining('administrator')])
  expect([other.code, lastLine(other)]).toEqual([1, 'What would follow is not what you saw any more. Look at it again, then confirm.'])
  expect([wrong.code, lastLine(wrong)]).toEqual([1, 'The shares of the parts add up to 40.5 %. They must add up to 100 %.'])
  expect(await ended()).toBeNull()
  const done = await rakkaeo([...bare, '--do', preview.seen, '--as', 'pricha'], { env }), [, change = ''] = /area undo (\S+)/.exec(done.out) ?? []
  expect([done.code, done.out, await ended()]).toEqual([0, expect.stringMatching(/new areas: TH580705 เมืองแพม,[^]*records: \d+ → เมืองแพม \(TH580705\)/), '2026-11-20'])
  const [listed, back] = [await rakkaeo(['area', 'changes', 'TH58'], { env }), await rakkaeo(['area', 'undo', change], { env })]
  expect([listed.out, back.out.trim(), await ended()]).toEqual([expect.stringContaining(`${change}  split TH580703 → TH580703 TH580705`), 'Taken back: everything is as it was.', null])
})

test('pages and files of the site come through the same port: compressed, kept for ever by their names, and a stranger in the address is no other host', async () => {
  const page = await fetch(`${server.address}/`, { headers: { 'accept-encoding': 'br', 'accept-language': 'th' } })
  const html = await page.text()
  expect([page.headers.get('content-encoding'), page.headers.get('x-content-type-options')]).toEqual(['br', 'nosniff'])
  expect(page.headers.get('content-security-policy')).toContain(`default-src 'self'`)
  const style = /href="(\/_app\/immutable\/[^"]+\.css)"/.exec(html)?.[1] as string
  expect((await fetch(server.address + style)).headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
  expect((await fetch(`${server.address}//elsewhere.example/x`)).status).toBe(404)
  expect((await fetch(`${server.address}/`, { headers: { 'if-none-match': page.headers.get('etag') as string } })).status).toBe(304)
})

test('the site is not built again while its sources stay the same', async () => {
  const built = statSync('web/build/.hash').mtimeMs
  const again = await rakkaeo(['build'])
  expect([again.code, again.out.trim(), statSync('web/build/.hash').mtimeMs]).toEqual([0, 'The site is up to date.', built])
})
