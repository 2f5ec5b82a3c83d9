import { chmodSync, mkdirSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { lastLine, rakkaeo } from '../setup/command.ts'
import { copySeeded, isRoot, makeTempFolder, NOBODY, postmasterOf } from '../setup/seeded-folder.ts'

const folder = makeTempFolder()
chmodSync(folder, 0o755)
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const ownerOf = (path: string) => statSync(path).uid

describe.skipIf(!isRoot)('started by root (left out for an ordinary user)', () => {
  test('the database lies in a home that others cannot enter, and an unprivileged account serves it', async () => {
    const home = join(folder, 'closed')
    mkdirSync(home, { mode: 0o700 })
    const data = await copySeeded(join(home, 'rakkaeo/data'))
    const shown = await rakkaeo(['area', 'show', 'TH50'], { env: { RAKKAEO_DATA: data } })
    expect([shown.code, shown.out.split('\n')[0]]).toEqual([0, 'TH50  Chiang Mai Province · จังหวัดเชียงใหม่'])
    expect([ownerOf(join(data, 'postgres')), ownerOf(`${data}.keys`)]).toEqual([NOBODY?.uid, 0])
    expect(statSync(home).mode & 0o777).toBe(0o700)
  })

  test('in a folder of an ordinary user the database belongs to that user, who can start without root the next time', async () => {
    const home = join(folder, 'somchai')
    const data = await copySeeded(join(home, 'data'), NOBODY)
    expect((await rakkaeo(['area', 'show', 'TH50'], { env: { RAKKAEO_DATA: data } })).code).toBe(0)
    expect(ownerOf(join(data, 'postgres/server.log'))).toBe(NOBODY?.uid)
    const without = await rakkaeo(['area', 'show', 'TH50'], { env: { RAKKAEO_DATA: data, HOME: home }, ...NOBODY })
    expect([without.code, without.err]).toEqual([0, ''])
    expect(postmasterOf(data)).toBe(null)
  })

  test('an ordinary user whose data folder cannot be written is told in one line', async () => {
    const data = join(folder, 'of-root/data')
    mkdirSync(join(folder, 'of-root'), { mode: 0o755 })
    const start = await rakkaeo(['start'], { env: { RAKKAEO_DATA: data, RAKKAEO_PORT: '0', HOME: folder }, ...NOBODY })
    expect([start.code, lastLine(start)]).toEqual([1, `Cannot write to ${data} (EACCES). Change its permissions or set RAKKAEO_DATA to another folder.`])
  })
})

test('a data folder that is a file is told in one line', async () => {
  const start = await rakkaeo(['migrate'], { env: { RAKKAEO_DATA: '/dev/null/data', LC_ALL: 'th_TH.UTF-8' } })
  expect([start.code, lastLine(start)]).toEqual([1, 'เขียนลงใน /dev/null/data ไม่ได้ (ENOTDIR) โปรดแก้สิทธิ์ หรือกำหนด RAKKAEO_DATA เป็นโฟลเดอร์อื่น'])
})
