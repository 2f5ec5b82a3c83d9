export type ThingKind = 'schema' | 'table' | 'column' | 'constraint' | 'index' | 'view' | 'function' | 'trigger' | 'policy'
/** Something of a schema. `of`: the table it belongs to; what comes or goes with its table is not told one by one. */
export type Thing = { kind: ThingKind; name: string; of: string | null; definition: string }
export type RowsTouched = { table: string; inserted: number; updated: number; deleted: number }

/** What one migration did to a copy. */
export type RehearsedStep = { name: string; ms: number; added: string[]; removed: string[]; changed: string[]; rows: RowsTouched[] }
/** `copy`: what it took to have one; the migrations themselves take `ms` each. */
export type Rehearsal = { copy: { rows: number; ms: number }; steps: RehearsedStep[] }

/** What came, what went, and what reads differently. */
export function compareThings(before: readonly Thing[], after: readonly Thing[]): Pick<RehearsedStep, 'added' | 'removed' | 'changed'> {
  const keyOf = ({ kind, name }: Thing) => `${kind} ${name}`
  const old = new Map(before.map(thing => [keyOf(thing), thing])), now = new Map(after.map(thing => [keyOf(thing), thing]))
  const only = (those: Map<string, Thing>, others: Map<string, Thing>) => [...those].filter(([key, { of }]) => !others.has(key) && (of === null || others.has(`table ${of}`))).map(([key]) => key)
  return { added: only(now, old), removed: only(old, now), changed: [...now].filter(([key, { definition }]) => old.has(key) && old.get(key)?.definition !== definition).map(([key]) => key) }
}
