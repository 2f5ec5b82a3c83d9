import { createHash } from 'node:crypto'
import { readFile, readdir } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { gunzipSync } from 'node:zlib'
import { AreaLevel } from '../../domain/area/area.ts'
import { AreaCode } from '../../domain/base/ids.ts'
import type { Writer } from '../db/db.ts'
import { loadOnce } from '../db/once.ts'
import { readAreas, readChanges, readGroups, type SeedGroup } from './write.seed.rows.ts'
import { keepAreas, keepChanges, type Progress } from './write.ts'

const path = (place: string) => fileURLToPath(new URL(`../../${place}`, import.meta.url))
/** What the terms of the search are made by: when it changes, they are made anew. */
const TERM_MAKERS = ['engine/text/fold.ts', 'engine/text/terms.ts']
const VERSION_LENGTH = 16

/** Loads areas, ledger, groups and boundaries, or brings older ones up to date. Areas that others added stay. */
export async function loadAreas(tx: Writer, progress: Progress = () => {}): Promise<boolean> {
  const [areas, villages, changes, groups] = await Promise.all(['area.csv', 'village.csv.gz', 'change.csv', 'group.csv'].map(name => readFile(path(`seed/area/${name}`)))) as [Buffer, Buffer, Buffer, Buffer]
  const makers = await Promise.all(TERM_MAKERS.map(maker => readFile(path(maker))))
  const loadedAreas = await loadOnce(tx, 'areas', [areas, villages, changes, groups, ...makers], async () => {
    await keepAreas(tx, [...readAreas(areas), ...readAreas(gunzipSync(villages))], progress)
    await keepChanges(tx, readChanges(changes))
    await keepGroups(tx, readGroups(groups))
  })
  const loadedBoundaries = await loadBoundaries(tx)
  return loadedAreas || loadedBoundaries
}

/** Groups are wholly the seed's: a group that left it is gone, with its members. */
async function keepGroups(tx: Writer, groups: readonly SeedGroup[]): Promise<void> {
  await tx.deleteFrom('core.area_group_member').execute()
  await tx.deleteFrom('core.area_group').execute()
  await tx.insertInto('core.area_group').values(groups.map(({ id, scheme, name }) => ({ id, scheme, name_th: name.th, name_en: name.en }))).execute()
  await tx.insertInto('core.area_group_member').values(groups.flatMap(({ id, members }) => members.map(area_code => ({ area_code, group_id: id })))).execute()
}

async function loadBoundaries(tx: Writer): Promise<boolean> {
  const names = (await readdir(path('seed/boundary'))).filter(name => name.endsWith('.topojson.gz')).sort()
  const files = await Promise.all(names.map(name => readFile(path(`seed/boundary/${name}`))))
  return loadOnce(tx, 'boundaries', files, async () => {
    await tx.deleteFrom('core.boundary').execute()
    for (const [i, name] of names.entries()) await tx.insertInto('core.boundary').values(boundary(name, files[i]!)).execute()
  })
}

function boundary(name: string, topology: Buffer) {
  const [code, level] = name.split('.')
  const version = createHash('sha256').update(topology).digest('hex').slice(0, VERSION_LENGTH)
  return { area_code: AreaCode.parse(code), level: AreaLevel.parse(level), topology, version }
}
