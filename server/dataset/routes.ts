import type { AreaCode, DatasetId } from '../../domain/base/ids.ts'
import type { datasetApi } from '../../domain/dataset/api.ts'
import type { FormVersion } from '../../domain/dataset/dataset.ts'
import { datasetProblems } from '../../domain/dataset/problems.ts'
import { catalogueOf } from '../../domain/dataset/rules.ts'
import { readWorkbook } from '../../engine/form/read-workbook.ts'
import type { Reader } from '../db/db.ts'
import type { Handlers } from '../http/handler.ts'
import { getDraft, getWorkshop } from './read.draft.ts'
import { readFormFile } from './read.file.ts'
import { prepareForm } from './read.prepare.ts'
import { countQuestions, findDataset, findForm, formFor, listDatasets, listForms } from './read.ts'
import { addFormFiles, dropFormFile } from './write.files.ts'
import { checkForm, publishForm } from './write.publish.ts'
import { changeDataset, closeForm, dropDraft, makeDataset, saveDraft } from './write.ts'

export const datasetRoutes: Handlers<typeof datasetApi> = {
  listDatasets: async ({ tx, query }) => {
    const forms = Map.groupBy(await listForms(tx), form => form.dataset)
    const offered = (await listDatasets(tx, query.area ?? null)).map(({ dataset, area }) => ({ dataset, area, form: formFor(forms.get(dataset.id) ?? [], query.area ?? area) }))
    const questions = await countQuestions(tx, offered.flatMap(({ form }) => form ?? []))
    const items = offered.map(({ form, ...found }) => ({ ...found, form: form && { area: form.area, version: form.version, questions: questions.get(form.dataset) ?? 0 } }))
    return { items }
  },

  getDataset: async ({ tx, params: { id }, query }) => {
    const found = await findDataset(tx, id)
    if (!found) throw datasetProblems.notFound({ id })
    const versions = await listForms(tx, id)
    return { ...found, catalogue: catalogueOf(found.dataset), form: await newest(tx, id, query.area ?? found.area, versions), versions }
  },

  getFormFile: async ({ tx, params, query }) => {
    const file = await readFormFile(tx, params.id, params.version, params.as, query.area ?? null)
    if (!file) throw datasetProblems.noForm({ id: params.id, version: params.version })
    return file
  },

  makeDataset: ({ tx, viewer, body }) => makeDataset(tx, viewer, body.area, body.dataset),
  changeDataset: ({ tx, viewer, params, body }) => changeDataset(tx, viewer, params.id, body.area, body.dataset),

  readForm: async ({ files }) => {
    const [file] = files
    const workbook = file ? await readWorkbook(file.name, file.bytes) : null
    return { workbook, ...workbook ? prepareForm(workbook, file?.name.replace(/\.\w+$/, '') ?? '') : { faults: [], xform: null, model: null } }
  },

  checkForm: async ({ tx, viewer, body }) => body.dataset === null ? prepareForm(body.workbook, 'form')
    : checkForm(tx, await getWorkshop(tx, viewer, body.dataset, body.area), body.area, body.workbook),

  getDraft: async ({ tx, viewer, areas, params, query }) => {
    await getWorkshop(tx, viewer, params.id, query.area)
    return getDraft(tx, areas, params.id, query.area)
  },

  saveDraft: async ({ tx, viewer, params, body }) => {
    await getWorkshop(tx, viewer, params.id, body.area)
    return saveDraft(tx, viewer, params.id, body)
  },

  dropDraft: async ({ tx, viewer, areas, params, query }) => {
    await getWorkshop(tx, viewer, params.id, query.area)
    await dropDraft(tx, areas, params.id, query.area)
    return { id: params.id }
  },

  addFormFiles: async ({ tx, viewer, params, query, files }) => {
    await getWorkshop(tx, viewer, params.id, query.area)
    return { files: await addFormFiles(tx, params.id, query.area, files) }
  },

  dropFormFile: async ({ tx, viewer, params, query }) => {
    await getWorkshop(tx, viewer, params.id, query.area)
    return { files: await dropFormFile(tx, params.id, query.area, params.name) }
  },

  publishForm: async ({ tx, viewer, areas, params, body }) => {
    const found = await getWorkshop(tx, viewer, params.id, body.area)
    const published = await publishForm(tx, found, body.area, body.workbook, { name: viewer.person.name, person: viewer.person.id })
    await dropDraft(tx, areas, params.id, body.area)
    return published
  },

  closeForm: async ({ tx, viewer, params, body }) => {
    await getWorkshop(tx, viewer, params.id, body.area)
    return closeForm(tx, params.id, body.area, params.version, body.closed)
  },
}

async function newest(tx: Reader, id: DatasetId, area: AreaCode, versions: Parameters<typeof formFor>[0]): Promise<FormVersion | null> {
  const form = formFor(versions, area)
  return form && findForm(tx, form.area, id, form.version)
}
