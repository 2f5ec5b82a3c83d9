import type { EntityRule, FormLogic, Question } from '../../domain/dataset/dataset.form.ts'
import { readChoices } from './read-xform.choices.ts'
import { fileOf, JAVAROSA, type Source } from './read-xform.source.ts'
import { attributeOf, childOf, contentOf, elementsOf, type XmlElement } from './read-xml.ts'

const ENTITIES = 'http://www.opendatakit.org/xforms/entities'
const LOGIC = ['relevant', 'required', 'constraint', 'calculate']
const LOOKED_UP = /\b(?:instance|pulldata)\(\s*(['"])(.+?)\1/g

export function readLogic(source: Source, questions: readonly Question[]): FormLogic {
  const leaves = new Set(questions.map(question => question.path))
  const itemsets = Object.fromEntries([...source.controls].flatMap(([path, control]) => {
    const { itemset } = readChoices(control, source)
    return itemset ? [[path, itemset]] : []
  }))
  const expressions = [...source.binds.values()].flatMap(bind => LOGIC.map(name => attributeOf(bind, name) ?? ''))
  const preload = (kind: string, params: string) => [...source.binds].find(([, bind]) =>
    attributeOf(bind, 'preload', JAVAROSA) === kind && attributeOf(bind, 'preloadParams', JAVAROSA) === params)?.[0] ?? null
  return {
    groups: bindsThatSay('relevant', source, path => !leaves.has(path)),
    requiredMessages: Object.fromEntries([...source.binds].flatMap(([path, bind]) => {
      const message = source.texts.message(attributeOf(bind, 'requiredMsg', JAVAROSA))
      return message ? [[path, message]] : []
    })),
    itemsets,
    lookups: readLookups(source, [...expressions, ...Object.values(itemsets).map(itemset => itemset.nodeset)]),
    start: preload('timestamp', 'start'), end: preload('timestamp', 'end'), deviceId: preload('property', 'deviceid'),
  }
}

function bindsThatSay(name: string, { binds }: Source, isWanted: (path: string) => boolean): Record<string, string> {
  return Object.fromEntries([...binds].flatMap(([path, bind]) => {
    const said = attributeOf(bind, name)?.trim()
    return said && isWanted(path) ? [[path, said]] : []
  }))
}

/** Only lists that an expression asks for: plain choices need none. */
function readLookups({ instances }: Source, expressions: string[]): FormLogic['lookups'] {
  const asked = new Set(expressions.flatMap(expression => [...expression.matchAll(LOOKED_UP)].map(match => match[2] ?? '')))
  return [...instances].filter(([id]) => asked.has(id)).map(([id, instance]) => ({ id, ...instance }))
}

/** Of `meta/entity`: which list, and what a submission makes or changes there. */
export function readEntity({ root, binds }: Source): EntityRule | null {
  const entity = childOf(root, 'meta', 'entity')
  if (!entity) return null
  const path = `/${root.name}/meta/entity`
  const calculated = (part: string) => { const bind = binds.get(`${path}/${part}`); return bind ? attributeOf(bind, 'calculate')?.trim() || null : null }
  const when = (name: string) => calculated(`@${name}`) ?? (['1', 'true'].includes(attributeOf(entity, name) ?? '') ? 'true()' : null)
  const saved = [...binds].flatMap(([at, bind]) => { const name = attributeOf(bind, 'saveto', ENTITIES); return name ? [[at, name]] : [] })
  return {
    list: attributeOf(entity, 'dataset') ?? '', idExpression: calculated('@id'), createIf: when('create'), updateIf: when('update'), label: calculated('label'),
    saveTo: Object.fromEntries(saved),
  }
}

/** Everything that the form names as `jr://…`: lists, pictures and sounds. */
export function listFiles({ document }: Source): string[] {
  const files = new Set<string>()
  const walk = (element: XmlElement) => {
    const children = elementsOf(element)
    const source = attributeOf(element, 'src') ?? (children.length === 0 ? contentOf(element) : '')
    const file = fileOf(source)
    if (file !== null) files.add(file)
    children.forEach(walk)
  }
  walk(document)
  return [...files]
}
