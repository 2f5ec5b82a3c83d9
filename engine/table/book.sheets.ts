import { posix } from 'node:path'
import { localOf, walkSmall, type Attributes } from './book.xml.ts'
import type { ZipEntry } from './zip-entries.ts'

/** A sheet as the workbook lists it. */
export type BookSheet = { name: string; isHidden: boolean; part: ZipEntry }
/** What the cells of a sheet point at. */
export type Pointed = { texts: readonly string[]; isDate: readonly boolean[]; isFrom1904: boolean }
/** A workbook's parts: its sheets of rows, and where that stands which their cells point at. */
export type Book = { sheets: BookSheet[]; isFrom1904: boolean; styles: ZipEntry | null; texts: ZipEntry | null; pointed?: Promise<Pointed> }
type Relation = { kind: string; part: ZipEntry | undefined }

/** Finds the parts of a workbook, from its outermost list on. Throws where one is missing. */
export async function findBook(entries: readonly ZipEntry[]): Promise<Book> {
  const parts = new Map(entries.map(entry => [entry.name.toLowerCase(), entry]))
  const main = [...(await relationsOf(parts, '')).values()].find(({ kind }) => kind === 'officeDocument')?.part
  if (!main) throw new Error('no workbook')
  const relations = await relationsOf(parts, main.name), found = (kind: string) => [...relations.values()].find(relation => relation.kind === kind)?.part ?? null
  const book: Book = { sheets: [], isFrom1904: false, styles: found('styles'), texts: found('sharedStrings') }
  await walkSmall(main, (name, attributes) => {
    if (name === 'workbookPr') book.isFrom1904 = /^(?:1|true)$/.test(attributes['date1904'] ?? '')
    const relation = name === 'sheet' ? relations.get(idOf(attributes)) : undefined
    // a chart is a sheet too, and has no rows
    if (relation?.kind === 'worksheet') book.sheets.push({ name: attributes['name'] ?? '', isHidden: /hidden/i.test(attributes['state'] ?? ''), part: needed(relation.part) })
  })
  return book
}

const idOf = (attributes: Attributes) => attributes[Object.keys(attributes).find(name => name.includes(':') && localOf(name) === 'id') ?? ''] ?? ''

async function relationsOf(parts: ReadonlyMap<string, ZipEntry>, of: string): Promise<Map<string, Relation>> {
  const relations = new Map<string, Relation>(), folder = posix.dirname(of)
  await walkSmall(needed(parts.get(posix.join(folder, '_rels', `${posix.basename(of)}.rels`).toLowerCase())), (name, { Id = '', Type = '', Target = '' }) => {
    if (name === 'Relationship') relations.set(Id, { kind: Type.slice(Type.lastIndexOf('/') + 1), part: parts.get((Target.startsWith('/') ? Target.slice(1) : posix.join(folder, Target)).toLowerCase()) })
  })
  return relations
}

function needed(part: ZipEntry | undefined): ZipEntry {
  if (!part) throw new Error('a part is missing')
  return part
}
