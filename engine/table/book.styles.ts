import { isDateFormat } from 'hucre'
import { walkSmall } from './book.xml.ts'
import type { ZipEntry } from './zip-entries.ts'

/** Ways of writing a day or a time that a Thai Excel has by number alone (ECMA-376, 18.8.30, th-th). */
const FIRST_THAI = 71, LAST_THAI = 81

/** Which styles of cells show their number as a day or a time. */
export async function dateStyles(part: ZipEntry | null): Promise<boolean[]> {
  const formats = new Map<string, string>(), styles: boolean[] = []
  let section = ''
  if (part) await walkSmall(part, (name, { numFmtId = '0', formatCode }, depth) => {
    if (depth === 2) section = name
    if (section === 'numFmts' && name === 'numFmt') formats.set(numFmtId, formatCode ?? '')
    if (section === 'cellXfs' && name === 'xf') styles.push(isDate(numFmtId, formats.get(numFmtId)))
  })
  return styles
}

function isDate(id: string, format: string | undefined): boolean {
  return format === undefined ? isDateFormat(id) || (Number(id) >= FIRST_THAI && Number(id) <= LAST_THAI) : isDateFormat(format)
}
