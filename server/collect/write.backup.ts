import type { Readable } from 'node:stream'
import type { PersonId } from '../../domain/base/ids.ts'
import { commonOf } from '../../domain/area/rules.ts'
import type { Viewer } from '../../domain/access/access.ts'
import { placesOf } from '../../domain/access/can.ts'
import { canHandIn } from '../../domain/collect/can.ts'
import type { BackupTaken } from '../../domain/collect/collect.ts'
import { collectProblems } from '../../domain/collect/problems.ts'
import { loadViewer } from '../access/read.viewer.ts'
import type { BackupKeys } from '../base/backup-keys.ts'
import type { FileStore } from '../base/file-store.ts'
import type { Db } from '../db/db.ts'
import { note } from '../db/note.ts'
import { writeAs } from '../db/scope.ts'
import { scopeOf } from '../http/viewer.ts'
import type { Collector } from '../record/read.collector.ts'
import type { Ingest } from '../record/write.ingest.ts'
import type { DoorParts } from '../record/write.submission.ts'
import { openBackup, type Head, type Opened } from './read.backup.ts'
import { takeEntries } from './write.entry.ts'

export type BackupParts = DoorParts & { app: Db; files: FileStore; ingest: Ingest; keys: BackupKeys }

/** Takes in what is whole in a backup, in the name of whoever filled it in and by the same way in as everything; the same again takes nothing twice. */
export async function takeBackup(parts: BackupParts, viewer: Viewer, stream: Readable): Promise<BackupTaken> {
  const { head, lines } = await openBackup(stream, parts.keys)
  try {
    return await takeLines(parts, viewer, head, lines)
  } finally {
    await lines.return(undefined)
  }
}

async function takeLines(parts: BackupParts, viewer: Viewer, head: Head, lines: AsyncIterator<Opened>): Promise<BackupTaken> {
  const collector = await getOwner(parts.app, viewer, head.person)
  const report: BackupTaken = { entries: head.entries, taken: 0, already: 0, refused: [], broken: null }
  try {
    await takeEntries(parts, collector, head, lines, report)
  } finally {
    await noteTaken(parts.app, viewer, collector, head, report)
  }
  return report
}

/** Who filled it in, as they collect today. */
async function getOwner(app: Db, viewer: Viewer, person: PersonId): Promise<Collector> {
  const owner = viewer.person.id === person ? viewer : await loadViewer(app, person, 'session', null)
  const areas = owner ? placesOf(owner, 'collect') : []
  if (!owner || !canHandIn(viewer, person, areas)) throw collectProblems.notYours({})
  if (areas.length === 0) throw collectProblems.noPlaces({})
  return { viewer: owner, areas, datasets: null, token: null }
}

function noteTaken(app: Db, viewer: Viewer, { areas }: Collector, { person, phone }: Head, { taken, already, entries }: BackupTaken): Promise<void> {
  return writeAs(app, scopeOf(viewer, areas), tx => note(tx, { action: 'backup.take', area: commonOf(areas), target: phone, about: person, reason: `${taken} + ${already} / ${entries}` }))
}
