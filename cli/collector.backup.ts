import { createReadStream } from 'node:fs'
import { access } from 'node:fs/promises'
import { join } from 'node:path'
import type { Lang } from '../domain/base/text.ts'
import type { BackupTaken } from '../domain/collect/collect.ts'
import { makeBackupKeys } from '../server/base/backup-keys.ts'
import { openFileStore } from '../server/base/file-store.ts'
import { reasonOf } from '../server/base/folder.ts'
import { makeSeal } from '../server/base/seal.ts'
import { takeBackup } from '../server/collect/write.backup.ts'
import { makeFindDoorForm } from '../server/record/read.door.ts'
import { makeIngest } from '../server/record/write.ingest.ts'
import { getViewer } from './collector.ts'
import { withDatabase } from './database.ts'
import { cliProblems } from './problems.ts'

/** Not all of it went in because of what the file holds: not a failure of the program (1). */
const REFUSED = 2

/** Takes in what a telephone saved, where the file came by another way than the site. The server reads it into the records when it next looks. */
export async function takeBackupFile(file: string, { as, json }: { as: string; json?: boolean }, lang: Lang): Promise<void> {
  await access(file).catch(error => { throw cliProblems.cannotRead({ file, reason: reasonOf(error) }) })
  const report = await withDatabase(lang, async (database, { dataFolder }) => takeBackup({
    app: database.app, files: openFileStore(join(dataFolder, 'files')), seal: makeSeal(database.keys), keys: makeBackupKeys(database.keys),
    findForm: makeFindDoorForm(database.public), ingest: makeIngest(database.app),
  }, await getViewer(database.app, as), createReadStream(file)))
  console.log(json ? JSON.stringify(report, null, 2) : textOf(report, lang))
  if (report.refused.length > 0 || report.broken !== null) process.exitCode = REFUSED
}

function textOf({ entries, taken, already, refused, broken }: BackupTaken, lang: Lang): string {
  const counts = { th: `ในไฟล์มี ${entries} แบบฟอร์ม เข้าใหม่ ${taken} อยู่ในระบบแล้ว ${already} ไม่รับ ${refused.length}`, en: `In the file: ${entries} forms. Taken now: ${taken}. There before: ${already}. Refused: ${refused.length}.` }
  return [counts[lang], ...refused.map(({ instanceId, say }) => `${instanceId}: ${say[lang]}`), ...broken ? [broken[lang]] : []].join('\n')
}
