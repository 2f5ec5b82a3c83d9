import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import type { ImportReport } from '../domain/import/import.ts'
import type { Lang } from '../domain/base/text.ts'
import { reasonOf } from '../server/base/folder.ts'
import { writeAs } from '../server/db/scope.ts'
import { importTpmap } from '../server/publication/write.tpmap.ts'
import { actorOf } from './actor.ts'
import { withDatabase } from './database.ts'
import { cliProblems } from './problems.ts'
import { reportText } from './report.ts'

type Options = { year?: string; keepGood?: boolean; json?: boolean; as?: string }
/** Nothing went in because of what the files hold: not a failure of the program (1). */
const REFUSED = 2

/** Brings in files of the TPMAP layout in one transaction, and tells what became of them. */
export async function importFiles(paths: string[], { json, as, ...options }: Options, lang: Lang): Promise<void> {
  const files = await Promise.all(paths.map(readGiven))
  const report = await withDatabase(lang, async ({ app }) => {
    const { scope, ...actor } = await actorOf(app, as, 'import-files')
    return writeAs(app, scope, tx => importTpmap(tx, files, { ...options, ...actor }))
  })
  console.log(json ? JSON.stringify(report, null, 2) : reportText(report, lang))
  process.exitCode = exitCodeOf(report)
}

export function exitCodeOf({ outcome }: Pick<ImportReport, 'outcome'>): number {
  return outcome === 'refused' ? REFUSED : 0
}

async function readGiven(path: string): Promise<{ name: string; bytes: Uint8Array }> {
  try {
    return { name: basename(path), bytes: await readFile(path) }
  } catch (error) {
    throw cliProblems.cannotRead({ file: path, reason: reasonOf(error) })
  }
}
