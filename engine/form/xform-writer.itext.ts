import type { Texts } from './convert.columns.ts'
import { spotOf } from './convert.columns.ts'
import type { Form } from './convert.form.ts'
import { hasReference } from './reference.tokens.ts'
import type { Context } from './reference.ts'
import { allNodes, pathOf, type FormNode } from './tree.ts'
import { contentOf } from './xform-writer.text.ts'
import { element, type Xml } from './xform-writer.xml.ts'

/** What stands under one id in every language; `form` is '' for the text itself. */
type Entry = { id: string; forms: { form: string; texts: Texts; where: Context }[] }

const MEDIA = ['image', 'big-image', 'audio', 'video'] as const
/** The folder that a client looks for a file of this kind in. */
const FOLDERS: Record<string, string> = { image: 'images', 'big-image': 'images', audio: 'audio', video: 'video' }
export const MESSAGES = ['jr:constraintMsg', 'jr:requiredMsg', 'jr:noAppErrorString']

const hasLanguages = (texts: Texts | undefined) => texts !== undefined && Object.keys(texts).some(language => language !== '')
const mediaOf = (node: FormNode) => MEDIA.filter(kind => node.texts[`media::${kind}`])

/** The id under which a text of a node stands, or null where it stands in its own place. */
export function itextId(node: FormNode, part: 'label' | 'hint' | string): string | null {
  const texts = node.texts[MESSAGES.includes(part) ? `bind::${part}` : part]
  const isTranslated = part === 'label' ? hasLanguages(texts) || mediaOf(node).length > 0
    : part === 'hint' ? hasLanguages(texts) || node.texts['guidance_hint'] !== undefined
    : hasLanguages(texts) || Object.values(texts ?? {}).some(hasReference)
  return isTranslated ? `${pathOf(node)}:${part}` : null
}

/** All texts by language. Where a translation is missing stands `-`, as form authors know it. Null: the form has no need of it. */
export function itextOf(form: Form): Xml | null {
  const entries = [...listEntries(form), ...allNodes(form.root).flatMap(nodeEntries)]
  const written = entries.flatMap(({ forms }) => forms.flatMap(({ texts }) => Object.keys(texts).map(language => language || form.settings.language)))
  const languages = [...new Set([...form.languages, ...written])].filter(language => written.includes(language))
  if (languages.length === 0) return null
  return element('itext', {}, languages.map(language => {
    const isDefault = language === form.settings.language
    return element('translation', { lang: language, default: isDefault ? 'true()' : null }, entries.map(entry => textOf(entry, language, form)))
  }))
}

function textOf({ id, forms }: Entry, language: string, { settings, resolver }: Form): Xml {
  return element('text', { id }, forms.flatMap(({ form, texts, where }) => {
    const text = texts[language] ?? (language === settings.language ? texts[''] : undefined), folder = FOLDERS[form]
    if (folder !== undefined) return text === undefined ? [] : [element('value', { form }, [`jr://${folder}/${text}`])]
    return [element('value', { form: form === '' ? null : form }, text === undefined ? ['-'] : contentOf(text, where, resolver))]
  }))
}

function listEntries({ lists }: Form): Entry[] {
  return [...lists.values()].filter(({ isTranslated }) => isTranslated).flatMap(({ name, choices }) => choices.map(({ label, media, row }, i) => {
    const where: Context = { context: null, spot: spotOf(row, 'label') }
    const forms = [['', label] as const, ...Object.entries(media)].filter(([form, texts]) => form !== '' || Object.keys(texts).length > 0)
    return { id: `${name}-${i}`, forms: forms.map(([form, texts]) => ({ form, texts, where })) }
  }))
}

function nodeEntries(node: FormNode): Entry[] {
  const forms = (...pairs: [form: string, column: string][]) => pairs.flatMap(([form, column]) => {
    const texts = node.texts[column]
    return texts ? [{ form, texts, where: { context: node, spot: spotOf(node.row, column) } }] : []
  })
  return [
    { id: itextId(node, 'label'), forms: forms(['', 'label'], ...mediaOf(node).map((kind): [string, string] => [kind, `media::${kind}`])) },
    { id: itextId(node, 'hint'), forms: forms(['', 'hint'], ['guidance', 'guidance_hint']) },
    ...MESSAGES.map(message => ({ id: itextId(node, message), forms: forms(['', `bind::${message}`]) })),
  ].flatMap(({ id, forms }) => id === null ? [] : [{ id, forms }])
}
