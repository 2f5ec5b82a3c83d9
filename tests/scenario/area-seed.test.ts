import { beforeAll, describe, expect, test } from 'vitest'
import type { AreaCode } from '../../domain/base/ids.ts'
import { keepAreas } from '../../server/area/write.ts'
import { loadAreas } from '../../server/area/write.seed.ts'
import { write } from '../../server/db/db.ts'
import { freshDatabase, type Fresh } from '../setup/fresh.ts'

const code = (text: string) => text as AreaCode
let database: Fresh
beforeAll(async () => { database = await freshDatabase() })

const count = async (table: 'core.area' | 'core.area_term' | 'core.area_change' | 'core.area_group_member' | 'core.boundary') =>
  (await database.app.selectFrom(table).select(({ fn }) => fn.countAll<number>().as('n')).executeTakeFirstOrThrow()).n
const counts = async () => Promise.all((['core.area', 'core.area_term', 'core.area_change', 'core.area_group_member', 'core.boundary'] as const).map(count))
const load = () => write(database.app, tx => loadAreas(tx))
const isHeld = (area: string) => database.app.selectFrom('core.area').select(['name_th', 'valid_until']).where('code', '=', code(area)).executeTakeFirst()

describe('the seed of places', () => {
  test('is not loaded a second time', async () => { expect(await load()).toBe(false) })

  test('brings an older one up to date, loses nothing and writes no act twice', async () => {
    const before = await counts()
    await write(database.app, tx => keepAreas(tx, [{ code: code('TH50070199'), level: 'village', type: 'muban', name: { th: 'หมู่บ้านจากแฟ้มนำเข้า', en: '' } }]))
    await database.app.updateTable('core.area').set({ name_th: 'ชื่อเก่า', valid_until: '2020-01-01' }).where('code', '=', code('TH500701')).execute()
    await database.app.deleteFrom('core.area_change').where('predecessor', '=', code('TH104701')).execute()
    await database.app.updateTable('core.seed').set({ hash: 'older' }).execute()

    expect(await load()).toBe(true)
    expect(await isHeld('TH500701')).toEqual({ name_th: 'ริมใต้', valid_until: null })
    expect(await isHeld('TH50070199')).toMatchObject({ name_th: 'หมู่บ้านจากแฟ้มนำเข้า' })
    const after = await counts()
    expect(after).toEqual([before[0]! + 1, before[1]! + 1, ...before.slice(2)])
  })
  test('tells how far it is, up to the end', async () => {
    await database.app.updateTable('core.seed').set({ hash: 'older' }).execute()
    const steps: number[] = []
    await write(database.app, tx => loadAreas(tx, (done, total) => steps.push(done / total)))
    expect(steps.length).toBeGreaterThan(10)
    expect(steps).toEqual([...steps].sort((a, b) => a - b))
    expect(steps.at(-1)).toBe(1)
  })
})
