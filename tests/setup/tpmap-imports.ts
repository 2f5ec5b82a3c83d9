import { sql } from 'kysely'
import type { ImportReport } from '../../domain/import/import.ts'
import { write } from '../../server/db/db.ts'
import { importTpmap, type ImportOptions } from '../../server/publication/write.tpmap.ts'
import type { Fresh } from './fresh.ts'

/** Imports texts as files of these names. */
export function importFiles(database: Fresh, files: Record<string, string | Buffer>, options: Partial<ImportOptions> = {}): Promise<ImportReport> {
  const given = Object.entries(files).map(([name, text]) => ({ name, bytes: typeof text === 'string' ? Buffer.from(text) : text }))
  return write(database.app, tx => importTpmap(tx, given, { by: 'test', ...options }))
}

const TABLES = ['raw.file', 'raw.import', 'raw.import_file', 'fact.reading', 'fact.figure', 'open.figure', 'open.series', 'core.area', 'core.source']

/** How many rows every table has that an import may write. */
export async function countRows(database: Fresh): Promise<Record<string, number>> {
  const counts = TABLES.map(async table => [table, (await sql<{ n: number }>`select count(*)::int as n from ${sql.table(table)}`.execute(database.app)).rows[0]?.n])
  return Object.fromEntries(await Promise.all(counts))
}
