import { z } from 'zod'
import { AreaCode, DatasetId } from '../base/ids.ts'
import { Text } from '../base/text.ts'
import { Sensitivity } from '../access/access.ts'

/** What left as a file: `records` of datasets, one `person`'s data, a `package` of all that a place has, or a list of `people` who collect. */
export const ExportKind = z.enum(['records', 'person', 'package', 'people'])
export type ExportKind = z.infer<typeof ExportKind>

/** An entry of the register of exports. `here`: how many of its records lie in the places of whoever asks. */
export const ExportEntry = z.object({
  id: z.uuid(), at: z.iso.datetime(), actorKind: z.enum(['person', 'token', 'operator', 'system', 'stranger']), actorName: z.string().nullable(),
  what: ExportKind, format: z.string(), datasets: z.array(DatasetId), area: AreaCode, areaName: Text, filter: z.record(z.string(), z.unknown()),
  sensitivities: z.array(Sensitivity), records: z.number().int(), here: z.number().int(), purpose: z.string().nullable(),
})
export type ExportEntry = z.infer<typeof ExportEntry>
