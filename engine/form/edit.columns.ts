import type { Lang } from '../../domain/base/text.ts'
import { CHOICE_COLUMNS, ENTITY_COLUMNS, FAMILIES, SETTING_COLUMNS, SURVEY_COLUMNS } from './convert.aliases.ts'
import type { Sheet, Workbook } from './workbook.ts'

const COLUMNS: Record<string, Record<string, string>> = { survey: SURVEY_COLUMNS, choices: CHOICE_COLUMNS, settings: SETTING_COLUMNS, entities: ENTITY_COLUMNS }
/** How the languages of the platform are called where a form names none of its own. */
export const LANGUAGES: Record<Lang, string> = { th: 'ไทย (th)', en: 'English (en)' }

/** @example langOf('Thai (th)') // => 'th' */
export function langOf(language: string): Lang | null {
  return /^(th|thai|ไทย)$|\(th\)$/i.test(language) ? 'th' : /^(en|english)$|\(en\)$/i.test(language) ? 'en' : null
}

export const sheetNamed = ({ sheets }: Workbook, name: string): Sheet | undefined => sheets.find(sheet => sheet.name.toLowerCase() === name)

/** What a header means, whichever of its names the author used. @example meaningOf('survey', 'relevance') // => { key: 'bind::relevant', language: '' } */
export function meaningOf(sheet: string, header: string): { key: string; language: string } {
  const known = (name: string) => COLUMNS[sheet.toLowerCase()]?.[name.trim().toLowerCase().split(/\s+/).join('_')]
  const whole = known(header)
  if (whole !== undefined) return { key: whole, language: '' }
  const [first = '', ...rest] = header.split('::').map(part => part.trim())
  const family = known(first) ?? first, name = FAMILIES.has(family) ? rest.splice(0, 1) : []
  return { key: [family, ...name].join('::'), language: rest[0] ?? '' }
}

/** Found once for the columns of a sheet: an editor asks for every cell of every row. */
const known = new WeakMap<readonly string[], Map<string, string | null>>()

/** The header under which the author wrote a column; null where there is none. A text without a language is Thai where no column is. */
export function headerOf(sheet: Sheet, column: string, lang?: Lang): string | null {
  const found = known.get(sheet.columns) ?? new Map<string, string | null>(), asked = `${sheet.name} ${column} ${lang ?? ''}`
  if (!found.has(asked)) known.set(sheet.columns, found.set(asked, findHeader(sheet, column, lang)))
  return found.get(asked) ?? null
}

function findHeader({ name, columns }: Sheet, column: string, lang?: Lang): string | null {
  const { key } = meaningOf(name, column)
  const same = columns.filter(header => meaningOf(name, header).key === key)
  const bare = same.find(header => meaningOf(name, header).language === '') ?? null
  if (lang === undefined) return bare
  return same.find(header => langOf(meaningOf(name, header).language) === lang) ?? (lang === 'th' ? bare : null)
}

/** The same, for writing: a language is called as elsewhere in the sheet. */
export function headerToWrite(sheet: Sheet, column: string, lang?: Lang): string {
  const own = lang && sheet.columns.map(header => meaningOf(sheet.name, header).language).find(language => langOf(language) === lang)
  return headerOf(sheet, column, lang) ?? (lang ? `${column}::${own ?? LANGUAGES[lang]}` : column)
}

export const lastRow = (sheet: Sheet | undefined): number => sheet?.rows.at(-1)?.row ?? 1
