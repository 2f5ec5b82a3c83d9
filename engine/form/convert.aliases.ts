/** Columns of an XLSForm by what authors call them. `bind::x` and `control::x` become attributes, `media::x` a file of the label. */
type Columns = Record<string, string>

/** Columns that may be written in several languages. */
export const TRANSLATED = new Set([
  'label', 'hint', 'guidance_hint', 'media::image', 'media::big-image', 'media::audio', 'media::video',
  'bind::jr:constraintMsg', 'bind::jr:requiredMsg', 'bind::jr:noAppErrorString',
])
/** Columns whose name goes on after `::`; what stands after that again is a language. */
export const FAMILIES = new Set(['bind', 'control', 'media', 'instance', 'attribute'])

const itself = (...names: string[]): Columns => Object.fromEntries(names.map(name => [name, name]))
const allAs = (column: string, ...names: string[]): Columns => Object.fromEntries(names.map(name => [name, column]))

const MEDIA: Columns = { image: 'media::image', 'big-image': 'media::big-image', audio: 'media::audio', video: 'media::video', media: 'media' }

export const SURVEY_COLUMNS: Columns = {
  ...itself('label', 'hint', 'guidance_hint', 'default', 'choice_filter', 'parameters', 'trigger', 'disabled', 'bind', 'control', 'instance'),
  ...allAs('type', 'type', 'command'), ...allAs('name', 'name', 'tag', 'value'), ...allAs('label', 'caption'), ...allAs('control', 'body'),
  ...allAs('bind::readonly', 'readonly', 'read_only'), ...allAs('bind::relevant', 'relevant', 'relevance'),
  ...allAs('bind::required', 'required'), ...allAs('bind::constraint', 'constraint'), ...allAs('bind::calculate', 'calculation', 'calculate'),
  ...allAs('bind::jr:constraintMsg', 'constraint_message', 'constraining_message', 'constraint-msg', 'constraint_msg', 'constraintmsg'),
  ...allAs('bind::jr:requiredMsg', 'required_message', 'required-msg', 'required_msg', 'requiredmsg'),
  ...allAs('bind::jr:noAppErrorString', 'no_app_error_string', 'noapperrorstring'),
  ...allAs('control::jr:count', 'repeat_count', 'count', 'jr:count'), ...allAs('bind::entities:saveto', 'save_to'),
  appearance: 'control::appearance', autoplay: 'control::autoplay', rows: 'control::rows', intent: 'control::intent', compact_tag: 'instance::odk:tag',
  ...MEDIA,
}
export const CHOICE_COLUMNS: Columns = { ...itself('label'), ...allAs('label', 'caption'), ...allAs('list_name', 'list_name'), ...allAs('name', 'name', 'value'), ...MEDIA }

export const SETTING_COLUMNS: Columns = {
  ...itself(
    'version', 'default_language', 'instance_name', 'style', 'allow_choice_duplicates', 'namespaces', 'attribute', 'name', 'public_key', 'submission_url',
    'auto_send', 'auto_delete', 'clean_text_values', 'instance_xmlns', 'instance_id', 'omit_instanceid', 'prefix', 'delimiter', 'flat', 'add_none_option', 'client_editable',
  ),
  ...allAs('title', 'form_title', 'set_form_title', 'title'), ...allAs('form_id', 'form_id', 'id_string', 'set_form_id'),
}
export const ENTITY_COLUMNS: Columns = { ...itself('label', 'create_if', 'update_if', 'entity_id', 'repeat'), ...allAs('dataset', 'list_name', 'dataset') }

/** Of the days when forms were sent as text messages; nobody reads them any more. */
export const isSms = (column: string) => column.startsWith('sms')

/** What authors usually call a column. @example usualName('bind::calculate') // => 'calculation' */
export function usualName(key: string): string {
  return Object.entries({ ...SURVEY_COLUMNS, ...ENTITY_COLUMNS }).find(([, column]) => column === key)?.[0] ?? key.split('::').at(-1) ?? key
}
