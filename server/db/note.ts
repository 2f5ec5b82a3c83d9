import { sql } from 'kysely'
import type { AreaCode, PersonId } from '../../domain/base/ids.ts'
import type { Action } from '../../domain/audit/rules.actions.ts'
import type { Reader, Writer } from './db.ts'
import { PLANNED } from './planned.ts'
import type { Witness } from './scope.ts'

/** What was done or seen; never the value itself. `action` is noun and verb: `grant.give`, `import.keep`, `person.see`; each has its sentence in domain/audit. */
export type Note = { action: Action; area: AreaCode; target?: string | null; about?: PersonId | null; reason?: string | null }

const noted = new WeakSet<Reader | Writer | Witness>()

/** Writes the audit line of an act or of a reading into its transaction; who acts is what the scope says. */
export async function note(tx: Writer | Witness, { action, area, target = null, about = null, reason = null }: Note): Promise<void> {
  await sql`insert ${PLANNED} into audit.line (area_code, actor, actor_name, kind, action, target, about, reason)
    select ${area}, me.id, (select name from access.person p where p.id = me.id limit 1), current_setting('rakkaeo.kind'), ${action}, ${target}, ${about}::uuid, ${reason}
    from (select nullif(current_setting('rakkaeo.person'), '')::uuid as id) me`.execute(tx)
  noted.add(tx)
}

/** Whether the transaction left its trace. */
export function wasNoted(tx: Reader | Writer | Witness): boolean {
  return noted.has(tx)
}

const traces = new WeakMap<Error, Note>()

/** A refusal that leaves its line although everything else of the act is taken back. */
export function traced<E extends Error>(problem: E, line: Note): E {
  traces.set(problem, line)
  return problem
}

export function traceOf(problem: unknown): Note | undefined {
  return problem instanceof Error ? traces.get(problem) : undefined
}
