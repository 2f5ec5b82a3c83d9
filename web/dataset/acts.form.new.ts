import { fail, redirect, type RequestEvent } from '@sveltejs/kit'
import { datasetApi } from '../../domain/dataset/api.ts'
import { Dataset } from '../../domain/dataset/dataset.ts'
import { startForm } from '../../engine/form/edit.start.ts'
import { attempt, typed } from '../base/act.ts'
import { link } from '../base/link.ts'
import { m } from '../paraglide/messages.js'
import { prefixOf } from './data.form.ts'

/** A dataset of a place, and with it the draft of a form to begin with. */
export async function makeDataset(event: RequestEvent) {
  const area = event.url.searchParams.get('area') ?? '', form = await event.request.formData()
  const kept = Object.fromEntries([...form.keys()].map(name => [name, typed(form, name)]))
  const no = (at: string, refusal: string, status = 400) => fail(status, { at, refusal, code: '', typed: kept })
  const missing = ['name', 'purpose', 'steward'].find(name => both(kept, name).th === '')
  if (missing) return no(missing, m.form_new_missing())
  const id = `${prefixOf(area)}${kept['slug'] || slugOf(kept['nameEn'] ?? '')}`, made = Dataset.safeParse(datasetOf(id, kept))
  if (!made.success) return made.error.issues.some(issue => issue.path[0] === 'id') ? no('slug', m.form_new_bad_id()) : no('catalogue', m.form_new_bad_catalogue())
  const { data: dataset } = made
  if (dataset.basis === 'consent' && dataset.consent === null) return no('consent', m.form_new_no_consent())
  const outcome = await attempt(event, datasetApi.makeDataset, { body: { area, dataset }, at: 'make' })
  if (!outcome.ok) return no(/dataset\/id-/.test(outcome.failure.data.code) ? 'slug' : 'make', outcome.failure.data.refusal, outcome.failure.status)
  const begun = startForm({ id, title: dataset.name, consent: dataset.consent, lasting: dataset.lasting })
  await attempt(event, datasetApi.saveDraft, { params: { id }, body: { area, workbook: begun } })
  redirect(303, link(`/datasets/${id}/form`, { area, done: 'made' }))
}

/** @example slugOf('Coffee gardens (2026)') // => 'coffee-gardens-2026' */
export function slugOf(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '')
}

/** What was given in one language stands in both. */
function both(kept: Record<string, string>, name: string) {
  const th = kept[`${name}Th`] ?? '', en = kept[`${name}En`] ?? ''
  return { th: th || en, en: en || th }
}

function datasetOf(id: string, kept: Record<string, string>) {
  const consent = both(kept, 'consent'), { data_type, maintainer, maintainer_email, objective, update_frequency_unit, geo_coverage, data_source, data_category, license_id } = kept
  const tags = (kept['tag_string'] ?? '').split(/[,;]/).map(tag => tag.trim()).filter(tag => tag !== '')
  return {
    id, name: both(kept, 'name'), purpose: both(kept, 'purpose'), steward: both(kept, 'steward'), unit: kept['unit'], lasting: kept['lasting'] === 'yes', about: null,
    basis: kept['basis'], consent: consent.th === '' ? null : consent, retentionYears: kept['retention'] ? Number(kept['retention']) : null,
    catalogue: {
      data_type, maintainer, maintainer_email, objective, update_frequency_unit, update_frequency_interval: null, geo_coverage, data_source, data_category, license_id,
      tag_string: tags.length > 0 ? tags : [both(kept, 'name').th], data_format: ['Database', 'CSV', 'XLS', 'JSON'],
    },
  }
}
