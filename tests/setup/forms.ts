import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { TestContext } from 'vitest'
import { convertForm, type Conversion } from '../../engine/form/convert.ts'
import { readWorkbook } from '../../engine/form/read-workbook.ts'

const FOLDER = join(import.meta.dirname, '../../../shared/data/forms')

/** The forms of others that conversion is tried on. They are not ours to ship: where they are not, the test says that it was left out. */
export function formsOfOthers(context: TestContext): { names: (ending: string) => string[]; bytes: (name: string) => Uint8Array; text: (name: string) => string } {
  if (!existsSync(FOLDER)) context.skip('the shared data folder ../shared/data/forms is not beside this checkout')
  return {
    names: ending => readdirSync(FOLDER, { recursive: true, encoding: 'utf8' }).filter(name => name.endsWith(ending)).sort(),
    bytes: name => readFileSync(join(FOLDER, name)),
    text: name => readFileSync(join(FOLDER, name), 'utf8'),
  }
}

export async function convertFile(name: string, bytes: Uint8Array): Promise<Conversion> {
  return convertForm(await readWorkbook(name, bytes), { name })
}

/** A form in Markdown tables. */
export function convertMarkdown(text: string, name = 'form.md'): Promise<Conversion> {
  return convertFile(name, new TextEncoder().encode(text))
}
