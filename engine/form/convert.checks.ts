import { FAMILIES } from './convert.aliases.ts'
import { spotOf, type FormRow } from './convert.columns.ts'
import type { Form } from './convert.form.ts'
import { checkAttribute, ENTITIES_NAMESPACE } from './convert.settings.ts'
import { findCircle } from './convert.circle.ts'
import { checkSaves } from './entities.ts'
import { LAST_SAVED } from './reference.ts'
import { allNodes } from './tree.ts'
import { sourcesOf } from './xform-writer.instance.ts'

/** What must be right in the form as a whole. */
export function checkForm(form: Form, rows: FormRow[]): void {
  checkAttributes(form, rows)
  checkTriggers(form)
  checkSaves(form.root, form.entity, form.faults)
  const circle = findCircle(form.root)
  if (circle !== null) form.faults.add('circular', { sheet: 'survey', row: circle[0]?.row.row ?? null }, { names: [...circle, ...circle.slice(0, 1)].map(({ name }) => name).join(' → ') })
  const { language } = form.settings
  if (form.languages.length > 0 && form.settings.value('default_language') !== '' && !form.languages.includes(language)) form.faults.add('unknownLanguage', spotOf(form.settings.row, 'default_language'), { value: language })
}

/** Columns such as `bind::rakkaeo:unit` become attributes, whose prefix must be declared. */
function checkAttributes({ settings, faults }: Form, rows: FormRow[]): void {
  for (const [key, column] of Object.entries(rows[0]?.headers ?? {})) {
    const [family = '', name] = key.split('::')
    if (name !== undefined && family !== 'media' && FAMILIES.has(family)) checkAttribute(name, { ...settings.namespaces, entities: ENTITIES_NAMESPACE }, { sheet: 'survey', row: 1, column }, faults)
  }
}

function checkTriggers({ root, resolver, faults }: Form): void {
  for (const { triggers, row } of allNodes(root)) {
    for (const name of triggers) {
      const node = resolver.find(name, spotOf(row, 'trigger'))
      if (node && (node.kind !== 'question' || node.tag === null)) faults.add('hiddenTrigger', spotOf(row, 'trigger'), { name })
    }
  }
}

/** After the expressions were read: what they look things up in must be there. */
export function checkInstances(form: Form): void {
  const known = new Set([LAST_SAVED, ...form.lists.keys(), ...sourcesOf(form).map(({ id }) => id)])
  for (const [name, spot] of form.resolver.asked.instances) if (!known.has(name)) form.faults.add('unknownInstance', spot, { name })
}
