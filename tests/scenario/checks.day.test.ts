import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { beforeAll, describe, expect, test } from 'vitest'
import { DatasetId } from '../../domain/base/ids.ts'
import type { FlagReason } from '../../domain/check/check.ts'
import { readXForm } from '../../engine/form/read-xform.ts'
import { distanceMetres } from '../../engine/geo/distance.ts'
import { flagDataset } from '../../server/check/write.flags.ts'
import { tryOut } from '../../server/db/db.ts'
import { SYSTEM, writeAs } from '../../server/db/scope.ts'
import { convertMarkdown } from '../setup/forms.ts'
import { freshDatabase, type Fresh } from '../setup/fresh.ts'

const HOME = 'TH580703', WATER = DatasetId.parse('water-source')
let database: Fresh
beforeAll(async () => { database = await freshDatabase() })

describe('a collector’s day', () => {
  const FORM = '| survey |\n| | type | name | label |\n| | start | start | |\n| | end | end | |\n| | text | title | Name |\n| settings |\n| | form_id | version |\n| | water-source | 1 |\n'
  type Visit = { by: string; at?: [string, string]; came?: string; lat?: number; lon?: number }
  const ME = '00000000-0000-4000-8000-00000000aaaa', OTHER = '00000000-0000-4000-8000-00000000bbbb'

  /** Kept as if they had arrived so; what is found of each, and nothing stays. */
  async function flagsOf(visits: Visit[]): Promise<string[]> {
    const { xform } = await convertMarkdown(FORM), ids = visits.map((): string => randomUUID()), model = readXForm(xform ?? '')
    return writeAs(database.app, SYSTEM, async tx => tryOut(tx, async () => {
      await sql`delete from core.record where area_code = ${HOME} and dataset_id = ${WATER}`.execute(tx)
      for (const [i, { by, at, came = '2026-11-20T09:00:00Z', lat = null, lon = null }] of visits.entries()) {
        await sql`insert into core.record (area_code, id, dataset_id, state, form_area, version, instance_id, versions, day, made_at, made_by, changed_at, changed_by, open, internal, personal, sensitive, faults, lat, lon, point_kept, type)
          values (${HOME}, ${ids[i]}, ${WATER}, 'received', 'TH', '1', ${ids[i]}, 1, '2026-11-20', ${came}, ${by}, ${came}, ${by}, ${at ? JSON.stringify({ start: at[0], end: at[1] }) : '{}'}, '{}', '{}', '{}', '[]', ${lat}, ${lon}, 'open', '')`.execute(tx)
      }
      const timed = { ...model, questions: model.questions.map(question => ({ ...question, sensitivity: 'open' as const })) }
      await flagDataset(tx, WATER, timed)
      const { rows } = await sql<{ id: string; kind: string; reason: FlagReason }>`select record_id as id, kind, reason from core.flag where area_code = ${HOME} and record_id = any(${ids}::uuid[]) order by kind`.execute(tx)
      return rows.map(({ id, kind, reason }) => `${ids.indexOf(id)} ${kind} ${reason.minutes}${reason.kmPerHour === undefined ? '' : ` ${reason.km} ${reason.kmPerHour}`}${reason.other ? ` after ${ids.indexOf(reason.other)}` : ''}`).sort()
    }))
  }
  const clock = (hour: number, minute: number) => `2026-11-20T${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}:00.000+07:00`
  const day = (minutes: number[]): Visit[] => minutes.map((length, i) => ({ by: ME, at: [clock(Math.floor(i / 2), i % 2 * 30), clock(Math.floor(i / 2), i % 2 * 30 + length)] }))

  test('has an interview much shorter than the others, once there are twenty', async () => {
    expect(await flagsOf(day([...Array<number>(19).fill(20), 4]))).toEqual(['19 short 4'])
    expect(await flagsOf(day([...Array<number>(19).fill(20), 5]))).toEqual([])
    expect(await flagsOf(day([...Array<number>(18).fill(20), 4]))).toEqual([])
  })

  test('has two at once, though not with somebody else, and not one after the other', async () => {
    const at = (from: number, until: number, by = ME): Visit => ({ by, at: [clock(9, from), clock(9, until)] })
    expect(await flagsOf([at(0, 20), at(15, 30), at(30, 40), at(0, 59, OTHER)])).toEqual(['1 overlap 5 after 0'])
    expect(await flagsOf([at(0, 50), at(5, 10), at(20, 25)])).toEqual(['1 overlap 5 after 0', '2 overlap 5 after 0'])
  })

  test('has a way that nobody travels: forty kilometres in ten minutes', async () => {
    const here = { lat: 19.5, lon: 98.2 }, there = { lat: 19.86, lon: 98.2 }, km = Number((distanceMetres(here, there) / 1000).toFixed(1))
    const at = (place: typeof here, from: number, until: number): Visit => ({ by: ME, at: [clock(9, from), clock(9, until)], ...place })
    expect(await flagsOf([at(here, 0, 10), at(there, 20, 30)])).toEqual([`1 far 10 ${km} ${Math.round(distanceMetres(here, there) / 1000 * 6)} after 0`])
    expect(await flagsOf([at(here, 0, 10), at(there, 40, 50)])).toEqual([])
    const came = (place: typeof here, minute: number): Visit => ({ by: ME, came: `2026-11-20T09:${String(minute).padStart(2, '0')}:00Z`, ...place })
    // sent together after a day without a network
    expect(await flagsOf([came(here, 0), came(there, 1)])).toEqual([])
    expect((await flagsOf([came(here, 0), came(there, 11)])).length).toBe(1)
  })
})
