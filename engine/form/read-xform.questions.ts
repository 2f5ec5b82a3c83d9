import type { z } from 'zod'
import type { Text } from '../../domain/base/text.ts'
import { Sensitivity } from '../../domain/access/access.ts'
import { QuestionRole, type AnswerType, type Question, type Repeat } from '../../domain/dataset/dataset.form.ts'
import { readChoices } from './read-xform.choices.ts'
import { xformProblems } from './read-xform.problems.ts'
import { JAVAROSA, type Control, type Source } from './read-xform.source.ts'
import { attributeOf, elementsOf, type XmlElement } from './read-xml.ts'

const RAKKAEO = 'urn:rakkaeo:xforms'
const BY_CONTROL: Record<string, AnswerType> = { select1: 'choice', select: 'choices', rank: 'rank', upload: 'file', trigger: 'trigger' }
const BY_BIND: Record<string, AnswerType> = {
  int: 'integer', integer: 'integer', decimal: 'decimal', boolean: 'boolean', date: 'date', time: 'time', dateTime: 'dateTime', geopoint: 'point', geotrace: 'trace',
  geoshape: 'shape', binary: 'file', barcode: 'barcode', select1: 'choice', select: 'choices', rank: 'rank',
}

/** Paths of the leaves in the order of the instance, each once though a repeat stands there as template and as row. */
export function listLeaves(source: Source): string[] {
  const leaves = new Set<string>()
  const walk = (element: XmlElement, path: string) => {
    const inside = elementsOf(element).filter(child => child.name !== 'meta')
    const isGroup = inside.length > 0 || source.groups.has(path) || source.repeats.has(path)
    if (!isGroup) leaves.add(path)
    for (const child of inside) walk(child, `${path}/${child.name}`)
  }
  for (const child of elementsOf(source.root)) if (child.name !== 'meta') walk(child, `/${source.root.name}/${child.name}`)
  return [...leaves]
}

export function readQuestion(path: string, source: Source): Question {
  const { texts } = source, bind = source.binds.get(path), control = source.controls.get(path)
  const said = (name: string) => bind ? attributeOf(bind, name)?.trim() || null : null
  const name = path.split('/').at(-1) ?? '', required = said('required')
  const { choices, choicesFile } = control ? readChoices(control, source) : { choices: null, choicesFile: null }
  return {
    path, name, type: typeOf(control, said('type')), repeat: repeatOf(path, source),
    label: texts.of(control?.label) ?? { th: name, en: name },
    hint: control ? texts.of(elementsOf(control.element, 'hint')[0]) : null,
    asked: control !== undefined && said('readonly') !== 'true()' && said('calculate') === null,
    required: required === 'false()' ? null : required, relevant: said('relevant'), constraint: said('constraint'),
    constraintMessage: texts.message(bind ? attributeOf(bind, 'constraintMsg', JAVAROSA) : null),
    calculate: said('calculate'), choices, choicesFile,
    appearance: control ? attributeOf(control.element, 'appearance') ?? '' : '',
    mediaType: control?.kind === 'upload' ? attributeOf(control.element, 'accept') ?? attributeOf(control.element, 'mediatype') : null,
    ...readMeaning(path, bind),
  }
}

/** What the dataset makes of the answer. A citizen's number is personal even where nobody says so. */
function readMeaning(path: string, bind: XmlElement | undefined): Pick<Question, 'sensitivity' | 'unit' | 'term' | 'role'> {
  const said = (name: string) => bind ? attributeOf(bind, name, RAKKAEO)?.trim() || null : null
  const oneOf = <E extends z.ZodEnum>(name: string, kinds: E): z.infer<E> | null => {
    const value = said(name)
    if (value === null) return null
    const { success, data } = kinds.safeParse(value)
    if (!success) throw xformProblems.badValue({ path, name, value, allowed: kinds.options.join(', ') })
    return data
  }
  const role = oneOf('role', QuestionRole)
  return { sensitivity: oneOf('sensitivity', Sensitivity) ?? (role === 'national-id' ? 'personal' : 'internal'), unit: said('unit'), term: said('term'), role }
}

/** The control says more than the bind: pyxform binds a choice as a string. A range asks for the number that it is bound to. */
function typeOf(control: Control | undefined, bound: string | null): AnswerType {
  const plain = bound?.split(':').at(-1) ?? 'string'
  return BY_CONTROL[control?.kind ?? ''] ?? BY_BIND[plain] ?? (control?.kind === 'range' ? 'decimal' : 'text')
}

/** The innermost repeat around a path. */
function repeatOf(path: string, { repeats }: Source): string | null {
  const around = [...repeats.keys()].filter(repeat => path.startsWith(`${repeat}/`))
  return around.toSorted((a, b) => b.length - a.length)[0] ?? null
}

export function readRepeats(source: Source): Repeat[] {
  return [...source.repeats].map(([path, { label }]) => {
    const name = path.split('/').at(-1) ?? ''
    return { path, name, label: source.texts.of(label) ?? { th: name, en: name }, repeat: repeatOf(path, source) }
  })
}

/** The group that holds a repeat bears the repeat's own title. */
export function readGroups({ groups, repeats, texts }: Source): Record<string, Text> {
  return Object.fromEntries([...groups].flatMap(([path, { label }]) => {
    const title = repeats.has(path) ? null : texts.of(label)
    return title ? [[path, title]] : []
  }))
}
