import { attributeOf, childOf, contentOf, elementsOf, readXml, type XmlElement, type XmlLimits } from './read-xml.ts'
import { xformProblems } from './read-xform.problems.ts'
import { readTexts, type FormTexts } from './read-xform.texts.ts'

/** Rows of a list, or the file that they stand in. */
export type Instance = { file: string | null; rows: Record<string, string>[] }
/** What stands in the body for a node: a question, or a group or repeat with its label. */
export type Control = { element: XmlElement; kind: string; label: XmlElement | undefined }

/** The parts of an XForm, found once. */
export type Source = {
  document: XmlElement
  title: string
  /** The element that answers stand in. */
  root: XmlElement
  instances: Map<string, Instance>
  binds: Map<string, XmlElement>
  /** Questions by path. */
  controls: Map<string, Control>
  groups: Map<string, Control>
  repeats: Map<string, Control>
  texts: FormTexts
}

export const JAVAROSA = 'http://openrosa.org/javarosa'
/** A form with seven thousand choices inside, in two languages, has some three million characters. */
const FORM_LIMITS: XmlLimits = { characters: 20_000_000, depth: 200 }
const NOTHING: XmlElement = { name: '', uri: '', attributes: {}, children: [] }
const GROUPS = ['group', 'repeat']
const CONTROLS = ['input', 'select', 'select1', 'upload', 'trigger', 'range', 'rank', 'secret']

export function readSource(xml: string): Source {
  const document = readXml(xml, FORM_LIMITS)
  const model = childOf(document, 'head', 'model')
  const [primary, ...secondary] = model ? elementsOf(model, 'instance') : []
  const root = primary && elementsOf(primary)[0], body = childOf(document, 'body')
  if (!model || !root || !body) throw xformProblems.notXForm({ missing: !model ? '<model>' : !root ? '<instance>' : '<body>' })
  const binds = new Map(elementsOf(model, 'bind').map(bind => [resolve(attributeOf(bind, 'nodeset') ?? '', `/${root.name}`), bind]))
  const ids = new Map([...binds].map(([path, bind]) => [attributeOf(bind, 'id'), path]))
  const source: Source = {
    document, root, binds, title: contentOf(childOf(document, 'head', 'title') ?? NOTHING).trim(), texts: readTexts(model), controls: new Map(), groups: new Map(), repeats: new Map(),
    instances: new Map(secondary.map(instance => [attributeOf(instance, 'id') ?? '', readInstance(instance)])),
  }
  readBody(body, `/${root.name}`, source, ids)
  return source
}

/** A path as it is written, seen from where it is written. @example resolve('name', '/data/person') // => '/data/person/name' */
function resolve(path: string, context: string): string {
  const trimmed = path.trim()
  return trimmed.startsWith('/') ? trimmed : `${context}/${trimmed.replace(/^\.\//, '')}`
}

function readBody(element: XmlElement, context: string, source: Source, ids: Map<string | null, string>): void {
  for (const child of elementsOf(element)) {
    const ref = attributeOf(child, 'ref') ?? attributeOf(child, 'nodeset'), bind = attributeOf(child, 'bind')
    const path = ref !== null ? resolve(ref, context) : bind !== null ? ids.get(bind) ?? null : null
    const label = elementsOf(child, 'label')[0]
    if (CONTROLS.includes(child.name) && path !== null) source.controls.set(path, { element: child, kind: child.name, label })
    if (!GROUPS.includes(child.name)) continue
    const control = { element: child, kind: child.name, label: label ?? elementsOf(element, 'label')[0] }
    if (path !== null) (child.name === 'repeat' ? source.repeats : source.groups).set(path, control)
    readBody(child, path ?? context, source, ids)
  }
}

function readInstance(instance: XmlElement): Instance {
  const src = attributeOf(instance, 'src'), root = elementsOf(instance)[0]
  // What is no file, like the answers that were saved last, is known to the phone alone: a file that nobody has.
  if (src !== null) return { file: fileOf(src) ?? src, rows: [] }
  const items = root ? elementsOf(root) : []
  return { file: null, rows: items.map(item => Object.fromEntries(elementsOf(item).map(column => [column.name, contentOf(column)]))) }
}

/** Null for what is no file, such as the answers that were saved last. @example fileOf('jr://file-csv/villages.csv') // => 'villages.csv' */
export function fileOf(source: string): string | null {
  const [, folder, name] = /^\s*jr:\/\/([^/]+)\/(.+?)\s*$/.exec(source) ?? []
  return folder === undefined || folder === 'instance' ? null : name ?? null
}
