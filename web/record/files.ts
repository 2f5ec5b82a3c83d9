import { recordApi } from '../../domain/record/api.ts'
import { addressOf } from '../base/api.ts'
import type { RecordPage } from './data.ts'

/** Where a file of a record is; with a size, a picture no longer than that. */
export function addressOfFile({ record, purpose }: Pick<RecordPage, 'record' | 'purpose'>, name: string, size?: number): string {
  return addressOf(recordApi.getRecordFile, { params: { id: record.id, name }, query: { ...(size && { size }), ...(purpose && { purpose }) } })
}
