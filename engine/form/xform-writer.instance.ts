import { spotOf } from './convert.columns.ts'
import type { Form } from './convert.form.ts'
import { creates, updates, type Entity } from './entities.ts'
import { LAST_SAVED } from './reference.ts'
import { isDynamic } from './reference.tokens.ts'
import { allNodes, type FormNode } from './tree.ts'
import type { ChoiceList } from './choices.ts'
import { element, type Xml } from './xform-writer.xml.ts'

/** The empty answers: a repeat as its template and a first turn. */
export function primaryInstance(form: Form): Xml {
  const { settings, root } = form
  const attributes = {
    ...settings.attributes, id: settings.formId, version: settings.version || null, xmlns: settings.value('instance_xmlns') || null,
    'odk:prefix': settings.value('prefix') || null, 'odk:delimiter': settings.value('delimiter') || null,
  }
  return element('instance', {}, [element(root.name, attributes, root.children.flatMap(child => answersOf(child, form, 'both')))])
}

/** `repeats`: how a repeat is written. Within a template they are templates, within a first turn they have one. */
function answersOf(node: FormNode, form: Form, repeats: 'both' | 'template' | 'turn'): Xml[] {
  if (node.type.endsWith('-external')) return []
  const where = { context: node, spot: spotOf(node.row, 'instance') }
  const attributes = Object.fromEntries(Object.entries(node.instance).map(([name, value]) => [name, form.resolver.attribute(value, where)]))
  const isFixed = node.default !== '' && !isDynamic(node.default, node.type)
  const entity = node.name === 'entity' && node.type === 'entity' && form.entity ? entityAttributes(form.entity) : {}
  const write = (inner: typeof repeats, more: Record<string, string> = {}) =>
    element(node.name, { ...more, ...attributes, ...entity }, isFixed ? [node.default] : node.children.flatMap(child => answersOf(child, form, inner)))
  if (node.kind !== 'repeat') return [write(repeats)]
  return [...repeats === 'turn' ? [] : [write('template', { 'jr:template': '' })], ...repeats === 'template' ? [] : [write('turn')]]
}

function entityAttributes(entity: Entity): Record<string, string> {
  const version = entity.id === '' ? {} : { baseVersion: '', trunkVersion: '', branchId: '' }
  return { dataset: entity.list, ...(creates(entity) && { create: '1' }), ...(updates(entity) && { update: '1' }), id: '', ...version }
}

type Source = { id: string; src: string }
const SCHEMES: Record<string, string> = { csv: 'jr://file-csv/', xml: 'jr://file/', geojson: 'jr://file/' }

/** Files that the form looks things up in, by the name that expressions have for them. One name cannot stand for two files. */
export function sourcesOf(form: Form): Source[] {
  const sources = new Map<string, string>()
  for (const { id, src, spot } of [...nodeSources(form.root), ...pulledSources(form)]) {
    const other = sources.get(id) ?? (form.lists.has(id) ? 'choices' : src)
    if (other !== src) form.faults.add('fileTwice', spot, { name: id, other: other.split('/').at(-1) as string })
    sources.set(id, src)
  }
  return [...sources].map(([id, src]) => ({ id, src }))
}

function nodeSources(root: FormNode) {
  return allNodes(root).flatMap(({ type, name, select, row }) => {
    const file = type === 'xml-external' ? `${name}.xml` : type === 'csv-external' ? `${name}.csv` : select?.from === 'file' ? select.list : null
    const [, id = '', ending = ''] = /^(.*)\.(\w+)$/.exec(file ?? '') ?? []
    return id === '' || !SCHEMES[ending] ? [] : [{ id, src: `${SCHEMES[ending]}${file}`, spot: spotOf(row, 'type') }]
  })
}

function pulledSources({ resolver }: Form) {
  return [...resolver.asked.files].map(([id, spot]) => ({ id, src: `${SCHEMES['csv']}${id}.csv`, spot }))
}

/** Files, the answers of last time where they are asked for, and the lists of choices. */
export function secondaryInstances(form: Form): Xml[] {
  const files = sourcesOf(form).map(({ id, src }) => element('instance', { id, src }))
  const last = form.resolver.asked.lastSaved ? [element('instance', { id: LAST_SAVED, src: 'jr://instance/last-saved' })] : []
  return [...files, ...last, ...[...form.lists.values()].map(listInstance)]
}

function listInstance({ name, choices, isTranslated }: ChoiceList): Xml {
  return element('instance', { id: name }, [element('root', {}, choices.map((choice, i) => element('item', {}, [
    ...isTranslated ? [element('itextId', {}, [`${name}-${i}`])] : [],
    element('name', {}, [choice.name]),
    ...isTranslated ? [] : Object.values(choice.label).map(label => element('label', {}, [label])),
    ...Object.entries(choice.extra).map(([column, value]) => element(column, {}, [value])),
  ])))])
}
