/** Brings a table in as the command line does, alone in a process so that its memory is its own; prints what it took: tried, and imported. */
import { createReadStream } from 'node:fs'
import { basename, join } from 'node:path'
import { TableSubject, type TableReport } from '../domain/table/table.ts'
import { readEnvironment } from '../server/base/environment.ts'
import { makeSeal } from '../server/base/seal.ts'
import { openSpool } from '../server/base/spool.ts'
import { openDatabase } from '../server/db/open.ts'
import { OPERATOR } from '../server/db/scope.ts'
import { importFile } from '../server/table/write.command.ts'
import { settingsFor } from './database.ts'

const [path = '', data = '', subject = ''] = process.argv.slice(2)
const database = await openDatabase(readEnvironment(settingsFor(data)), 'command')
const shop = { app: database.app, spool: openSpool(join(data, 'tables')), seal: makeSeal(database.keys), signal: new AbortController().signal, tell: (message: string) => console.error(message) }

async function bring(isTrial: boolean): Promise<{ ms: number; report: TableReport }> {
  const begun = performance.now()
  const report = await importFile(shop, { file: basename(path), dataset: TableSubject.parse(subject), stream: createReadStream(path) }, {
    scope: OPERATOR, name: 'bench', mapping: null, how: { again: false, keepGood: false, keepFaulty: false }, isTrial, onProgress: () => {},
  })
  return { ms: performance.now() - begun, report }
}

const tried = await bring(true), tryPeakBytes = process.resourceUsage().maxRSS * 1024, imported = await bring(false)
await database.close()
if (imported.report.outcome !== 'imported') console.error(JSON.stringify(imported.report.faults.slice(0, 3)))
console.log(JSON.stringify({ rows: imported.report.rows.new, tryMs: tried.ms, importMs: imported.ms, tryPeakBytes, peakBytes: process.resourceUsage().maxRSS * 1024 }))
