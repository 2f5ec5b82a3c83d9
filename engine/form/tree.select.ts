import { addChoice, type ChoiceList } from './choices.ts'
import { spotOf, valueOf, type FormRow } from './convert.columns.ts'
import type { FormFaults } from './convert.faults.ts'
import { parametersOf } from './convert.parameters.ts'
import type { SelectCommand } from './convert.types.ts'
import { hasReference } from './reference.tokens.ts'
import { makeNode, type FormNode, type Open, type Select, type Surroundings } from './tree.ts'
import { questionOf } from './tree.question.ts'

const FILE = /\.(csv|geojson|xml)$/

/** A question with choices, and what comes with it: the header of a table, the field for another answer. */
export function selectNodes(row: FormRow, command: SelectCommand, open: Open, around: Surroundings, faults: FormFaults): FormNode[] {
  const { type, list } = command, select = selectFrom(row, command)
  const parameters = parametersOf(row, select.from === 'file' ? 'choices of a file' : type.name, faults)
  const { randomize, seed, value, label } = parameters.values
  const node = questionOf(row, type, faults, parameters)
  node.select = { ...select, isRandom: randomize === 'true', seed: seed ?? null, value: value ?? select.value, label: label ?? select.label }
  if (seed !== undefined && randomize !== 'true') faults.add('badParameter', spotOf(row, 'parameters'), { name: 'seed', value: seed, expected: { th: 'คู่กับ randomize=true', en: 'together with randomize=true' } })
  checkSource(row, command, select, around, faults)
  const header = open.table === null ? [] : tableHeader(node, open, faults)
  const other = command.other ? otherNode(row, list, select, around, faults) : []
  return [...header, node, ...other]
}

function selectFrom(row: FormRow, { type, list, fromFile }: SelectCommand): Select {
  const isFile = fromFile || (FILE.test(list) && type.name !== 'select one external')
  const from = type.name === 'select one external' ? 'external' : isFile ? 'file' : hasReference(list) ? 'answers' : 'list'
  const isMap = list.endsWith('.geojson')
  return { from, list, filter: valueOf(row, 'choice_filter'), value: isMap ? 'id' : 'name', label: isMap ? 'title' : 'label', isRandom: false, seed: null }
}

function checkSource(row: FormRow, { type, list }: SelectCommand, { from, filter }: Select, around: Surroundings, faults: FormFaults): void {
  const spot = spotOf(row, 'type'), name = list
  if (list === '') faults.add('selectWithoutList', spot, { value: valueOf(row, 'type') })
  else if (from === 'file' && !FILE.test(list)) faults.add('badFile', spot, { name })
  else if (from === 'external') {
    if (!around.external?.has(list)) faults.add('unknownExternalList', spot, { name })
    if (filter === '') faults.add('externalWithoutFilter', spotOf(row, 'choice_filter'), {})
    faults.add('onlyInCollect', spot, {})
  } else if (from === 'list') checkList(spot, list, type.name === 'select multiple', around, faults)
  if (/(^|\s)search\s*\(/.test(valueOf(row, 'control::appearance'))) faults.add('unsupportedAppearance', spotOf(row, 'control::appearance'), { value: 'search()' })
}

function checkList(spot: ReturnType<typeof spotOf>, name: string, isMultiple: boolean, { lists, hasChoices }: Surroundings, faults: FormFaults): void {
  const list = lists.get(name)
  if (!list && !hasChoices) faults.add('noChoices', spot, {})
  else if (!list) faults.add('unknownList', spot, { name })
  else if (isMultiple) for (const choice of list.choices) if (/\s/.test(choice.name)) faults.add('choiceWithSpace', spotOf(choice.row, 'name'), { name: choice.name })
}

/** The first question of a table brings a row with the words of the choices; the others show only their buttons. */
function tableHeader(node: FormNode, open: Open, faults: FormFaults): FormNode[] {
  const { row, select } = node, list = select?.list as string, isFirst = open.table === ''
  node.control['appearance'] = 'list-nolabel'
  if (!isFirst) {
    if (open.table !== list) faults.add('tableListMixed', spotOf(row, 'type'), { first: open.table as string, list })
    return []
  }
  open.table = list
  if (select?.filter) faults.add('tableListFilter', spotOf(row, 'choice_filter'), {})
  const name = `reserved_name_for_field_list_labels_${row.row}`
  return [makeNode({ kind: 'question', name, type: node.type, row, tag: node.tag, bind: { type: 'string' }, control: { appearance: 'label' }, texts: { label: { '': ' ' } }, select })]
}

/** `or_other`: a choice `other`, and a field that asks for it. */
function otherNode(row: FormRow, listName: string, { filter, from }: Select, { lists }: Surroundings, faults: FormFaults): FormNode[] {
  const list = lists.get(listName), name = valueOf(row, 'name')
  if (filter !== '') faults.add('otherWithFilter', spotOf(row, 'choice_filter'), {})
  if (from !== 'list') faults.add('unknownList', spotOf(row, 'type'), { name: listName })
  if (list && !list.choices.some(choice => choice.name === 'other')) addOther(list, row, lists)
  if (list && languagesOf(list).length > 1) faults.add('otherUntranslated', spotOf(row, 'type'), { name })
  const relevant = `selected(../${name}, 'other')`
  return [makeNode({ kind: 'question', name: `${name}_other`, type: 'text', row, tag: 'input', bind: { type: 'string', relevant }, texts: { label: { '': 'Specify other.' } } })]
}

const languagesOf = ({ choices }: ChoiceList) => [...new Set(choices.flatMap(({ label }) => Object.keys(label)))]

function addOther(list: ChoiceList, row: FormRow, lists: Surroundings['lists']): void {
  const label = Object.fromEntries(languagesOf(list).map(language => [language, 'Other']))
  addChoice(lists, list.name, { name: 'other', label, media: {}, extra: {}, row })
}
