import type { Choice, Itemset } from '../../domain/dataset/dataset.form.ts'
import type { Text } from '../../domain/base/text.ts'
import type { Control, Instance, Source } from './read-xform.source.ts'
import { attributeOf, childOf, contentOf, elementsOf, type XmlElement } from './read-xml.ts'

export type Choices = { choices: Choice[] | null; choicesFile: string | null; itemset: Itemset | null }

const NO_CHOICES: Choices = { choices: null, choicesFile: null, itemset: null }
const WHOLE_INSTANCE = /^(?:randomize\()?\s*instance\(\s*(['"])(.+?)\1\s*\)/
const ITEXT_COLUMN = /^\s*jr:itext\(\s*([\w.-]+)\s*\)\s*$/

/** Where the choices of a question come from: they stand beside it, in a list of the form, in a file, or are rows of a repeat. */
export function readChoices({ element }: Control, source: Source): Choices {
  const itemset = elementsOf(element, 'itemset')[0]
  // The app looks such choices up by itself.
  if (/\bsearch\(/.test(attributeOf(element, 'appearance') ?? '')) return NO_CHOICES
  if (itemset) return readItemset(itemset, source)
  const items = elementsOf(element, 'item')
  return items.length === 0 ? NO_CHOICES : { ...NO_CHOICES, choices: items.map(item => inlineChoice(item, source)) }
}

function inlineChoice(item: XmlElement, { texts }: Source): Choice {
  const value = contentOf(childOf(item, 'value') ?? item).trim()
  return { value, label: texts.of(childOf(item, 'label')) ?? same(value) }
}

function readItemset(element: XmlElement, source: Source): Choices {
  const nodeset = (attributeOf(element, 'nodeset') ?? '').trim()
  const itemset: Itemset = { nodeset, value: refOf(element, 'value') ?? 'name', label: refOf(element, 'label') ?? 'label' }
  const instance = source.instances.get(WHOLE_INSTANCE.exec(nodeset)?.[2] ?? '')
  if (!instance) return { ...NO_CHOICES, itemset }
  if (instance.file !== null) return { choices: null, choicesFile: instance.file, itemset }
  return { choices: listChoices(instance, itemset, source), choicesFile: null, itemset: nodeset.includes('[') ? itemset : null }
}

function refOf(itemset: XmlElement, name: string): string | null {
  const element = childOf(itemset, name)
  return element ? attributeOf(element, 'ref')?.trim() ?? null : null
}

/** Every choice of the list, once, whatever filter stands before it. */
function listChoices({ rows }: Instance, { value, label }: Itemset, { texts }: Source): Choice[] {
  const itextColumn = ITEXT_COLUMN.exec(label)?.[1]
  const labelOf = (row: Record<string, string>): Text | null => {
    const said = row[itextColumn ?? label]
    return said === undefined ? null : itextColumn === undefined ? texts.message(said) : texts.byId(said)
  }
  const choices = rows.map(row => ({ value: (row[value] ?? '').trim(), label: labelOf(row) ?? same(row[value] ?? '') }))
  return [...new Map(choices.toReversed().map(choice => [choice.value, choice])).values()].toReversed()
}

function same(text: string): Text {
  return { th: text, en: text }
}
