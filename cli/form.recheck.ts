import { AreaCode, DatasetId } from '../domain/base/ids.ts'
import type { Lang, Text } from '../domain/base/text.ts'
import { accessProblems } from '../domain/access/problems.ts'
import { areaProblems } from '../domain/area/problems.ts'
import { commonOf } from '../domain/area/rules.ts'
import { datasetProblems } from '../domain/dataset/problems.ts'
import { makeSeal } from '../server/base/seal.ts'
import { findDataset } from '../server/dataset/read.ts'
import { note } from '../server/db/note.ts'
import { narrow } from '../server/db/place.ts'
import { witnessAs } from '../server/db/scope.ts'
import { drawSubmissions, recheck, type Difference, type Recheck } from '../server/record/read.recheck.ts'
import { actorOf } from './actor.ts'
import { withDatabase } from './database.ts'

type Options = { dataset?: string; area?: string; most: number; as?: string; json?: boolean }

/** Lets the engine of ODK judge some of the stored submissions once more, and prints where our own check says something else: exit code 1. */
export async function recheckForms({ dataset, area, most, as, json }: Options, lang: Lang): Promise<void> {
  const report = await withDatabase(lang, async ({ app, keys }) => {
    const { scope, areas } = await actorOf(app, as, 'see-records'), places = placesIn(areas, area)
    const drawn = await witnessAs(app, scope, async tx => {
      const found = dataset === undefined ? null : await findDataset(tx, dataset as DatasetId)
      if (dataset !== undefined && !found) throw datasetProblems.notFound({ id: dataset })
      await note(tx, { action: 'record.recheck', area: commonOf(places), target: dataset ?? null })
      return drawSubmissions(tx, places, found && found.dataset.id, most)
    })
    return recheck(drawn, makeSeal(keys))
  })
  console.log(json ? JSON.stringify(report, null, 2) : recheckText(report, lang))
  process.exitCode = report.different > 0 ? 1 : 0
}

function placesIn(areas: readonly AreaCode[], code: string | undefined): readonly AreaCode[] {
  if (code === undefined) return areas
  const area = AreaCode.safeParse(code)
  if (!area.success) throw areaProblems.notFound({ code })
  const places = narrow(areas, area.data)
  if (places.length === 0) throw accessProblems.notThere({})
  return places
}

/** @example `✗ household 2026112601 /data/member/age constraint: only the engine of ODK tells this (×3)` */
export function recheckText({ checked, different, differences }: Recheck, lang: Lang): string {
  const lines = differences.map(({ dataset, version, path, kind, said, times }) => `✗ ${dataset} ${version} ${path} ${kind}: ${SAID[said][lang]} (×${times})`)
  return [...lines, ...lines.length > 0 ? [REPORT[lang]] : [], `checked=${checked} different=${different}`].join('\n')
}

const SAID: Record<Difference['said'], Text> = {
  engine: { th: 'มีเพียงเครื่องมือของ ODK ที่บอก', en: 'only the engine of ODK tells this' },
  check: { th: 'มีเพียงการตรวจของรากแก้วที่บอก', en: 'only the check of Rakkaeo tells this' },
}
const REPORT: Text = { th: 'โปรดแจ้งบรรทัดเหล่านี้แก่ผู้พัฒนารากแก้ว ในนั้นไม่มีคำตอบของใคร', en: 'Please report these lines to the makers of Rakkaeo. Nobody’s answers are in them.' }
