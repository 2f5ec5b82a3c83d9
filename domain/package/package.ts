import { z } from 'zod'
import { AreaCode, DatasetId } from '../base/ids.ts'
import { Text } from '../base/text.ts'
import { Withheld } from '../record/record.ts'

/** Everything of an area in one ZIP, out and in. A newer program reads older packages; an older one says that it cannot read a newer one. */
export const FORMAT = { name: 'rakkaeo-area', version: 1 } as const
export const MANIFEST = 'original/manifest.json'

const Name = z.string().min(1).max(63).regex(/^[a-z][a-z0-9_]*$/, 'a name of the database')
/** A file of the lossless part: how many rows, of which columns, and the hash by which a changed byte is known. */
export const PartFile = z.object({ name: z.string().max(40), rows: z.number().int().min(0), columns: z.array(Name).min(1).max(100), bytes: z.number().int().min(0), sha256: z.string().regex(/^[0-9a-f]{64}$/, 'a hash') })
export type PartFile = z.infer<typeof PartFile>

/** What is told of the package by itself, last in it, since only then it is known. */
export const Manifest = z.object({
  format: z.string(), version: z.number().int(), program: z.string(), area: AreaCode, packedAt: z.iso.datetime(), madeBy: z.string(),
  /** False: fields were withheld from whoever made it, and what they could not see is not in it. Such a package is for reading. */
  whole: z.boolean(),
  /** By which citizens' numbers are known to be sealed with the same keys. */
  keys: z.string(),
  parts: z.array(PartFile).max(100),
  withheld: z.array(Withheld.extend({ dataset: DatasetId })),
  /** Files that submissions brought and that are not in the store any more. */
  lost: z.number().int().min(0),
})
export type Manifest = z.infer<typeof Manifest>

/** What a package of the place would hold for whoever asks. */
export const PackageContents = z.object({
  area: AreaCode, areaName: Text, whole: z.boolean(),
  datasets: z.array(z.object({ dataset: DatasetId, name: Text, records: z.number().int(), rows: z.number().int(), submissions: z.number().int(), files: z.number().int() })),
  files: z.number().int(), bytes: z.number(),
  withheld: Manifest.shape.withheld,
  /** It holds more for whoever says what for. */
  opens: z.boolean(),
})
export type PackageContents = z.infer<typeof PackageContents>

/** What became of a package that came in: of each kind how much is new, and how much was there already and was left alone. */
export const PackageReport = z.object({
  area: AreaCode, outcome: z.enum(['imported', 'dry-run']),
  parts: z.array(z.object({ name: z.string(), given: z.number().int(), taken: z.number().int(), already: z.number().int() })),
  files: z.object({ given: z.number().int(), taken: z.number().int(), already: z.number().int() }),
  /** Citizens' numbers that were sealed with other keys: nobody here could open them. */
  numbersDropped: z.number().int(),
  notes: z.array(Text),
})
export type PackageReport = z.infer<typeof PackageReport>
