/** Of core, what is not anybody's: places, their shapes and names, and definitions. A new table of core stands under the net, or is written down here. */
export const FOR_EVERYONE = ['area', 'area_term', 'area_change', 'area_group', 'area_group_member', 'boundary', 'dataset', 'form', 'form_file', 'check_set', 'round', 'ladder']

/** Tables of places that stand under the net, by what migrations say: those with an area code, but for what is for everyone. */
export function listGuarded(migrations: readonly string[]): string[] {
  const made = migrations.flatMap(text => [...text.matchAll(/create table ([a-z_.]+) \(\n([\s\S]*?)\n\);/g)].map(([, name = '', columns = '']) => ({ name, columns })))
  const grown = migrations.flatMap(text => [...text.matchAll(/alter table ([a-z_.]+) add column (area_code)/g)].map(([, name = '', columns = '']) => ({ name, columns })))
  return [...new Set([...made, ...grown].filter(({ name, columns }) => /\barea_code\b/.test(columns) && !isForEveryone(name)).map(({ name }) => name))].sort()
}

function isForEveryone(table: string): boolean {
  const [schema, name = ''] = table.split('.')
  return schema === 'open' || (schema === 'core' && FOR_EVERYONE.includes(name))
}

/** A place is stated as a range, as codes that are given, or as none at all. */
const PLACE = /\barea_code\s*(>=|=|<|in)\s*(\(*\s*\$\d|any\s*\(|'TH|\()|\bwhere (\(*)false\b|\band (\(*)false\b/i
/** One's own rows are found by the person, who is given or is the one that the scope speaks for. */
const OWN = /\b(person_id|actor|about|made_by)\s*(=|in)\s*\(*\$\d|\baccess\.person\b.*\bid = \$\d|current_setting\('rakkaeo\.person'/i
/** What arrived is spread by its instance, and found by it. */
const BY_INSTANCE = ['raw.submission', 'raw.attachment', 'raw.waiting']
const INSTANCE = /\binstance_id\b[^=]*(=|in)\s*(\(*\s*\$\d|any\s*\(|\w+\.instance_id)|using \(instance_id/i

/** Which guarded tables a statement reads or changes without saying where; adding rows is checked by the policy itself. */
export function findPlaceless(statement: string, guarded: readonly string[]): string[] {
  const plain = statement.replaceAll('"', '').replace(/\s+/g, ' ')
  const touched = guarded.filter(table => new RegExp(`\\b(from|join|update|using) ${table.replace('.', '\\.')}\\b`, 'i').test(plain))
  if (PLACE.test(plain) || OWN.test(plain)) return []
  return INSTANCE.test(plain) ? touched.filter(table => !BY_INSTANCE.includes(table)) : touched
}
