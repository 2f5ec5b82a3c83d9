import type { FormModel, Question, Repeat } from '../domain/dataset/dataset.form.ts'

/** Answers by the names of the form's questions, as a person reads them; rows where a repeat is named. */
export type Given = { [name: string]: string | number | Given[] }
/** Which thing a visit is about: a new one, or one whose so-many-eth version the telephone knew. */
export type About = { list: string; id: string; label: string; knew: number | null }

/** A submission as a telephone writes it: answers at the paths of the form, in its order. What applies, whoever wrote the answers has decided. */
export function fillForm(model: FormModel, given: Given, instanceId: string, about: About | null): string {
  const meta = `<meta xmlns="http://openrosa.org/xforms"><instanceID>${instanceId}</instanceID>${about ? entityOf(about) : ''}</meta>`
  return `<?xml version="1.0"?><${model.root} id="${model.formId}" version="${model.version}">${elementsOf(model, given, null, `/${model.root}`)}${meta}</${model.root}>`
}

function entityOf({ list, id, label, knew }: About): string {
  const what = knew === null ? 'create="1"' : `update="1" baseVersion="${knew}"`
  return `<entity xmlns="http://www.opendatakit.org/xforms/entities" dataset="${list}" id="${id}" ${what}><label>${escape(label)}</label></entity>`
}

/** The elements of one level, groups around them: of the record, or of a row of a repeat. */
function elementsOf(model: FormModel, given: Given, repeat: string | null, base: string): string {
  const nodes: (Question | Repeat)[] = [...model.questions, ...model.repeats].filter(node => node.repeat === repeat)
  const stranger = Object.keys(given).find(name => !nodes.some(node => node.name === name))
  if (stranger !== undefined) throw new Error(`seed/demo/records: ${model.formId} does not ask for ${stranger}`)
  let xml = '', groups: string[] = []
  for (const node of nodes.filter(({ name }) => given[name] !== undefined)) {
    const inside = node.path.slice(base.length + 1).split('/').slice(0, -1)
    xml += moveBetween(groups, inside) + elementOf(model, node, given[node.name] as Given[string])
    groups = inside
  }
  return xml + moveBetween(groups, [])
}

function elementOf(model: FormModel, { name, path }: Question | Repeat, answer: Given[string]): string {
  if (!Array.isArray(answer)) return `<${name}>${escape(String(answer))}</${name}>`
  return answer.map(row => `<${name}>${elementsOf(model, row, path, path)}</${name}>`).join('')
}

/** Closes the groups that are left, opens those that come. */
function moveBetween(from: readonly string[], to: readonly string[]): string {
  const first = from.findIndex((group, i) => group !== to[i]), same = first < 0 ? from.length : first
  return [...from.slice(same).reverse().map(group => `</${group}>`), ...to.slice(same).map(group => `<${group}>`)].join('')
}

const escape = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
