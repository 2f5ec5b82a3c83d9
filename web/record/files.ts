import type { RecordId } from '../../domain/base/ids.ts'
import { recordApi } from '../../domain/record/api.ts'
import { addressOf } from '../base/api.ts'

/** Where a file of a record is; with a size, a picture no longer than that. */
export function addressOfFile({ record, purpose }: { record: { id: RecordId }; purpose: string | undefined }, name: string, size?: number): string {
  return addressOf(recordApi.getRecordFile, { params: { id: record.id, name }, query: { ...(size && { size }), ...(purpose && { purpose }) } })
}
