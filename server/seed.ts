import type { Text } from '../domain/base/text.ts'
import { loadAreas } from './area/write.seed.ts'
import { loadChecks } from './check/write.seed.ts'
import { loadDatasets } from './dataset/write.seed.ts'
import type { Db, Writer } from './db/db.ts'
import { SYSTEM, writeAs } from './db/scope.ts'
import { loadIndicators } from './indicator/write.ts'
import { loadPublicFigures, loadTpmap } from './publication/write.seed.ts'

/** Told while a long work goes on: how much of it is done. */
export type Progress = (done: number, total: number) => void

/**
 * One thing from seed/ that every installation holds. `load` does nothing when core.seed already has this content,
 * and brings an older one up to date; it runs in one transaction of its own and tells whether it did something.
 */
export type Seed = { name: Text; load: (tx: Writer, progress: Progress) => Promise<boolean> }

/** In the order in which they build on each other. */
export const seeds: Seed[] = [
  { name: { th: 'จังหวัด อำเภอ ตำบล หมู่บ้าน และเส้นเขต', en: 'provinces, districts, tambons, villages and boundaries' }, load: loadAreas },
  { name: { th: 'นิยามของตัวชี้วัด', en: 'definitions of indicators' }, load: loadIndicators },
  { name: { th: 'ประชากรและบ้านตามทะเบียน 2560-2564', en: 'registered population and houses 2017-2021' }, load: tx => loadPublicFigures(tx, 'dopa-population') },
  { name: { th: 'สำมะโนประชากร 2553', en: 'census 2010' }, load: tx => loadPublicFigures(tx, 'census-2010') },
  { name: { th: 'ข้าว 2554-2558', en: 'rice 2011-2015' }, load: tx => loadPublicFigures(tx, 'oae-rice') },
  { name: { th: 'ชุดข้อมูลชุมชนและแบบฟอร์ม', en: 'datasets of communities and their forms' }, load: loadDatasets },
  { name: { th: 'กฎตรวจของชุดข้อมูล', en: 'checks of datasets' }, load: loadChecks },
  { name: { th: 'TPMAP 2561', en: 'TPMAP 2561 (2018)' }, load: loadTpmap },
]

/** Loads what is not there yet, and tells of each thing that was loaded. */
export async function loadSeeds(app: Db, onProgress: (name: Text, done: number, total: number) => void = () => {}): Promise<void> {
  for (const { name, load } of seeds) {
    let isTold = false
    const progress: Progress = (done, total) => { isTold = true; onProgress(name, done, total) }
    const isNew = await writeAs(app, SYSTEM, tx => load(tx, progress))
    if (isNew && !isTold) onProgress(name, 1, 1)
  }
}
