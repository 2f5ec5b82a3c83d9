import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { NATION } from '../../domain/area/rules.ts'
import type { SourceId } from '../../domain/base/ids.ts'
import type { Writer } from '../db/db.ts'
import { loadOnce } from '../db/once.ts'
import { loadFigures } from '../figure/write.seed.ts'
import { importTpmap } from './write.tpmap.ts'
import { publish } from './write.ts'

const FOLDER = fileURLToPath(new URL('../../seed/tpmap', import.meta.url))
const FILES = ['tpmap_2561_province_common.csv', 'tpmap_2561_province_poor.csv']

/** Loads and publishes the seed figures of a source. */
export async function loadPublicFigures(tx: Writer, source: string): Promise<boolean> {
  const isNew = await loadFigures(tx, source as SourceId)
  if (isNew) await publish(tx, source as SourceId)
  return isNew
}

/** The published TPMAP files go through the very importer that anyone uses. A fault in them is a fault of ours. */
export async function loadTpmap(tx: Writer): Promise<boolean> {
  const files = await Promise.all(FILES.map(async name => ({ name, bytes: await readFile(`${FOLDER}/${name}`) })))
  return loadOnce(tx, 'tpmap', files.map(file => file.bytes), async () => {
    const report = await importTpmap(tx, files, { by: { name: 'seed', person: null }, areas: [NATION] })
    if (report.counts.errors > 0) throw new Error(`seed/tpmap: ${JSON.stringify(report.problems[0])}`)
  })
}
