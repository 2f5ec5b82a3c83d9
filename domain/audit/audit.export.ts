import { z } from 'zod'

/** What left as a file: `records` of datasets, one `person`'s data, a `package` of all that a place has, or a list of `people` who collect. */
export const ExportKind = z.enum(['records', 'person', 'package', 'people'])
export type ExportKind = z.infer<typeof ExportKind>
