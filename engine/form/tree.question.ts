import { TRANSLATED } from './convert.aliases.ts'
import { familyOf, spotOf, textsOf, valueOf, type FormRow, type Texts } from './convert.columns.ts'
import type { FormFaults } from './convert.faults.ts'
import { yesOrNo } from './convert.names.ts'
import { parametersOf, rangeOf, type Parameters } from './convert.parameters.ts'
import type { QuestionType } from './convert.types.ts'
import { isDynamic, isReference, referenceIn } from './reference.tokens.ts'
import { makeNode, type FormNode } from './tree.ts'

/** Where an author's yes and no mean an expression. */
const TRUTHS = ['readonly', 'required', 'relevant', 'constraint', 'calculate']

export function bindOf(row: FormRow): Record<string, string> {
  const bind = familyOf(row, 'bind')
  for (const name of TRUTHS) {
    const truth = yesOrNo(bind[name] ?? '')
    if (truth !== null) bind[name] = truth ? 'true()' : 'false()'
  }
  return bind
}

/** The translatable columns of a row that say something. */
export function textsIn(row: FormRow): Record<string, Texts> {
  return Object.fromEntries(Object.keys(row.values).filter(key => TRANSLATED.has(key)).map(key => [key, textsOf(row, key)]))
}

/** The question of a row; `parameters` where the caller has read them already. */
export function questionOf(row: FormRow, type: QuestionType, faults: FormFaults, parameters = parametersOf(row, type.name, faults)): FormNode {
  const name = valueOf(row, 'name') || (type.name === 'note' ? `generated_note_name_${row.row}` : '')
  const node = makeNode({
    kind: 'question', name, type: type.name, row, tag: type.tag, texts: textsIn(row), default: valueOf(row, 'default'),
    bind: { ...type.bind, ...bindOf(row), ...parameters.bind }, control: { ...type.control, ...familyOf(row, 'control'), ...parameters.control },
    instance: familyOf(row, 'instance'), triggers: triggersOf(row, faults),
  })
  if (type.hint !== '' && !node.texts['hint']) node.texts['hint'] = { '': type.hint }
  if (type.name === 'range') applyRange(node, parameters, faults)
  if (type.name === 'photo' && node.default !== '' && !isDynamic(node.default, 'photo') && !node.default.startsWith('jr://')) node.default = `jr://images/${node.default}`
  hideComputed(node)
  checkQuestion(node, faults)
  return node
}

function applyRange(node: FormNode, parameters: Parameters, faults: FormFaults): void {
  const { control, type } = rangeOf(node.row, parameters, faults)
  Object.assign(node.control, control)
  node.bind['type'] = type
}

const isSaid = (node: FormNode) => Object.keys(node.texts).some(key => !key.startsWith('bind::'))

/** What is computed and has no text is not shown. */
function hideComputed(node: FormNode): void {
  if ((node.bind['calculate'] || node.triggers.length > 0) && !node.texts['label'] && !node.texts['hint']) node.tag = null
}

function checkQuestion(node: FormNode, faults: FormFaults): void {
  const { name, type, row } = node
  if (type === 'calculate' && !node.bind['calculate'] && !isDynamic(node.default, type)) faults.add('missingCalculation', spotOf(row, 'bind::calculate'), { name })
  const isBlankOnPurpose = /\blabel\b/.test(node.control['appearance'] ?? '')
  if (isBlankOnPurpose && !node.texts['label']) node.texts['label'] = { '': ' ' }
  else if (node.tag !== null && !isSaid(node)) faults.add('missingLabel', spotOf(row, 'label'), { name })
}

function triggersOf(row: FormRow, faults: FormFaults): string[] {
  const written = valueOf(row, 'trigger')
  return written.split(',').filter(part => part.trim() !== '').flatMap(part => {
    const reference = isReference(part) ? referenceIn(part) : null
    if (reference === null || reference.lastSaved) faults.add('badTrigger', spotOf(row, 'trigger'), { value: part.trim() })
    return reference ? [reference.name] : []
  })
}
