import { spotOf } from './convert.columns.ts'
import type { Form } from './convert.form.ts'
import { below } from './reference.ts'
import { isReference, referenceIn } from './reference.tokens.ts'
import { allNodes, pathOf, repeatOf, type FormNode, type Select } from './tree.ts'
import { defaultOf } from './xform-writer.binds.ts'
import { itextId } from './xform-writer.itext.ts'
import { contentOf } from './xform-writer.text.ts'
import { element, type Xml } from './xform-writer.xml.ts'

/** What people see: controls in the order of the form. */
export function controlsOf(parent: FormNode, form: Form): Xml[] {
  return parent.children.flatMap(node => {
    if (node.kind === 'question') return node.tag === null ? [] : [questionControl(node, node.tag, form)]
    if (node.name === 'meta' && node.parent?.kind === 'root') return []
    return [node.kind === 'repeat' ? repeatControl(node, form) : groupControl(node, form)]
  })
}

function groupControl(node: FormNode, form: Form): Xml {
  return element('group', { ref: pathOf(node), ...attributesOf(node, form) }, [...wordsOf(node, 'label', form), ...controlsOf(node, form)])
}

function repeatControl(node: FormNode, form: Form): Xml {
  const own = allNodes(node).filter(inside => inside.kind === 'question' && repeatOf(inside) === node)
  const defaults = own.flatMap(inside => defaultOf(inside, 'odk-instance-first-load odk-new-repeat', form))
  const repeat = element('repeat', { nodeset: pathOf(node), ...attributesOf(node, form) }, [...controlsOf(node, form), ...defaults])
  return element('group', { ref: pathOf(node) }, [...wordsOf(node, 'label', form), repeat])
}

function questionControl(node: FormNode, tag: string, form: Form): Xml {
  const query = node.select?.from === 'external' ? { query: nodesetOf(node, node.select, form) } : {}
  const choices = node.select && node.select.from !== 'external' ? [itemsetOf(node, node.select, form)] : []
  return element(tag, { ref: pathOf(node), ...attributesOf(node, form), ...query }, [...wordsOf(node, 'label', form), ...wordsOf(node, 'hint', form), ...choices, ...changesOf(node, form)])
}

function attributesOf(node: FormNode, { resolver }: Form): Record<string, string> {
  return Object.fromEntries(Object.entries(node.control).map(([name, value]) => [name, resolver.attribute(value, { context: node, spot: spotOf(node.row, `control::${name}`) })]))
}

function wordsOf(node: FormNode, part: 'label' | 'hint', { resolver }: Form): Xml[] {
  const id = itextId(node, part), text = node.texts[part]?.['']
  if (id !== null) return [element(part, { ref: `jr:itext('${id}')` })]
  return text === undefined ? [] : [element(part, {}, contentOf(text, { context: node, spot: spotOf(node.row, part) }, resolver))]
}

/** What is computed when the answer changes. */
function changesOf(node: FormNode, { root, resolver }: Form): Xml[] {
  return allNodes(root).filter(({ triggers }) => triggers.includes(node.name)).map(target => {
    const calculation = target.bind['calculate']
    const value = calculation ? resolver.expression(calculation, { context: target, spot: spotOf(target.row, 'bind::calculate') }) : null
    return element('setvalue', { ref: pathOf(target), event: 'xforms-value-changed', value })
  })
}

function itemsetOf(node: FormNode, select: Select, form: Form): Xml {
  const answers = select.from === 'answers' ? referenceIn(select.list)?.name ?? null : null
  const isTranslated = select.from === 'list' && form.lists.get(select.list)?.isTranslated === true
  return element('itemset', { nodeset: shuffled(nodesetOf(node, select, form), node, select, form) }, [
    element('value', { ref: answers ?? select.value }), element('label', { ref: answers ?? (isTranslated ? 'jr:itext(itextId)' : select.label) }),
  ])
}

function shuffled(nodeset: string, node: FormNode, { isRandom, seed }: Select, { resolver }: Form): string {
  if (!isRandom) return nodeset
  const given = seed !== null && isReference(seed) ? resolver.attribute(seed, { context: node, spot: spotOf(node.row, 'parameters') }).trim() : seed
  return given === null ? `randomize(${nodeset})` : `randomize(${nodeset}, ${given})`
}

function nodesetOf(node: FormNode, select: Select, form: Form): string {
  const where = { context: node, spot: spotOf(node.row, 'choice_filter'), isFilter: true }
  if (select.from === 'answers') return answersOf(node, select, form)
  const filter = select.filter === '' ? '' : `[${form.resolver.expression(select.filter, where)}]`
  return `instance('${select.from === 'file' ? select.list.replace(/\.\w+$/, '') : select.list}')/root/item${filter}`
}

/** The answers to a question as choices: every turn of its repeat that has one. */
function answersOf(node: FormNode, { list, filter }: Select, { resolver }: Form): string {
  const question = resolver.find(referenceIn(list)?.name ?? '', spotOf(node.row, 'type')), holder = question?.parent
  if (!question || !holder) return ''
  const repeat = repeatOf(question), top = repeat && repeat.kind === 'repeat' ? repeat : holder
  const path = [resolver.path(top, node), ...top === holder ? [] : [below(top, holder)]].join('/')
  const where = { context: node, spot: spotOf(node.row, 'choice_filter'), isFilter: true, candidate: holder }
  return `${path}[${filter === '' ? `./${question.name} != ''` : resolver.expression(filter, where)}]`
}
