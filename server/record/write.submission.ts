import { isWithin } from '../../domain/area/rules.ts'
import { formerCodes } from '../../domain/area/succession.ts'
import { submissionProblems } from '../../domain/record/problems.ts'
import { sha256, type Seal } from '../base/seal.ts'
import type { Collector } from './read.collector.ts'
import { closeNumbers, homeOf, lookAt, type FindDoorForm } from './read.door.ts'
import type { Submission } from './write.ingest.ts'

export type DoorParts = { findForm: FindDoorForm; seal: Seal }
/** What was filled in, as it came, and by which program and telephone. */
export type Sending = Pick<Submission, 'xml' | 'attachments' | 'client' | 'deviceId'>

const LONGEST_ID = 200, LONGEST_CLIENT = 100

/** As it will be kept, if whoever collects may send it: the one look at the door, whichever way it came. */
export async function makeSubmission({ findForm, seal }: DoorParts, collector: Collector, { xml, attachments, client, deviceId }: Sending): Promise<Submission> {
  const looked = await lookAt(xml, findForm), { form, scan } = looked
  const formArea = form.areas.find(area => [...collector.areas, ...formerCodes(collector.areas, form.moved)].some(own => isWithin(own, area)))
  if (!formArea || (collector.datasets !== null && !collector.datasets.includes(form.dataset))) throw submissionProblems.noForm({ form: scan.formId, version: scan.version })
  if (form.isClosed) throw submissionProblems.closed({ form: scan.formId })
  return {
    area: homeOf(looked.place, collector.areas), instanceId: mustName(scan.instanceId), dataset: form.dataset, version: form.version, formArea,
    sha256: sha256(xml), xml: closeNumbers(xml, looked, seal), files: scan.files, person: collector.viewer.person.id, token: collector.token,
    client: client.slice(0, LONGEST_CLIENT), deviceId, deprecatedId: scan.deprecatedId, attachments,
  }
}

function mustName(instanceId: string | null): string {
  if (instanceId === null) throw submissionProblems.badXml({ reason: 'instanceID' })
  return instanceId.slice(0, LONGEST_ID)
}
