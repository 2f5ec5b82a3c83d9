import { setTimeout as wait } from 'node:timers/promises'
import { sql } from 'kysely'
import { Problem } from '../../domain/base/problem.ts'
import { NATION } from '../../domain/area/rules.ts'
import type { TableHow } from '../../domain/table/api.ts'
import { tableProblems } from '../../domain/table/problems.ts'
import { faultOfMapping } from '../../domain/table/rules.mapping.ts'
import { refusedFor } from '../../domain/table/rules.report.ts'
import type { TableFault, TableImportId, TableMapping, TableReport } from '../../domain/table/table.ts'
import { readAs, SYSTEM, writeAs, type Scope } from '../db/scope.ts'
import { getKept } from './read.ts'
import { getSubject } from './read.subject.ts'
import { faultyName } from './write.faulty.ts'
import { giveTable, type Given } from './write.give.ts'
import { fileName } from './write.read.ts'
import { askFor, keepMapping } from './write.state.ts'
import { workOn, type Workshop } from './write.work.ts'

export type Command = { scope: Scope; name: string; mapping: TableMapping | null; how: TableHow; isTrial: boolean; onProgress: (done: number, total: number) => void }
const LOOKS_EVERY_MS = 300

/** A table from the command line, the way of any: given, mapped, and worked on here or by the server that runs. Of a trial nothing stays. */
export async function importFile(shop: Workshop, given: Given, command: Command): Promise<TableReport> {
  let id: TableImportId | null = null
  try {
    id = await giveTable({ ...shop, ...command }, given)
    await ask(shop, id, command)
    return await work(shop, id, command.onProgress)
  } catch (error) {
    if (error instanceof Problem && error.code.startsWith('table/')) return refusedFor(faultFor(error))
    throw error
  } finally {
    if (id !== null && command.isTrial) await forget(shop, id)
  }
}

const faultFor = ({ code, say, details }: Problem): TableFault => (details['fault'] as TableFault | undefined) ?? { line: null, column: null, value: null, code, weight: 'error', say }

async function ask({ app }: Workshop, id: TableImportId, { scope, name, mapping, how, isTrial }: Command): Promise<void> {
  await writeAs(app, scope, async tx => {
    const kept = await getKept(tx, scope.areas, id), { fields } = await getSubject(tx, kept)
    const what = mapping && faultOfMapping(mapping, kept.columns.length, fields)
    if (what) throw tableProblems.badMapping({ what })
    if (mapping) await keepMapping(tx, kept, mapping, false)
    if ((mapping ?? kept.mapping).columns.length === 0) throw tableProblems.notMapped({})
    await askFor(tx, kept, { does: isTrial ? 'try' : 'import', how, by: { person: scope.person, kind: scope.kind, areas: scope.areas, name } })
  })
}

async function work(shop: Workshop, id: TableImportId, onProgress: Command['onProgress']): Promise<TableReport> {
  const done = new AbortController(), working = workOn(shop, id).finally(() => done.abort())
  for (;;) {
    const kept = await readAs(shop.app, SYSTEM, tx => getKept(tx, [NATION], id))
    onProgress(kept.done, Math.max(kept.total, 1))
    if (kept.job === null) {
      await working
      if (kept.trouble) return refusedFor({ line: null, column: null, value: null, code: 'table/trouble', weight: 'error', say: kept.trouble })
      return kept.report as TableReport
    }
    await wait(LOOKS_EVERY_MS, undefined, { signal: done.signal }).catch(() => wait(LOOKS_EVERY_MS / 10))
  }
}

async function forget({ app, spool }: Workshop, id: TableImportId): Promise<void> {
  await writeAs(app, SYSTEM, tx => sql`delete from raw.table_import t where t.id = ${id} and t.area_code >= 'TH' and t.state in ('given', 'tried', 'refused')`.execute(tx))
  await spool.erase(fileName(id), faultyName(id), `${id}.columns`)
}
