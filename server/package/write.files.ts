import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import type { PackageReport } from '../../domain/package/package.ts'
import { packageProblems } from '../../domain/package/problems.ts'
import type { FileStore } from '../base/file-store.ts'
import type { Given, GivenFile } from './read.given.ts'

/**
 * Files first: what a row names is on the disk before the row is. One that is left over when the rows are refused is nobody's, and harmless.
 * `known`: submissions that were here before; what these brought is here, or was taken away on purpose.
 */
export async function keepFiles(store: FileStore, { zip }: Given, files: Iterable<GivenFile>, known: ReadonlySet<string>, isDryRun: boolean): Promise<PackageReport['files']> {
  const count = { given: 0, taken: 0, already: 0 }, batch = store.batch()
  for (const { sha256, path, of } of files) {
    count.given++
    const isKnown = [...of].every(submission => known.has(submission)), isThere = isKnown || await store.size(Buffer.from(sha256, 'hex')) !== null
    count[isThere ? 'already' : 'taken']++
    // read to its end before it is kept: what is not as its hash says leaves nothing behind
    if (await hashOf(zip.read(path)) !== sha256) throw packageProblems.changed({ name: path })
    // also one that is there: nobody may use it any more, and a job be about to take it away
    if (!isKnown && !isDryRun) await batch.keep(Readable.from(zip.read(path)))
  }
  await batch.settle()
  return count
}

async function hashOf(pieces: AsyncIterable<Buffer>): Promise<string> {
  const hash = createHash('sha256')
  for await (const piece of pieces) hash.update(piece)
  return hash.digest('hex')
}
