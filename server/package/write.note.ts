import { sql } from 'kysely'
import type { AreaCode } from '../../domain/base/ids.ts'
import { Sensitivity } from '../../domain/access/access.ts'
import type { Reader } from '../db/db.ts'
import { within } from '../db/place.ts'
import { countPlaces, noteExport } from '../db/register.ts'
import type { Witness } from '../db/scope.ts'
import { isCleared, type Looking } from '../record/read.answers.ts'
import { listHeld } from './read.contents.ts'

/** One entry in the register of exports and one line of the audit, before the first byte leaves. */
export async function notePackage(tx: Witness, looking: Looking, area: AreaCode): Promise<void> {
  const held = await countPlaces(tx, sql`core.record r where ${within('r.area_code', [area])}`)
  await noteExport(tx, {
    what: 'package', action: 'package.export', areas: [area], format: 'zip', datasets: (await listHeld(tx as unknown as Reader, area)).map(({ dataset }) => dataset.id),
    sensitivities: Sensitivity.options.filter(kind => isCleared(looking, kind)), held, purpose: looking.purpose, target: area,
  })
}
