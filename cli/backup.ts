import { existsSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { backupProblems } from '../domain/backup/problems.ts'
import type { BackupManifest } from '../domain/backup/backup.ts'
import type { Lang, Text } from '../domain/base/text.ts'
import { NATION } from '../domain/area/rules.ts'
import { openFileStore } from '../server/base/file-store.ts'
import { readEnvironment, type Environment } from '../server/base/environment.ts'
import { keysFileOf, type Keys } from '../server/base/keys.ts'
import { startProblems } from '../server/base/problems.ts'
import { listFiles } from '../server/backup/read.files.ts'
import { openSnapshot } from '../server/backup/read.snapshot.ts'
import { writeBackup, writeBackupFile, type Precious } from '../server/backup/write.backup.ts'
import type { Action } from '../domain/audit/rules.actions.ts'
import { note } from '../server/db/note.ts'
import { openPlace } from '../server/db/open.ts'
import { loginAs, makeClient, makeDb, type Connection } from '../server/db/pool.ts'
import { APP } from '../server/db/roles.ts'
import { OPERATOR, writeAs } from '../server/db/scope.ts'
import { findKeysId } from '../server/db/suitable.ts'
import { makeProgress } from './progress.ts'

const STDOUT = '-'
const WRITING: Text = { th: 'เขียนชุดสำรอง', en: 'Writing the backup' }, CHECKING: Text = { th: 'อ่านกลับมาตรวจ', en: 'Reading it back' }

/** Everything that cannot be made again, as it is at one moment, in one file. An older schema is backed up as it is. */
export async function backUp(file: string, { force = false, json }: { force?: boolean; json?: boolean }, lang: Lang): Promise<void> {
  const environment = readEnvironment(process.env), progress = makeProgress(lang), target = resolve(file)
  const manifest = await withPrecious(environment, async (precious, admin, keys) => {
    const write = (done: number, total: number) => progress.count(WRITING, done, total), verify = (done: number, total: number) => progress.count(CHECKING, done, total)
    const made = file === STDOUT ? await writeBackup(precious, process.stdout, write) : await writeBackupFile(precious, target, force, { write, verify })
    await leaveTrace(admin, keys, 'backup.make', basename(target))
    return made
  })
  if (file !== STDOUT) console.log(json ? JSON.stringify(summaryOf(manifest)) : textOf(manifest, target, lang))
}

/** The database that is there, or one that is started for this and stopped after it; nothing of it is migrated. */
async function withPrecious<T>(environment: Environment, work: (precious: Precious, admin: Connection, keys: Keys) => Promise<T>): Promise<T> {
  const { dataFolder, databaseUrl } = environment, keysFile = keysFileOf(environment)
  if (!databaseUrl && !existsSync(join(dataFolder, 'postgres/PG_VERSION'))) throw backupProblems.nothingThere({ place: dataFolder })
  const place = await openPlace(environment, 'command')
  try {
    if (!place.keys) throw startProblems.keysMissing({ file: keysFile })
    await checkKeys(place.admin, place.keys, keysFile, placeNameOf(environment))
    const snapshot = await openSnapshot(place.admin, place.keys), folder = join(dataFolder, 'files')
    try {
      return await work({ snapshot, keysId: place.keys.id, files: openFileStore(folder), listFiles: () => listFiles(folder) }, place.admin, place.keys)
    } finally {
      await snapshot.close()
    }
  } finally {
    await place.close()
  }
}

async function checkKeys(admin: Connection, keys: Keys, file: string, place: string): Promise<void> {
  const client = makeClient(admin, 'rakkaeo backup')
  await client.connect()
  const known = await findKeysId(client).finally(() => client.end())
  if (!known) throw backupProblems.nothingThere({ place })
  if (known !== keys.id) throw startProblems.keysOther({ file })
}

/** For a sentence; without the password. */
export function placeNameOf({ databaseUrl, dataFolder }: Environment): string {
  if (!databaseUrl) return dataFolder
  const { host, pathname } = new URL(databaseUrl)
  return host + pathname
}

export async function leaveTrace(admin: Connection, keys: Keys, action: Action, target: string): Promise<void> {
  const app = makeDb(loginAs(admin, APP, keys.app), { name: 'rakkaeo backup', max: 1 })
  await writeAs(app, OPERATOR, tx => note(tx, { action, area: NATION, target })).finally(() => app.destroy())
}

export function summaryOf({ format, program, takenAt, keys, migrations, tables, files }: BackupManifest) {
  return {
    format, program, takenAt, keys, migration: migrations.at(-1)?.name ?? null, rows: tables.reduce((sum, { rows }) => sum + rows, 0),
    bytes: tables.reduce((sum, { bytes }) => sum + bytes, 0), tables: Object.fromEntries(tables.map(({ name, rows }) => [name, rows])), files: files.count, fileBytes: files.bytes,
  }
}

function textOf(manifest: BackupManifest, file: string, lang: Lang): string {
  const { rows, files, takenAt, keys } = summaryOf(manifest), count = (value: number) => value.toLocaleString(lang)
  return {
    th: `สำรองและตรวจแล้ว: ${file}\n  ${count(rows)} แถว ${count(files)} ไฟล์ ตามที่เป็นอยู่เมื่อ ${takenAt}\n  เก็บไฟล์กุญแจ (${keys}) ไว้ต่างหาก ชุดสำรองไม่มีกุญแจ`,
    en: `Backed up and read back: ${file}\n  ${count(rows)} rows, ${count(files)} files, as of ${takenAt}\n  Keep the keys file (${keys}) apart: the backup does not hold it.`,
  }[lang]
}
