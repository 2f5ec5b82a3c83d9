import { sql } from 'kysely'
import type { ImportReport } from '../../domain/import/import.ts'
import { readAs, SYSTEM, writeAs } from '../../server/db/scope.ts'
import { importTpmap, type ImportOptions } from '../../server/publication/write.tpmap.ts'
import type { Fresh } from './fresh.ts'

/** Imports texts as files of these names. */
export function importFiles(database: Fresh, files: Record<string, string | Buffer>, options: Partial<ImportOptions> = {}): Promise<ImportReport> {
  const given = Object.entries(files).map(([name, text]) => ({ name, bytes: typeof text === 'string' ? Buffer.from(text) : text }))
  return writeAs(database.app, SYSTEM, tx => importTpmap(tx, given, { by: { name: 'test', person: null }, areas: SYSTEM.areas, ...options }))
}

const TABLES = ['raw.file', 'raw.import', 'raw.import_file', 'fact.reading', 'fact.figure', 'open.figure', 'open.series', 'core.area', 'core.source']

/** How many rows every table has that an import may write. */
export async function countRows(database: Fresh): Promise<Record<string, number>> {
  return readAs(database.app, SYSTEM, async tx => {
    const counts: [string, number][] = []
    for (const table of TABLES) counts.push([table, (await sql<{ n: number }>`select count(*)::int as n from ${sql.table(table)}`.execute(tx)).rows[0]?.n ?? 0])
    return Object.fromEntries(counts)
  })
}
