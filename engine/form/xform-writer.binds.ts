import { spotOf } from './convert.columns.ts'
import type { Form } from './convert.form.ts'
import { creates, updates } from './entities.ts'
import { isDynamic } from './reference.tokens.ts'
import { allNodes, pathOf, repeatOf, type FormNode } from './tree.ts'
import { itextId, MESSAGES } from './xform-writer.itext.ts'
import { element, type Xml } from './xform-writer.xml.ts'

const EXPRESSIONS = new Set(['readonly', 'required', 'relevant', 'constraint', 'calculate'])

/** Types, rules and calculations of all nodes, and the values that are set when the form opens. */
export function bindsOf(form: Form): Xml[] {
  return allNodes(form.root).flatMap(node => node.type === 'entity' ? entityBinds(node, form) : [...bindOf(node, form), ...firstValue(node, form)])
}

function bindOf(node: FormNode, form: Form): Xml[] {
  const attributes: Record<string, string> = {}
  for (const [name, value] of Object.entries(node.bind)) {
    if (name === 'calculate' && node.triggers.length > 0) continue
    const where = { context: node, spot: spotOf(node.row, `bind::${name}`) }
    attributes[name] = EXPRESSIONS.has(name) ? form.resolver.expression(value, where) : form.resolver.attribute(value, where)
  }
  for (const name of MESSAGES) {
    const id = itextId(node, name), text = node.texts[`bind::${name}`]?.['']
    if (id !== null) attributes[name] = `jr:itext('${id}')`
    else if (text !== undefined) attributes[name] = text
  }
  return Object.keys(attributes).length === 0 || node.type.endsWith('-external') ? [] : [element('bind', { nodeset: pathOf(node), ...attributes })]
}

/** A default that is computed, once, when the form opens. In a repeat it is for each turn, and stands there. */
function firstValue(node: FormNode, form: Form): Xml[] {
  if (repeatOf(node) !== null) return []
  const point = node.type === 'start-geopoint' ? [element('odk:setgeopoint', { ref: pathOf(node), event: 'odk-instance-first-load' })] : []
  return [...defaultOf(node, 'odk-instance-first-load', form), ...point]
}

export function defaultOf(node: FormNode, event: string, form: Form): Xml[] {
  if (!isDynamic(node.default, node.type)) return []
  const value = form.resolver.expression(node.default, { context: node, spot: spotOf(node.row, 'default') })
  return [element('setvalue', { ref: pathOf(node), event, value })]
}

function entityBinds(node: FormNode, { entity, resolver }: Form): Xml[] {
  if (entity === null) return []
  const path = pathOf(node), isNew = creates(entity)
  const bind = (part: string, column: string, expression: string) => element('bind', {
    nodeset: `${path}/${part}`, type: 'string', readonly: 'true()', calculate: expression === '' ? null : resolver.expression(expression, { context: node, spot: spotOf(entity.row, column) }),
  })
  const item = `instance('${entity.list}')/root/item[name=${entity.id}]`
  return [
    ...entity.createIf !== '' ? [bind('@create', 'create_if', entity.createIf)] : [],
    ...updates(entity) && entity.updateIf !== '' ? [bind('@update', 'update_if', entity.updateIf)] : [],
    bind('@id', 'entity_id', entity.id),
    ...isNew ? [element('setvalue', { ref: `${path}/@id`, event: 'odk-instance-first-load', value: 'uuid()' })] : [],
    ...entity.id === '' ? [] : ['baseVersion', 'trunkVersion', 'branchId'].map(part => bind(`@${part}`, 'entity_id', `${item}/__${part === 'baseVersion' ? 'version' : part}`)),
    ...entity.label === '' ? [] : [bind('label', 'label', entity.label)],
  ]
}
