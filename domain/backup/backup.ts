import { z } from 'zod'

/** What this program writes; a file of a later format is told, never guessed at. */
export const FORMAT = 1

const Sha256 = z.string().regex(/^[0-9a-f]{64}$/)

/** The first entry of a backup: what it is, before anything of it is read. `keys`: the id of the keys file that opens what is sealed in it. */
export const BackupHead = z.object({
  format: z.number().int().positive(),
  program: z.string(),
  /** The one moment that all of it shows. */
  takenAt: z.iso.datetime(),
  keys: z.uuid(),
  migrations: z.array(z.object({ name: z.string(), checksum: Sha256 })),
})
export type BackupHead = z.infer<typeof BackupHead>

/** A table as COPY writes it, in parts that are compressed one by one. `bytes`: before compression; `packed` and `sha256`: as they lie in the file. */
export const BackupTable = z.object({
  name: z.string().regex(/^[a-z_]+\.[a-z_]+$/),
  columns: z.array(z.string()),
  rows: z.number().int().min(0),
  bytes: z.number().int().min(0),
  parts: z.array(z.object({ packed: z.number().int().positive(), sha256: Sha256 })),
})
export type BackupTable = z.infer<typeof BackupTable>

/** The last entry but one: everything that must be there. Files are named by the hash of their bytes; `sha256` is that of their names in order. */
export const BackupManifest = BackupHead.extend({
  tables: z.array(BackupTable),
  sequences: z.array(z.object({ name: z.string(), last: z.number().int().nullable() })),
  files: z.object({ count: z.number().int().min(0), bytes: z.number().int().min(0), sha256: Sha256 }),
})
export type BackupManifest = z.infer<typeof BackupManifest>
