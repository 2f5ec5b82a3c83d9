import { z } from 'zod'
import { AreaCode, DatasetId, GlassId, PersonId, RecordId } from '../base/ids.ts'
import { Text } from '../base/text.ts'

/** One record of another place, opened for a while by somebody who said why. */
export const Glass = z.object({
  id: GlassId, record: RecordId, dataset: DatasetId, area: AreaCode, areaName: Text, person: PersonId, personName: z.string(), reason: z.string(),
  openedAt: z.iso.datetime(), until: z.iso.datetime(), ended: z.object({ at: z.iso.datetime(), byName: z.string() }).nullable(), /** It still shows the record. */ holds: z.boolean(),
})
export type Glass = z.infer<typeof Glass>
