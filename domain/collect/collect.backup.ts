import { z } from 'zod'
import { AreaCode, DatasetId, PersonId, PhoneId } from '../base/ids.ts'

/**
 * The backup of a telephone: a text file, one compact JWE (ECDH-ES, A256GCM, P-256) to `Kit.backupKey` a line, its `kid` in the header.
 * What a line holds once opened begins with JSON. That of an entry and of a file goes on after one line feed with bytes: the XML, the file.
 *
 *     {"kind":"backup","person":…,"phone":…,"made":…,"entries":2}
 *     {"kind":"entry","instanceId":"uuid:…","dataset":…,"version":…,"area":…,"files":["a.jpg"]}⏎<data …>
 *     {"kind":"file","instanceId":"uuid:…","dataset":…,"name":"a.jpg","type":"image/jpeg","turn":1,"of":1}⏎bytes
 *
 * The head comes first; the files of an entry follow it, before the next one, and in the order of `files`; one heavier than
 * `PART_MOST_BYTES` (rules.ts) stands in several lines, `turn` from 1 to `of`. Each line stands for itself, so that neither the telephone nor the
 * server ever holds more than one in memory. An entry is whole with all of its `files`, or it is not taken at all.
 */
export const BackupLine = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('backup'), person: PersonId, phone: PhoneId, made: z.iso.datetime(), entries: z.number().int().min(0).max(10_000) }),
  z.object({ kind: z.literal('entry'), instanceId: z.string().min(1).max(200), dataset: DatasetId, version: z.string().max(60), area: AreaCode, files: z.array(z.string().min(1).max(255)).max(100) }),
  z.object({ kind: z.literal('file'), instanceId: z.string().min(1).max(200), dataset: DatasetId, name: z.string().min(1).max(255), type: z.string().max(100), turn: z.number().int().min(1), of: z.number().int().min(1).max(100) }),
])
export type BackupLine = z.infer<typeof BackupLine>
