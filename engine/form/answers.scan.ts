import { problem } from '../../domain/base/problem.ts'
import { attributeOf, walkXml, type XmlLimits, type XmlTag } from './read-xml.ts'

/** A whole interview with fifty people and their photographs' names is some 50,000 characters. */
export const SUBMISSION_LIMITS: XmlLimits = { characters: 5_000_000, depth: 64 }

/** A value with where it stands in the text: replace `xml.slice(start, end)`, comments and entities in it too, and nothing of it is left. */
export type Spot = { path: string; text: string; start: number; end: number }
export type Scan = {
  formId: string; version: string; instanceId: string | null; deprecatedId: string | null
  /** Names of files at the paths that were asked for, each once. */
  files: string[]
  sealed: Spot[]
}

export const submissionXmlProblems = {
  noFormId: problem('xml/no-form-id', {
    th: (d: { root: string }) => `<${d.root}> ไม่มีรหัสแบบฟอร์ม (id) จึงไม่รู้ว่าเป็นคำตอบของแบบฟอร์มใด ส่งจากแอปที่รองรับ ODK`,
    en: d => `<${d.root}> has no form id, so it is not known which form was answered. Send it from an app that speaks ODK.`,
  }),
}

const META_ID = /^\/[^/]+\/meta\/(instanceID|deprecatedID)$/
const NONE: ReadonlySet<string> = new Set()

/**
 * The cheap look at the door: is it well formed, of which form, with which ids; and, at the given paths, values to seal and names of files.
 * @example scanSubmission('<data id="a"><meta><instanceID>uuid:1</instanceID></meta></data>').instanceId // => 'uuid:1'
 */
export function scanSubmission(xml: string, sealPaths = NONE, filePaths = NONE): Scan {
  const scan: Scan = { formId: '', version: '', instanceId: null, deprecatedId: null, files: [], sealed: [] }
  const paths: string[] = [], files = new Set<string>(), [root] = [...sealPaths, ...filePaths].map(path => path.split('/')[1])
  let spot: Spot | null = null
  const isWanted = (path: string) => sealPaths.has(path) || filePaths.has(path) || META_ID.test(path)
  walkXml(xml, SUBMISSION_LIMITS, {
    open: (tag, at) => {
      // What the root is called is the form's affair: under another name nothing may slip through.
      const path = `${paths.at(-1) ?? ''}/${paths.length === 0 ? root ?? tag.local : tag.local}`
      if (paths.push(path) === 1) Object.assign(scan, formOf(tag))
      if (spot === null && isWanted(path)) spot = { path, text: '', start: at, end: at }
    },
    text: text => { if (spot) spot.text += text },
    close: (tag, at) => {
      if (paths.pop() !== spot?.path || spot === null) return
      if (!tag.isSelfClosing) spot.end = xml.lastIndexOf('</', at - 1)
      note(scan, spot, sealPaths)
      if (filePaths.has(spot.path) && spot.text.trim() !== '') files.add(spot.text.trim())
      spot = null
    },
  })
  return { ...scan, files: [...files] }
}

/** @throws where the root names no form: such answers belong nowhere. */
export function formOf(tag: XmlTag): { formId: string; version: string } {
  const formId = tag.attributes['id']?.value ?? ''
  if (formId === '') throw submissionXmlProblems.noFormId({ root: tag.name })
  return { formId, version: attributeOf(tag, 'version') ?? '' }
}

function note(scan: Scan, spot: Spot, sealPaths: ReadonlySet<string>): void {
  const text = spot.text.trim()
  if (META_ID.exec(spot.path)?.[1] === 'instanceID') scan.instanceId ??= text || null
  if (META_ID.exec(spot.path)?.[1] === 'deprecatedID') scan.deprecatedId ??= text || null
  if (sealPaths.has(spot.path)) scan.sealed.push(spot)
}
