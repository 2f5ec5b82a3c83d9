import { stringify } from 'csv-stringify/sync'
import { writeXlsx } from 'hucre/xlsx'
import type { FileReply } from '../../domain/base/api.ts'
import type { Lang } from '../../domain/base/text.ts'
import type { Board, BoardRow } from '../../domain/board/board.ts'
import { shareOf } from '../../domain/board/rules.ts'

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
const COLUMNS = ['key', 'name_th', 'name_en', 'expected', 'expected_from', 'arrived', 'to_review', 'returned', 'approved', 'locked', 'share_approved', 'with_faults', 'last_at', 'attention']
type Cell = string | number | null

/** The board that is shown, row by row, the whole of it last. What is not known to be expected is an empty cell, never a zero. */
export async function fileOf(board: Board, as: 'csv' | 'xlsx', lang: Lang): Promise<FileReply> {
  const rows = [...board.rows, { ...board.total, name: { th: 'รวม', en: 'total' } }].map(row => cellsOf(row, lang))
  const name = ['board', board.area, board.by, board.dataset, board.day].filter(Boolean).join('-')
  if (as === 'csv') return { name: `${name}.csv`, type: 'text/csv; charset=utf-8', body: stringify(rows, { header: true, columns: COLUMNS, bom: true, record_delimiter: 'windows', escape_formulas: true }) }
  return { name: `${name}.xlsx`, type: XLSX, body: await writeXlsx({ sheets: [{ name: 'board', rows: [COLUMNS, ...rows], freezePane: { rows: 1 } }] }) }
}

function cellsOf({ key, name, numbers, expected, attention }: BoardRow, lang: Lang): Cell[] {
  const share = shareOf(numbers, expected)
  return [
    key, name.th, name.en, expected?.count ?? null, expected?.say[lang] ?? null, numbers.arrived, numbers.received, numbers.returned, numbers.approved, numbers.locked,
    share === null ? null : Math.round(share * 1e4) / 1e4, numbers.faults, numbers.last, attention,
  ]
}
