import type { FormModel } from '../../domain/dataset/dataset.form.ts'
import { SUBMISSION_LIMITS } from './answers.scan.ts'
import { walkXml, type XmlTag } from './read-xml.ts'

/** A row of a repeat as it stands in a submission: its own answers as they were typed, by path. */
export type RedactRow = { repeat: string; /** Counts from 1 through the whole submission, as rows of records do. */ position: number; values: Readonly<Record<string, string>> }
/** What is to go: all of it, or rows that are a person's, answers at some paths, and texts that tell of the person, in another's row or outside of rows. */
export type Redaction = 'all' | { row(row: RedactRow): boolean; paths: ReadonlySet<string>; text(text: string, inRow: boolean): boolean }
/** `gone`: what was taken out, with its path; a file's name among it. */
export type Redacted = { xml: string; gone: { path: string; text: string }[] }

type Element = { tag: XmlTag; path: string; children: (Element | string)[]; row: Row | null }
type Row = RedactRow & { values: Record<string, string>; parent: Row | null }

/**
 * A submission without what is to go. Its elements stay, empty, so that the rows of a household keep their number and their places; its ids
 * stay, so that the same submission sent again is known. Comments, which no form writes, do not.
 */
export function redactSubmission(xml: string, model: FormModel, redaction: Redaction): Redacted {
  const { root, rows } = readTree(xml, model), gone: Redacted['gone'] = []
  const meant = new Set(redaction === 'all' ? [] : rows.filter(row => redaction.row(row)))
  const isMeant = (row: Row | null): boolean => row !== null && (meant.has(row) || isMeant(row.parent))
  const goes = ({ path, row }: Element, text: string): boolean => {
    if (KEPT.test(path)) return false
    return redaction === 'all' || isMeant(row) || redaction.paths.has(path) || redaction.text(text, row !== null)
  }
  const write = (element: Element): string => {
    const inside = element.children.map(child => {
      if (typeof child !== 'string') return write(child)
      if (child.trim() === '' || !goes(element, child)) return escapeXml(child)
      gone.push({ path: element.path, text: child.trim() })
      return ''
    }).join('')
    return `<${element.tag.name}${attributesOf(element, goes)}>${inside}</${element.tag.name}>`
  }
  return { xml: write(root), gone }
}

/** By these it is known that a submission is there already, and which one it takes the place of. */
const KEPT = /^\/[^/]+\/meta\/(instanceID|deprecatedID)$/
/** Which form, which thing: without these nothing can be read. */
const KEPT_ATTRIBUTES = new Set(['id', 'version', 'dataset', 'create', 'update', 'baseVersion', 'trunkVersion', 'branchId'])

function attributesOf(element: Element, goes: (element: Element, text: string) => boolean): string {
  return Object.values(element.tag.attributes).filter(({ name, local, value }) => /^xmlns(:|$)/.test(name) || KEPT_ATTRIBUTES.has(local) || !goes(element, value))
    .map(({ name, value }) => ` ${name}="${escapeXml(value).replaceAll('"', '&quot;')}"`).join('')
}

function readTree(xml: string, model: FormModel): { root: Element; rows: Row[] } {
  const repeats = new Set(model.repeats.map(({ path }) => path)), counts = new Map<string, number>(), rows: Row[] = [], open: Element[] = []
  let root: Element | null = null
  const addRow = (repeat: string, parent: Row | null): Row => {
    const position = (counts.get(repeat) ?? 0) + 1, row = { repeat, position, values: {}, parent }
    counts.set(repeat, position)
    rows.push(row)
    return row
  }
  walkXml(xml, SUBMISSION_LIMITS, {
    open: tag => {
      const above = open.at(-1), path = above ? `${above.path}/${tag.local}` : `/${model.root}`, around = above?.row ?? null
      const element: Element = { tag, path, children: [], row: repeats.has(path) ? addRow(path, around) : around }
      above?.children.push(element)
      root ??= element
      open.push(element)
    },
    text: text => { open.at(-1)?.children.push(text) },
    close: () => {
      const element = open.pop()
      if (element?.row) element.row.values[element.path] = element.children.filter(child => typeof child === 'string').join('').trim()
    },
  })
  return { root: root as unknown as Element, rows }
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
