import type { Form } from './convert.form.ts'
import { ENTITIES_NAMESPACE } from './convert.settings.ts'
import { yesOrNo } from './convert.names.ts'
import { bindsOf } from './xform-writer.binds.ts'
import { controlsOf } from './xform-writer.body.ts'
import { primaryInstance, secondaryInstances } from './xform-writer.instance.ts'
import { itextOf } from './xform-writer.itext.ts'
import { element, toXml, type Xml } from './xform-writer.xml.ts'

const XFORMS_VERSION = '1.0.0', ENTITIES_VERSION = '2024.1.0'

/** Writes the form as an XForm. What is found wrong with its expressions on the way is added to its faults. */
export function writeXform(form: Form): string {
  const { settings, entity, root } = form
  // expressions come first: they tell which files the form looks things up in
  const itext = itextOf(form), primary = primaryInstance(form), binds = bindsOf(form), controls = controlsOf(root, form)
  const versions = { 'odk:xforms-version': XFORMS_VERSION, 'entities:entities-version': entity ? ENTITIES_VERSION : null }
  const model = element('model', versions, [...submissionOf(form), ...itext ? [itext] : [], primary, ...secondaryInstances(form), ...binds])
  const namespaces = { ...settings.namespaces, ...entity && { entities: ENTITIES_NAMESPACE } }
  const xmlns = Object.fromEntries(Object.entries(namespaces).map(([prefix, uri]) => [prefix === '' ? 'xmlns' : `xmlns:${prefix}`, uri]))
  return toXml(element('h:html', xmlns, [
    element('h:head', {}, [element('h:title', {}, [settings.title]), model]),
    element('h:body', { class: settings.value('style') || null }, controls),
  ]))
}

/** Where and how a client should send what was answered, if the form says so. */
function submissionOf({ settings }: Form): Xml[] {
  const truth = (column: string) => { const truth = yesOrNo(settings.value(column)); return truth === null ? null : String(truth) }
  const action = settings.value('submission_url') || null
  const attributes = { action, method: action && 'post', 'orx:auto-send': truth('auto_send'), 'orx:auto-delete': truth('auto_delete') }
  return Object.values(attributes).some(value => value !== null) ? [element('submission', attributes)] : []
}
