import { redirect } from '@sveltejs/kit'
import { AreaCode, type DatasetId } from '../../domain/base/ids.ts'
import type { ReplyOf } from '../../domain/base/api.ts'
import { areaApi } from '../../domain/area/api.ts'
import type { AreaLevel } from '../../domain/area/area.ts'
import { fullName, isWithin, levelOf, NATION } from '../../domain/area/rules.ts'
import { datasetApi } from '../../domain/dataset/api.ts'
import type { FormFault } from '../../domain/dataset/dataset.form.ts'
import { isLater } from '../../domain/dataset/rules.ts'
import { settingOf, suggestVersion } from '../../engine/form/edit.settings.ts'
import { readWorkbook } from '../../engine/form/read-workbook.ts'
import type { Workbook } from '../../engine/form/workbook.ts'
import { placesOf, type Me } from '../access/data.ts'
import { addressOf, call } from '../base/api.ts'
import { attempt, type Asked } from '../base/act.ts'
import { link } from '../base/link.ts'
import { isEmpty, toldFaults } from './editor.faults.ts'

type Page = ReplyOf<typeof datasetApi.getDataset>
export type FormVersionHead = Page['versions'][number]

/** A form in work: the draft of a place, what is wrong in it, and what stands before it. Without a place one is led to one's own. */
export async function loadWorkshop(asked: Asked, me: Me, id: DatasetId) {
  const { dataset, area: home, versions } = await call(asked.fetch, datasetApi.getDataset, { params: { id } })
  const area = AreaCode.safeParse(asked.url.searchParams.get('area')).data
  if (!area) redirect(303, link(`/datasets/${id}/form`, { area: placesOf(me, 'define-datasets').find(place => isWithin(place, home)) ?? home }))
  const isAddition = area !== home, last = latest(versions.filter(version => version.area === area)), base = isAddition ? await findBase(asked.fetch, versions, home, id) : null
  const [draft, place] = await Promise.all([call(asked.fetch, datasetApi.getDraft, { params: { id }, query: { area } }), call(asked.fetch, areaApi.getArea, { params: { code: area } })])
  return {
    dataset, home, area, place: { th: fullName(place, 'th'), en: fullName(place, 'en') }, isAddition, base, draft,
    faults: await checkDraft(asked, { id, area, base, workbook: draft.workbook }), versions: versions.filter(version => version.area === area), last: last?.version ?? null,
    suggested: versionToPublish(draft.workbook, isAddition ? last?.version.split('.').at(-1) ?? null : last?.version ?? null), done: asked.url.searchParams.get('done'),
  }
}
export type FormPage = Awaited<ReturnType<typeof loadWorkshop>>

function latest(versions: FormVersionHead[]): FormVersionHead | null {
  return versions.reduce<FormVersionHead | null>((last, version) => last && !isLater(version.version, last.version) ? last : version, null)
}

/** The published form that a place adds to. */
async function findBase(fetch: Asked['fetch'], versions: FormVersionHead[], home: AreaCode, id: DatasetId): Promise<Workbook | null> {
  const last = latest(versions.filter(version => version.area === home))
  if (!last) return null
  const response = await fetch(addressOf(datasetApi.getFormFile, { params: { id, version: last.version, as: 'md' }, query: { area: home } }))
  return readWorkbook('base.md', new Uint8Array(await response.arrayBuffer()))
}

type Checking = { id: DatasetId; area: AreaCode; base: Workbook | null; workbook: Workbook }

async function checkDraft(asked: Asked, { id, area, base, workbook }: Checking): Promise<FormFault[]> {
  if (isEmpty(workbook)) return []
  const outcome = await attempt(asked, datasetApi.checkForm, { body: { dataset: id, area, workbook } })
  return outcome.ok ? toldFaults(outcome.reply.faults, base) : []
}

/** The draft's own version where it is later than the last one, else the next of today in Thailand. */
function versionToPublish(draft: Workbook, last: string | null): string {
  const own = settingOf(draft, 'version')
  return own !== '' && (last === null || isLater(own, last)) ? own : suggestVersion(new Date().toLocaleDateString('sv', { timeZone: 'Asia/Bangkok' }), last)
}

/** My places where datasets may be made, and for the chosen one what its catalogue says unless one says otherwise. */
export async function loadNewDataset(fetch: Asked['fetch'], me: Me, asked: string | null) {
  const places = await Promise.all(placesOf(me, 'define-datasets').slice(0, MOST_PLACES).map(async code => {
    const area = await call(fetch, areaApi.getArea, { params: { code } })
    return { code, name: { th: fullName(area, 'th'), en: fullName(area, 'en') } }
  }))
  const chosen = places.length === 1 ? places[0] : places.find(({ code }) => code === asked)
  return { places, place: chosen ? { ...chosen, prefix: prefixOf(chosen.code), catalogue: catalogueFor(chosen.code) } : null }
}
export type NewDatasetPage = Awaited<ReturnType<typeof loadNewDataset>>
const MOST_PLACES = 60

/** The id of a place's own dataset begins with the place. */
export const prefixOf = (area: string): string => area === NATION ? '' : `${area.toLowerCase()}-`

const COVERAGE: Partial<Record<AreaLevel, string>> = { nation: 'ประเทศ', province: 'จังหวัด', district: 'อำเภอ', village: 'หมู่บ้าน' }

function catalogueFor(area: AreaCode): Record<string, string> {
  return {
    data_type: 'ข้อมูลระเบียน', update_frequency_unit: 'ปี', geo_coverage: COVERAGE[levelOf(area)] ?? 'ตำบล', data_category: 'ข้อมูลสาธารณะ', license_id: 'License not specified',
    maintainer: 'ผู้ประสานข้อมูลของพื้นที่', maintainer_email: '', tag_string: '', objective: 'พันธกิจหน่วยงาน', data_source: 'ผู้เก็บข้อมูลของพื้นที่',
  }
}
