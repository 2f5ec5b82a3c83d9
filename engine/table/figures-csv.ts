import { stringify } from 'csv-stringify/sync'
import { buddhistYear } from '../../domain/base/era.ts'
import type { Lang, Text } from '../../domain/base/text.ts'
import type { Figure } from '../../domain/figure/figure.ts'
import type { Indicator, Source } from '../../domain/indicator/indicator.ts'
import { levelOf } from '../../domain/area/rules.ts'

/** What a row needs beside its figure to stand alone on somebody's desk. */
export type FigureLine = { figure: Figure; indicator: Indicator; source: Source; name: Text }

const COLUMNS = [
  'code', 'name_th', 'name_en', 'level', 'indicator', 'indicator_name', 'year_ce', 'year_be', 'numerator', 'denominator', 'value', 'unit', 'status', 'internal',
  'source', 'source_title', 'licence', 'version', 'definition', 'retrieved',
] as const

/**
 * Figures as CSV that Excel opens rightly (UTF-8 with its mark, CRLF), each row with source, licence, definition and day.
 * A text that a spreadsheet would run as a formula is defused; a gap is an empty cell with its reason in `status`. What must not be published says `true` in `internal`.
 */
export function figuresCsv(lines: readonly FigureLine[], lang: Lang, retrieved: string): string {
  return stringify(lines.map(line => rowOf(line, lang, retrieved)), { header: true, columns: [...COLUMNS], bom: true, record_delimiter: 'windows', escape_formulas: true })
}

function rowOf({ figure, indicator, source, name }: FigureLine, lang: Lang, retrieved: string): (string | number | null)[] {
  return [
    figure.area, name.th, name.en, levelOf(figure.area), indicator.id, indicator.name[lang], figure.period, buddhistYear(Number(figure.period)),
    figure.numerator, figure.denominator, figure.value, figure.unit, figure.status, String(figure.internal),
    source.id, source.title[lang], source.licence[lang], figure.version, indicator.definition[lang], retrieved,
  ]
}
