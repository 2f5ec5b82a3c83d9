import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { NATION } from '../../domain/area/rules.ts'
import { DatasetId } from '../../domain/base/ids.ts'
import { Check, FlagLimits } from '../../domain/dataset/dataset.check.ts'
import { SHIPPED } from '../dataset/write.seed.ts'
import type { Writer } from '../db/db.ts'
import { loadOnce } from '../db/once.ts'
import { keepChecks, mustBeGood } from './write.ts'

const FOLDER = fileURLToPath(new URL('../../seed/dataset', import.meta.url))

const SEED = 'seed'

/** The shipped checks, a version each time that they read differently, but where the installation published its own. */
export async function loadChecks(tx: Writer): Promise<boolean> {
  const shipped = await Promise.all(SHIPPED.map(async id => ({ dataset: DatasetId.parse(id), text: await readFile(`${FOLDER}/${id}/checks.json`, 'utf8') })))
  const loaded = await Promise.all(shipped.map(({ dataset, text }) => loadOnce(tx, `checks ${dataset}`, [text], async () => {
    if (await tx.selectFrom('core.check_set').where('area_code', '=', NATION).where('dataset_id', '=', dataset).where('published_by', '<>', SEED).select('version').executeTakeFirst()) return
    const checks = Check.array().parse(JSON.parse(text))
    await mustBeGood(tx, dataset, NATION, checks)
    await keepChecks(tx, { area: NATION, dataset, checks, limits: FlagLimits.parse({}) }, { name: SEED, person: null })
  })))
  return loaded.includes(true)
}
