import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { GlassId, type AreaCode, type RecordId } from '../../domain/base/ids.ts'
import { commonOf, isWithin, NATION } from '../../domain/area/rules.ts'
import type { Viewer } from '../../domain/access/access.ts'
import { can, placesOf, placesOfPersons } from '../../domain/access/can.ts'
import { accessProblems } from '../../domain/access/problems.ts'
import type { DatasetUnit } from '../../domain/dataset/dataset.ts'
import { reviewProblems } from '../../domain/review/problems.ts'
import { findDataset } from '../dataset/read.ts'
import type { Writer } from '../db/db.ts'
import { note } from '../db/note.ts'
import { within } from '../db/place.ts'
import { inPlaces } from '../db/scope.ts'
import { asIfThere, listAddresses } from './read.glass.ts'

export type Opened = { addresses: string[] }
type Found = { area: AreaCode; dataset: string; unit: DatasetUnit }

/** Opens one record of another place for a while. What is not there, or not for such a role at all, is answered alike and leaves its line at home. */
export async function breakGlass(tx: Writer, viewer: Viewer, areas: readonly AreaCode[], { record, reason }: { record: RecordId; reason: string }, minutes: number): Promise<Opened> {
  if (viewer.via !== 'session') throw reviewProblems.glassByHand({})
  const until = new Date(Date.now() + minutes * 60_000)
  const found = await inPlaces(tx, [NATION], () => find(tx, record))
  if (found && placesOf(viewer, 'see-records').some(place => isWithin(found.area, place)) && maySee(viewer, found)) throw reviewProblems.glassOwn({})
  if (!found || !maySee(asIfThere(viewer, found.area), found)) {
    await note(tx, { action: 'glass.miss', area: commonOf(areas), target: record, reason })
    return { addresses: [] }
  }
  const { area, dataset } = found
  const addresses = await inPlaces(tx, [NATION], async () => {
    await sql`insert into access.glass (area_code, id, record_id, dataset_id, person_id, person_name, reason, until)
      values (${area}, ${randomUUID()}, ${record}, ${dataset}, ${viewer.person.id}, ${viewer.person.name}, ${reason}, ${until.toISOString()}::timestamptz)`.execute(tx)
    return listAddresses(tx, area)
  })
  await note(tx, { action: 'glass.open', area, target: record, reason })
  return { addresses }
}

async function find(tx: Writer, id: RecordId): Promise<Found | null> {
  const { rows: [row] } = await sql<{ area: AreaCode; dataset: string }>`select r.area_code as area, r.dataset_id as dataset from core.record r where r.id = ${id} and ${within('r.area_code', [NATION])}`.execute(tx)
  const dataset = row && await findDataset(tx, row.dataset as never)
  return row && dataset ? { ...row, unit: dataset.dataset.unit } : null
}

/** Records of persons and households are for nobody who may not, for some purpose, know of a person. */
function maySee(viewer: Viewer, { area, unit }: Found): boolean {
  return (unit !== 'person' && unit !== 'household') || placesOfPersons(viewer).some(place => isWithin(area, place))
}

/** By whoever answers for the place, or by who opened it. To anyone else it is not there. */
export async function endGlass(tx: Writer, viewer: Viewer, areas: readonly AreaCode[], id: GlassId): Promise<{ id: GlassId }> {
  const { rows: [glass] } = await sql<{ area: AreaCode; record: RecordId; person: string }>`
    select g.area_code as area, g.record_id as record, g.person_id as person from access.glass g where g.id = ${id} and (${within('g.area_code', areas)} or g.person_id = ${viewer.person.id}) and g.ended_at is null`.execute(tx)
  if (!glass || !(glass.person === viewer.person.id || can(viewer, 'review-records', glass.area))) throw accessProblems.notThere({})
  await inPlaces(tx, [glass.area], () => sql`update access.glass set ended_at = clock_timestamp(), ended_by_name = ${viewer.person.name} where area_code = ${glass.area} and id = ${id}`.execute(tx))
  await note(tx, { action: 'glass.end', area: glass.area, target: glass.record })
  return { id }
}
