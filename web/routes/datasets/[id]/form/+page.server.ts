import { DatasetId } from '../../../../../domain/base/ids.ts'
import { needMe } from '../../../../access/data.ts'
import { addFiles, closeVersion, dropDraft, dropFile, publishDraft, uploadForm } from '../../../../dataset/acts.form.ts'
import { loadWorkshop } from '../../../../dataset/data.form.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async event => {
  const me = await needMe(event)
  return { page: await loadWorkshop(event, me, event.params.id as DatasetId) }
}

export const actions: Actions = { upload: uploadForm, publish: publishDraft, drop: dropDraft, close: closeVersion, add: addFiles, remove: dropFile }
