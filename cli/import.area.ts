import { join } from 'node:path'
import type { Lang } from '../domain/base/text.ts'
import type { PackageReport } from '../domain/package/package.ts'
import { openFileStore } from '../server/base/file-store.ts'
import { reasonOf } from '../server/base/folder.ts'
import { makeSeal } from '../server/base/seal.ts'
import { OPERATOR } from '../server/db/scope.ts'
import { openPackage } from '../server/package/read.given.ts'
import { erasureListOf, readErasures } from '../server/privacy/read.list.ts'
import { eraseAgain } from '../server/privacy/write.again.ts'
import { importPackage } from '../server/package/write.import.ts'
import { withDatabase } from './database.ts'
import { cliProblems } from './problems.ts'
import { erasedText } from './restore.ts'

type Options = { dryRun?: boolean; json?: boolean }

/** Brings in a package of a place: all of it that is not here yet, or nothing. Who was erased since it was made, by the list beside the keys, is erased again. */
export async function importArea(file: string, { dryRun = false, json }: Options, lang: Lang): Promise<void> {
  const given = await openPackage(file).catch(error => { throw (error as NodeJS.ErrnoException).syscall ? cliProblems.cannotRead({ file, reason: reasonOf(error) }) : error })
  try {
    const { report, erasures } = await withDatabase(lang, async ({ app, keys }, environment) => {
      const seal = makeSeal(keys), made = await importPackage(app, OPERATOR, { files: openFileStore(join(environment.dataFolder, 'files')), seal }, given, { isDryRun: dryRun }), listed = await readErasures(erasureListOf(environment))
      return { report: made, erasures: dryRun || !listed ? null : await eraseAgain(app, seal, listed) }
    })
    console.log(json ? JSON.stringify({ ...report, erasures }, null, 2) : [textOf(report, lang), ...erasures && erasures.again + erasures.byHand.length > 0 ? [erasedText(erasures, lang)] : []].join('\n'))
  } finally {
    await given.zip.close()
  }
}

function textOf({ area, outcome, parts, files, notes }: PackageReport, lang: Lang): string {
  const isThai = lang === 'th', count = (value: number) => value.toLocaleString(lang)
  const title = outcome === 'dry-run' ? (isThai ? `ลองนำเข้า ${area} ยังไม่มีอะไรถูกเก็บ` : `Tried to import ${area}; nothing was kept.`) : (isThai ? `นำเข้า ${area} แล้ว` : `Imported ${area}.`)
  const line = (name: string, { given, taken, already }: PackageReport['files']) => isThai ? `  ${name}: ${count(given)} ใหม่ ${count(taken)} มีอยู่แล้ว ${count(already)}` : `  ${name}: ${count(given)}, new ${count(taken)}, here already ${count(already)}`
  return [title, ...[...parts, { name: 'files', ...files }].filter(({ given }) => given > 0).map(part => line(part.name, part)), ...notes.map(note => note[lang])].join('\n')
}
