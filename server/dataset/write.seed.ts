import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { sql } from 'kysely'
import { NATION } from '../../domain/area/rules.ts'
import { Dataset, type Ladder } from '../../domain/dataset/dataset.ts'
import { readWorkbook } from '../../engine/form/read-workbook.ts'
import type { Writer } from '../db/db.ts'
import { loadOnce } from '../db/once.ts'
import { listForms } from './read.ts'
import { prepareForm } from './read.prepare.ts'
import { publishForm } from './write.publish.ts'

const FOLDER = fileURLToPath(new URL('../../seed/dataset', import.meta.url))
/** In the order of the list: the ten sets of the programme, what goes with them, and what a tambon knows of itself. */
export const SHIPPED = [
  'returnee', 'attraction', 'accommodation', 'restaurant', 'local-food', 'farmer', 'plant', 'animal', 'local-wisdom', 'water-source',
  'otop-product', 'occurrence', 'story', 'tambon-profile', 'tambon-goals', 'village-sheet', 'household', 'bmn-2560',
] as const

type Shipped = { id: string; definition: string; form: Buffer }

/** The nation's datasets and their forms. A version that is there already stays: what a form changes, a later version changes. */
export async function loadDatasets(tx: Writer): Promise<boolean> {
  const shipped = await Promise.all(SHIPPED.map(readShipped))
  return loadOnce(tx, 'datasets', shipped.flatMap(({ definition, form }) => [definition, form]), async () => {
    for (const [position, one] of shipped.entries()) await loadDataset(tx, position, one)
  })
}

async function readShipped(id: string): Promise<Shipped> {
  return { id, definition: await readFile(`${FOLDER}/${id}/dataset.json`, 'utf8'), form: await readFile(`${FOLDER}/${id}/form.md`) }
}

async function loadDataset(tx: Writer, position: number, { id, definition, form }: Shipped): Promise<void> {
  const dataset = Dataset.parse(JSON.parse(definition))
  // a ladder that was set here by hand outlives a newer definition
  const { rows: [own] } = await sql<{ ladder: Ladder }>`select ladder from core.ladder where area_code = ${NATION} and dataset_id = ${id} order by version desc limit 1`.execute(tx)
  const set = { position, definition: JSON.stringify({ ...dataset, ...own }) }
  await tx.insertInto('core.dataset').values({ area_code: NATION, id: dataset.id, ...set }).onConflict(conflict => conflict.columns(['area_code', 'id']).doUpdateSet(set)).execute()
  const workbook = await readWorkbook(`${id}/form.md`, form)
  const { model, faults } = prepareForm(workbook, dataset.id)
  if (!model) throw new Error(`seed/dataset/${id}/form.md: ${faults.map(fault => `row ${fault.row}, ${fault.column}: ${fault.say.en}`).join(' ')}`)
  if ((await listForms(tx, dataset.id)).some(version => version.area === NATION && version.version === model.version)) return
  await publishForm(tx, { area: NATION, dataset }, NATION, workbook, { name: 'seed', person: null })
}
