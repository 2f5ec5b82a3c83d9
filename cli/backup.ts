import { basename, join, resolve } from 'node:path'
import type { BackupManifest } from '../domain/backup/backup.ts'
import type { Lang, Text } from '../domain/base/text.ts'
import { readEnvironment } from '../server/base/environment.ts'
import { openFileStore } from '../server/base/file-store.ts'
import { listFiles } from '../server/backup/read.files.ts'
import { openSnapshot } from '../server/backup/read.snapshot.ts'
import { writeBackup, writeBackupFile, type Precious } from '../server/backup/write.backup.ts'
import { leaveTrace, withPlace, type There } from './place.ts'
import { makeProgress } from './progress.ts'

const STDOUT = '-'
const WRITING: Text = { th: 'เขียนชุดสำรอง', en: 'Writing the backup' }, CHECKING: Text = { th: 'อ่านกลับมาตรวจ', en: 'Reading it back' }

/** Everything that cannot be made again, as it is at one moment, in one file. An older schema is backed up as it is. */
export async function backUp(file: string, { force = false, json }: { force?: boolean; json?: boolean }, lang: Lang): Promise<void> {
  const environment = readEnvironment(process.env), progress = makeProgress(lang), target = resolve(file)
  const write = (done: number, total: number) => progress.count(WRITING, done, total), verify = (done: number, total: number) => progress.count(CHECKING, done, total)
  const manifest = await withPlace(environment, there => withPrecious(there, environment.dataFolder, async precious => {
    const made = file === STDOUT ? await writeBackup(precious, process.stdout, write) : await writeBackupFile(precious, target, force, { write, verify })
    await leaveTrace(there, 'backup.make', basename(target))
    return made
  }))
  if (file !== STDOUT) console.log(json ? JSON.stringify(summaryOf(manifest)) : textOf(manifest, target, lang))
}

async function withPrecious<T>({ admin, keys }: There, dataFolder: string, work: (precious: Precious) => Promise<T>): Promise<T> {
  const snapshot = await openSnapshot(admin, keys), folder = join(dataFolder, 'files')
  try {
    return await work({ snapshot, keysId: keys.id, files: openFileStore(folder), listFiles: () => listFiles(folder) })
  } finally {
    await snapshot.close()
  }
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
