import { createHash } from 'node:crypto'
import { AreaCode } from '../../domain/base/ids.ts'
import { Problem } from '../../domain/base/problem.ts'
import { isWithin } from '../../domain/area/rules.ts'
import { FORMAT, Manifest, MANIFEST, type PartFile } from '../../domain/package/package.ts'
import { packageProblems } from '../../domain/package/problems.ts'
import { linesOf, PARTS, type Part } from '../../domain/package/rules.parts.ts'
import { linesIn } from './read.pack.ts'
import { openZip, type Zip } from './read.unzip.ts'

/** A package on the disk that is what it says. */
export type Given = { zip: Zip; manifest: Manifest }
export type Row = Record<string, unknown> & { area_code: AreaCode }
/** `text`: the row as it came, so that no number is rounded on the way. */
export type Line = { at: number; text: string; row: Row }
/** `of`: the submissions that brought it. */
export type GivenFile = { sha256: string; path: string; of: Set<string> }

export const submissionOf = (row: Row) => `${String(row['instance_id'])} ${String(row['dataset_id'])}`

const MOST_MANIFEST_BYTES = 1 << 24, LONGEST_LINE = 1 << 26

export async function openPackage(path: string): Promise<Given> {
  const zip = await openZip(path)
  try {
    return { zip, manifest: await readManifest(zip) }
  } catch (error) {
    await zip.close()
    throw error
  }
}

async function readManifest(zip: Zip): Promise<Manifest> {
  const size = zip.sizeOf(MANIFEST)
  if (size === null || size > MOST_MANIFEST_BYTES) throw packageProblems.notPackage({ reason: MANIFEST })
  const said = parse((await bytesOf(zip, MANIFEST)).toString('utf8')) as { format?: unknown; version?: unknown } | null
  if (said?.format !== FORMAT.name) throw packageProblems.notPackage({ reason: MANIFEST })
  if (typeof said.version === 'number' && said.version > FORMAT.version) throw packageProblems.newer({ what: `${FORMAT.name} ${said.version}` })
  const manifest = Manifest.safeParse(said)
  if (!manifest.success) throw packageProblems.notPackage({ reason: `${MANIFEST}: ${manifest.error.issues[0]?.path.join('.')}` })
  if (!manifest.data.whole) throw packageProblems.notWhole({})
  const stranger = manifest.data.parts.find(({ name }) => !PARTS.some(part => part.name === name))
  if (stranger) throw packageProblems.newer({ what: stranger.name })
  return manifest.data
}

async function bytesOf(zip: Zip, name: string): Promise<Buffer> {
  const pieces: Buffer[] = []
  for await (const piece of zip.read(name)) pieces.push(piece)
  return Buffer.concat(pieces)
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

/** What the package says of a part. One that an older program did not know has no rows. */
export function partFileOf({ manifest }: Given, { name }: Part): PartFile | null {
  return manifest.parts.find(part => part.name === name) ?? null
}

/** The rows of a part, each in its place; at the end, whether they are those of the manifest. */
export async function* rowsIn(given: Given, part: Part): AsyncGenerator<Line> {
  const file = partFileOf(given, part), name = linesOf(part.name)
  if (!file) return
  const hash = createHash('sha256'), bad = (reason: string) => packageProblems.badLine({ name, line: at + 1, reason })
  let at = 0
  for await (const text of decoded(linesIn(hashing(given.zip.read(name), hash), LONGEST_LINE, () => bad('too long')), () => bad('UTF-8'))) {
    const row = parse(text) as Row | null
    at++
    if (row === null || typeof row !== 'object' || Array.isArray(row)) throw packageProblems.badLine({ name, line: at, reason: 'JSON' })
    mustLie(given, part, row, at)
    yield { at, text, row }
  }
  if (at !== file.rows || hash.digest('hex') !== file.sha256) throw packageProblems.changed({ name })
}

/** Nothing of another place comes in by a package; of the places above, definitions alone. */
function mustLie({ manifest: { area } }: Given, { name, of }: Part, row: Row, line: number): void {
  const code = AreaCode.safeParse(row.area_code)
  if (!code.success || !(isWithin(code.data, area) || (of === 'definition' && isWithin(area, code.data)))) throw packageProblems.elsewhere({ name: linesOf(name), line, area, found: String(row.area_code).slice(0, 40) })
}

async function* hashing(pieces: AsyncIterable<Buffer>, hash: ReturnType<typeof createHash>): AsyncGenerator<Buffer> {
  for await (const piece of pieces) {
    hash.update(piece)
    yield piece
  }
}

async function* decoded(lines: AsyncIterable<string>, bad: () => Problem): AsyncGenerator<string> {
  try {
    yield* lines
  } catch (error) {
    throw error instanceof TypeError ? bad() : error
  }
}

/** Every part read once, before anything is kept; gives the files that it brings, by their hash. */
export async function checkPackage(given: Given): Promise<Map<string, GivenFile>> {
  const files = new Map<string, GivenFile>()
  for (const part of PARTS) {
    for await (const { row, at } of rowsIn(given, part)) {
      if (part.name !== 'attachments' || row['path'] === null) continue
      const [sha256, path, bytes] = [String(row['sha256']).slice(2), String(row['path']), Number(row['bytes'])]
      if (!/^[0-9a-f]{64}$/.test(sha256) || given.zip.sizeOf(path) !== bytes) throw packageProblems.badLine({ name: linesOf(part.name), line: at, reason: path.slice(0, 100) })
      const file = files.get(sha256) ?? { sha256, path, of: new Set() }
      files.set(sha256, { ...file, of: file.of.add(submissionOf(row)) })
    }
  }
  return files
}
