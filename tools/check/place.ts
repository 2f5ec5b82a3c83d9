/** Tables of places that stand under the net, by what migrations say: those with an area code outside core and open. */
export function listGuarded(migrations: readonly string[]): string[] {
  const made = migrations.flatMap(text => [...text.matchAll(/create table ([a-z_.]+) \(\n([\s\S]*?)\n\);/g)].map(([, name = '', columns = '']) => ({ name, columns })))
  const grown = migrations.flatMap(text => [...text.matchAll(/alter table ([a-z_.]+) add column (area_code)/g)].map(([, name = '', columns = '']) => ({ name, columns })))
  return [...new Set([...made, ...grown].filter(({ name, columns }) => /\barea_code\b/.test(columns) && !/^(core|open)\./.test(name)).map(({ name }) => name))].sort()
}

/** A place is stated as a range, as codes that are given, or as none at all. */
const PLACE = /\barea_code\s*(>=|=|<|in)\s*(\(*\s*\$\d|any\s*\(|'TH|\()|\bwhere (\(*)false\b|\band (\(*)false\b/i
/** One's own rows are found by the person, who is given or is the one that the scope speaks for. */
const OWN = /\b(person_id|actor|about)\s*(=|in)\s*\(*\$\d|\baccess\.person\b.*\bid = \$\d|current_setting\('rakkaeo\.person'/i

/** Which guarded tables a statement reads or changes without saying where; adding rows is checked by the policy itself. */
export function findPlaceless(statement: string, guarded: readonly string[]): string[] {
  const plain = statement.replaceAll('"', '').replace(/\s+/g, ' ')
  const touched = guarded.filter(table => new RegExp(`\\b(from|join|update|using) ${table.replace('.', '\\.')}\\b`, 'i').test(plain))
  return PLACE.test(plain) || OWN.test(plain) ? [] : touched
}
