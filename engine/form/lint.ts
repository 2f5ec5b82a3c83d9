import type { FormFault } from '../../domain/dataset/dataset.form.ts'
import { readForm } from './convert.ts'
import { TRANSLATED } from './convert.aliases.ts'
import { spotOf, type FormRow, type Texts } from './convert.columns.ts'
import { makeFormFaults, type FormFaults } from './convert.faults.ts'
import type { Form } from './convert.form.ts'
import { isEndless } from './pattern.ts'
import { isDynamic, tokensOf } from './reference.tokens.ts'
import { allNodes, lineOf } from './tree.ts'
import type { Workbook } from './workbook.ts'

/** A cheap phone takes seconds to open a list of this length, measured in docs/xlsform.md. */
export const MOST_CHOICES = 2000

/** What is allowed in a form but not wise; an error where it could keep the server busy for ever. `earlierVersion`: of the same form, when it was published before. */
export function lintForm(workbook: Workbook, { earlierVersion }: { earlierVersion?: string } = {}): FormFault[] {
  // what is wrong is told by the conversion
  const form = readForm(workbook, { name: 'form' }, makeFormFaults()), faults = makeFormFaults()
  lintPatterns(form, faults)
  lintDefaults(form, faults)
  lintLists(form, faults)
  lintThai(form, faults)
  const { version, row } = form.settings
  if (earlierVersion !== undefined && !isAbove(version, earlierVersion)) faults.add('versionNotRaised', spotOf(row, 'version'), { version, earlier: earlierVersion })
  return faults.list()
}

/** Numbers within the versions count as numbers. @example isAbove('1.10', '1.9') // => true */
export function isAbove(version: string, earlier: string): boolean {
  return version.localeCompare(earlier, 'en', { numeric: true }) > 0
}

function lintPatterns({ root, settings, entity }: Form, faults: FormFaults): void {
  for (const row of new Set([...allNodes(root).map(node => node.row), settings.row, ...entity ? [entity.row] : []])) {
    const expressions = Object.entries(row.values).filter(([key]) => row.sheet !== 'survey' || !TRANSLATED.has(key))
    for (const [key, texts] of expressions) for (const pattern of Object.values(texts).flatMap(patternsIn)) if (isEndless(pattern)) faults.add('endlessPattern', spotOf(row, key), { pattern })
  }
}

/** Those that are written out. @example patternsIn(`regex(., '[0-9]+')`) // => ['[0-9]+'] */
function patternsIn(expression: string): string[] {
  const tokens = tokensOf(expression).filter(({ kind }) => kind !== 'space'), called: string[] = []
  return tokens.flatMap(({ kind, text }, i) => {
    if (kind === 'open') called.push(tokens[i - 1]?.kind === 'function' ? tokens[i - 1]?.text ?? '' : '')
    if (kind === 'close') called.pop()
    return kind === 'string' && called.at(-1) === 'regex' && tokens[i - 1]?.kind === 'comma' && tokens[i + 1]?.kind === 'close' ? [text.slice(1, -1)] : []
  })
}

/** A question that is hidden when the form opens never gets its computed default in the engine (collector) of the site. */
function lintDefaults({ root }: Form, faults: FormFaults): void {
  for (const node of allNodes(root)) {
    const isHidden = lineOf(node).some(({ bind }) => bind['relevant'] !== undefined && bind['relevant'] !== 'true()')
    if (isHidden && isDynamic(node.default, node.type)) faults.add('hiddenDefault', spotOf(node.row, 'default'), { name: node.name })
  }
}

function lintLists({ lists }: Form, faults: FormFaults): void {
  for (const { name, choices } of lists.values()) if (choices.length > MOST_CHOICES) faults.add('manyChoices', spotOf(choices[0]?.row as FormRow, 'list_name'), { name, count: choices.length })
}

const isThai = (language: string) => /\(th\)\s*$|^th$|^(ไทย|Thai)\b/i.test(language) || language.startsWith('ไทย')
const THAI_LETTERS = /[\u0e00-\u0e7f]/

/** What people read must be there in Thai; a form without languages is Thai when it is written in Thai. */
function lintThai({ languages, settings, root, lists }: Form, faults: FormFaults): void {
  const thai = languages.filter(isThai), isPlainThai = languages.length === 0 || isThai(settings.language)
  const said = [...allNodes(root).map(({ name, row, texts }) => ({ name, row, texts: texts['label'] })), ...[...lists.values()].flatMap(({ choices }) => choices.map(({ name, row, label }) => ({ name, row, texts: label })))]
    .flatMap(({ name, row, texts }) => texts && Object.values(texts).some(text => text.trim() !== '') ? [{ name, row, texts }] : [])
  if (said.length === 0) return
  if (thai.length === 0 && !(isPlainThai && said.some(({ texts }) => THAI_LETTERS.test(texts[''] ?? '')))) { faults.add('noThai', { sheet: 'survey', row: 1, column: 'label' }, {}); return }
  const hasThai = (texts: Texts) => thai.some(language => texts[language]) || (isPlainThai && texts[''] !== undefined)
  for (const { name, row, texts } of said) if (thai.length > 0 && !hasThai(texts)) faults.add('missingThai', spotOf(row, 'label'), { name })
}
