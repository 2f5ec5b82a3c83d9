/**
 * A file that somebody might send. `refused`: the file as a whole, in a sentence; `faulty`: some rows or cells are told, the others read; `good`: every
 * row is right. Columns are `name`, `national_id` (a citizen's number), `rai` (a number in rai), `visited` (a date) and `phone`; what is said of
 * cells holds for fields of these kinds.
 */
export type HostileFile = { name: string; bytes: Uint8Array; expect: 'refused' | 'faulty' | 'good' }

export const HEADER = ['name', 'national_id', 'rai', 'visited', 'phone']
export const ROWS = [
  ['ถ้ำลอด', '1101700230708', '5.5', '05/01/2567', '0812345678'], ['น้ำตกแม่สุรินทร์', '', '12', '6 ก.พ. 2567', ''], ['บ้านรักไทย', '', '1,200', '2024-03-07', '053-123456'], ['ปางอุ๋ง', '', '2 งาน', '', ''],
]

export const csvOf = (rows: readonly (readonly string[])[] = ROWS, { separator = ',', end = '\n', header = HEADER as readonly string[] } = {}) =>
  [header, ...rows].map(row => row.map(cell => cell.includes(separator) || /["\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell).join(separator)).join(end) + end
export const utf8 = (text: string) => new TextEncoder().encode(text)
export const joined = (...parts: Uint8Array[]) => new Uint8Array(Buffer.concat(parts))

/** TIS-620 with the extras that windows-874 has and a table may hold. */
export const tis = (text: string) => Uint8Array.from([...text], letter => {
  const code = letter.codePointAt(0) as number
  return code < 0x80 ? code : code - 0xe00 + 0xa0
})

export const file = (name: string, content: string | Uint8Array, expect: HostileFile['expect']): HostileFile => ({ name, bytes: typeof content === 'string' ? utf8(content) : content, expect })
/** The base table with one cell changed, by row and column. */
export const withCell = (row: number, column: string, cell: string) => ROWS.map((cells, i) => i === row ? cells.map((old, j) => HEADER[j] === column ? cell : old) : cells)
