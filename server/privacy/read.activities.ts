import { stringify } from 'csv-stringify/sync'
import type { FileReply } from '../../domain/base/api.ts'
import type { Lang } from '../../domain/base/text.ts'
import type { Activity } from '../../domain/privacy/privacy.ts'
import { activityOf } from '../../domain/privacy/rules.activities.ts'
import { findForm, listDatasets, listForms } from '../dataset/read.ts'
import type { Reader } from '../db/db.ts'

/** Of every dataset, by its newest form. */
export async function listActivities(tx: Reader): Promise<Activity[]> {
  const forms = await listForms(tx), activities: Activity[] = []
  for (const { area, dataset } of await listDatasets(tx, null)) {
    const newest = forms.find(form => form.dataset === dataset.id && form.area === area), form = newest && await findForm(tx, area, dataset.id, newest.version)
    activities.push({ dataset: dataset.id, area, items: activityOf(dataset, form?.model ?? null) })
  }
  return activities
}

export async function fileOfActivities(tx: Reader, lang: Lang): Promise<FileReply> {
  const activities = await listActivities(tx), columns = ['dataset', ...activities[0]?.items.map(({ label }) => label[lang]) ?? []]
  const lines = activities.map(({ dataset, items }) => [dataset, ...items.map(({ say }) => say[lang])])
  return { name: 'processing-register.csv', type: 'text/csv; charset=utf-8', body: stringify(lines, { header: true, columns, bom: true, record_delimiter: 'windows', escape_formulas: true }) }
}
