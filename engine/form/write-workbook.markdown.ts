import type { Workbook } from './workbook.ts'
import { gridOf } from './write-workbook.ts'

/** An XLSForm as Markdown tables, for people and for the history of changes; `readWorkbook` gives the same workbook again. */
export function writeMarkdown({ sheets }: Workbook): string {
  return sheets.map(sheet => [lineOf([sheet.name]), ...gridOf(sheet).map(row => lineOf(['', ...row]))].map(line => `${line}\n`).join('')).join('\n')
}

function lineOf(cells: string[]): string {
  return `| ${cells.map(escape).join(' | ')} |`.replace(/ {2,}\|/g, ' |')
}

/** A backslash is doubled only where it would be read as part of an escape. */
function escape(cell: string): string {
  return cell.replace(/\\(?=[n|\\\n])/g, '\\\\').replaceAll('|', '\\|').replaceAll('\n', '\\n')
}
