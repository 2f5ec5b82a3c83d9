import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import type { Lang } from '../domain/base/text.ts'
import type { FormFault } from '../domain/dataset/dataset.form.ts'
import { convertForm } from '../engine/form/convert.ts'
import { lintForm } from '../engine/form/lint.ts'
import { readWorkbook } from '../engine/form/read-workbook.ts'
import { reasonOf } from '../server/base/folder.ts'
import { cliProblems } from './problems.ts'

/** The form is not right: not a failure of the program (1). */
const REFUSED = 2

/** Writes the XForm of an XLSForm to the output, and what is wrong with it to the errors. No database is opened. */
export async function convert(path: string, { json }: { json?: boolean }, lang: Lang): Promise<void> {
  const name = basename(path)
  const bytes = await readFile(path).catch(error => { throw cliProblems.cannotRead({ file: path, reason: reasonOf(error) }) })
  const workbook = await readWorkbook(name, bytes)
  const conversion = convertForm(workbook, { name }), faults = [...conversion.faults, ...lintForm(workbook)]
  if (json) console.log(JSON.stringify({ ...conversion, faults }, null, 2))
  else for (const fault of faults) console.error(faultLine(fault, lang))
  if (!json && conversion.xform !== null) process.stdout.write(conversion.xform)
  process.exitCode = conversion.xform === null ? REFUSED : 0
}

/** @example `✗ survey:4 type: The type “txt” is not known. Is “text” meant?` */
export function faultLine({ severity, sheet, row, column, say }: FormFault, lang: Lang): string {
  const place = [sheet, row].filter(part => part !== null).join(':')
  const where = [place, column].filter(part => part !== null && part !== '').join(' ')
  return `${severity === 'error' ? '✗' : '!'} ${where === '' ? '' : `${where}: `}${say[lang]}`
}
