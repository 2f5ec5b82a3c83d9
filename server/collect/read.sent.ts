import { sql } from 'kysely'
import type { AreaCode, DatasetId, RecordId } from '../../domain/base/ids.ts'
import { isWithin } from '../../domain/area/rules.ts'
import type { Viewer } from '../../domain/access/access.ts'
import { placesOfPersons } from '../../domain/access/can.ts'
import type { DatasetUnit } from '../../domain/dataset/dataset.ts'
import type { Sent } from '../../domain/collect/collect.ts'
import type { RecordFault } from '../../domain/record/record.ts'
import type { FileStore } from '../base/file-store.ts'
import { findDataset } from '../dataset/read.ts'
import type { Reader } from '../db/db.ts'
import { within } from '../db/place.ts'
import { faultsFor, isSeen, type Looking } from '../record/read.answers.ts'

export type OfSubmission = { dataset: DatasetId; instanceId: string }
/** A submission with the record that came of it, as far as it has one yet. */
export type FoundSent = OfSubmission & { area: AreaCode; unit: DatasetUnit; record: { id: RecordId; area: AreaCode; own: boolean; faults: RecordFault[] } | null }

/** One's own submission, or one of the places where one collects; of persons and households, where one may know of persons. Null for any other, whether or not there is one. */
export async function findSent(tx: Reader, viewer: Viewer, areas: readonly AreaCode[], { dataset, instanceId }: OfSubmission): Promise<FoundSent | null> {
  const unit = (await findDataset(tx, dataset))?.dataset.unit ?? 'person', places = placesFor(viewer, areas, unit)
  const { rows: [row] } = await sql<{ area: AreaCode }>`
    select s.area_code as area from raw.submission s
    where s.instance_id = ${instanceId} and s.dataset_id = ${dataset} and (s.person_id = ${viewer.person.id} or ${within('s.area_code', places)})`.execute(tx)
  return row ? { dataset, instanceId, unit, area: row.area, record: await findRecord(tx, { viewer, areas, purpose: null }, { dataset, instanceId }, unit) } : null
}

function placesFor(viewer: Viewer, areas: readonly AreaCode[], unit: DatasetUnit): AreaCode[] {
  if (unit !== 'person' && unit !== 'household') return [...areas]
  return areas.filter(area => placesOfPersons(viewer).some(place => isWithin(area, place)))
}

/** What the checks found is told of the submission that stands now; after a later one its own is history. One that came while the record was locked hears that. */
async function findRecord(tx: Reader, looking: Looking, { dataset, instanceId }: OfSubmission, unit: DatasetUnit): Promise<FoundSent['record']> {
  const { rows: [row] } = await sql<{ id: RecordId; area: AreaCode; own: boolean; isLast: boolean; isHeld: boolean; faults: RecordFault[] }>`
    select r.id, r.area_code as area, r.made_by = ${looking.viewer.person.id} as own, r.instance_id = ${instanceId} as "isLast", a.kind = 'held' as "isHeld", ${faultsFor('r', looking)} as faults
    from raw.act a join core.record r on r.area_code = a.area_code and r.id = a.record_id
    where a.instance_id = ${instanceId} and a.dataset_id = ${dataset} and ${isSeen('r', looking, unit)} limit 1`.execute(tx)
  const ofHeld = row?.isHeld ? row.faults.filter(({ kind, key }) => kind === 'conflict' && key === null) : []
  return row ? { id: row.id, area: row.area, own: row.own, faults: row.isLast ? row.faults : ofHeld } : null
}

/** Files count once every byte of them lies in the store. */
export async function listKept(tx: Reader, files: FileStore, { dataset, instanceId }: OfSubmission): Promise<Sent['files']> {
  const { rows } = await sql<{ name: string; bytes: number; sha256: Buffer }>`
    select name, bytes::int as bytes, sha256 from raw.attachment where instance_id = ${instanceId} and dataset_id = ${dataset} order by name`.execute(tx)
  const isWhole = await Promise.all(rows.map(async row => await files.size(row.sha256) === row.bytes))
  return rows.filter((_, i) => isWhole[i]).map(({ name, bytes, sha256 }) => ({ name, bytes, sha256: sha256.toString('hex') }))
}
