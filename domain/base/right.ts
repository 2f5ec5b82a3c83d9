import { z } from 'zod'

/** What a person may do in a place. Rights are held through grants: role × place × time (domain/access/can.ts). */
export const Right = z.enum(['see-internal-figures', 'manage-people', 'read-audit', 'import-files', 'collect', 'see-records', 'define-datasets', 'review-records', 'verify-records', 'run-rounds', 'break-glass', 'import-tables', 'change-places', 'erase-persons'])
export type Right = z.infer<typeof Right>
