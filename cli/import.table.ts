import { createReadStream } from 'node:fs'
import { readFile, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { baseProblems } from '../domain/base/problems.ts'
import type { Lang } from '../domain/base/text.ts'
import { TableMapping, TableSubject, type TableFault, type TableReport } from '../domain/table/table.ts'
import { expectationOf } from '../server/base/expectation.ts'
import { reasonOf } from '../server/base/folder.ts'
import { makeSeal } from '../server/base/seal.ts'
import { openSpool } from '../server/base/spool.ts'
import { importFile } from '../server/table/write.command.ts'
import { actorOf } from './actor.ts'
import { withDatabase } from './database.ts'
import { exitCodeOf } from './import.ts'
import { cliProblems } from './problems.ts'
import { makeProgress } from './progress.ts'
import { say } from './texts.ts'

type Options = { dataset?: string; source?: string; mapping?: string; dryRun?: boolean; again?: boolean; keepGood?: boolean; keepFaulty?: boolean; as?: string; json?: boolean }

/** Makes records of a table's rows, or figures of a source, all of them or none, and tells what became of it; its columns go where `--mapping` says, else where their names suggest. */
export async function importTable(path: string, { dataset: id, source, mapping: mappingFile, dryRun = false, again = false, keepGood = false, keepFaulty = false, as, json }: Options, lang: Lang): Promise<void> {
  const { size } = await stat(path).catch(error => { throw cliProblems.cannotRead({ file: path, reason: reasonOf(error) }) })
  if ((id === undefined) === (source === undefined)) throw cliProblems.datasetOrSource({})
  const dataset = parsed(TableSubject.safeParse(source === undefined ? id : `figures:${source}`), source === undefined ? 'dataset' : 'source'), mapping = mappingFile === undefined ? null : await readMapping(mappingFile), progress = makeProgress(lang)
  const report = await withDatabase(lang, async ({ app, keys }, { dataFolder }) => {
    const { scope, by } = await actorOf(app, as, source === undefined ? 'import-tables' : 'import-files')
    const shop = { app, spool: openSpool(join(dataFolder, 'tables')), seal: makeSeal(keys), signal: new AbortController().signal, tell: (message: string) => console.error(message) }
    return importFile(shop, { file: basename(path), dataset, stream: createReadStream(path), bytes: size }, {
      scope, name: by.name, mapping, how: { again, keepGood, keepFaulty }, isTrial: dryRun, onProgress: (done, total) => progress.count(say.readingTable, done, total),
    })
  })
  console.log(json ? JSON.stringify(report, null, 2) : textOf(report, lang))
  process.exitCode = exitCodeOf({ outcome: report.outcome === 'refused' ? 'refused' : 'imported' })
}

async function readMapping(file: string): Promise<TableMapping> {
  const text = await readFile(file, 'utf8').catch(error => { throw cliProblems.cannotRead({ file, reason: reasonOf(error) }) })
  try {
    return parsed(TableMapping.safeParse(JSON.parse(text)), file)
  } catch (error) {
    throw error instanceof SyntaxError ? baseProblems.badRequest({ field: file, expected: 'JSON' }) : error
  }
}

function parsed<T>(result: { success: true; data: T } | { success: false; error: { issues: unknown[] } }, field: string): T {
  if (result.success) return result.data
  throw baseProblems.badRequest({ field, expected: expectationOf(result.error.issues[0] as Parameters<typeof expectationOf>[0]) })
}

const OUTCOMES = {
  imported: { th: 'นำเข้าแล้ว', en: 'Imported.' }, 'would-import': { th: 'ลองแล้ว ยังไม่ได้เก็บอะไร', en: 'Tried; nothing was kept.' },
  refused: { th: 'ไม่ได้นำเข้าสิ่งใด แก้ไฟล์ หรือใช้ --keep-good เพื่อเก็บเฉพาะแถวที่ถูกต้อง', en: 'Nothing was imported. Mend the file, or use --keep-good to keep the good rows.' }, undone: { th: 'ย้อนแล้ว', en: 'Taken back.' },
}

function textOf({ outcome, rows, faults, places }: TableReport, lang: Lang): string {
  const counts = lang === 'th' ? `อ่าน ${rows.read} · ดี ${rows.good} · ผิด ${rows.faulty} · ใหม่ ${rows.new} · ปรับปรุง ${rows.updated} · เหมือนเดิม ${rows.unchanged}` : `${rows.read} read · ${rows.good} good · ${rows.faulty} faulty · ${rows.new} new · ${rows.updated} updated · ${rows.unchanged} unchanged`
  const lineOf = ({ line, column, value, say }: TableFault) => [line, column, value && `“${value}”`, say[lang]].filter(part => part !== null && part !== '').join(' ')
  return [
    OUTCOMES[outcome][lang], `  ${counts}`,
    ...faults.flatMap(({ weight, rows, first }) => first.slice(0, 1).map(fault => `${weight === 'error' ? '✗' : '!'} (${rows}) ${lineOf(fault)}`)),
    ...places.slice(0, 20).map(({ written, rows, candidates }) => `? (${rows}) ${written} → ${candidates.map(({ area, name }) => `${area} ${name[lang]}`).join(' · ') || '–'}`),
  ].join('\n')
}
