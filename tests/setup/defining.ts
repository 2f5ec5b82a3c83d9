import type { Dataset } from '../../domain/dataset/dataset.ts'
import { readWorkbook } from '../../engine/form/read-workbook.ts'
import type { Workbook } from '../../engine/form/workbook.ts'
import type { Browser, Reply } from './people.ts'

/** A questionnaire in Markdown tables, as its authors write it. */
export const workbookOf = (markdown: string): Promise<Workbook> => readWorkbook('form.md', new TextEncoder().encode(markdown))

/** The definition of a dataset that a test makes; what matters to the test is said by the test. */
export function datasetOf(id: string, more: Partial<Dataset> = {}): Dataset {
  return {
    id, name: { th: `ชุดข้อมูล ${id}`, en: `Dataset ${id}` }, purpose: { th: 'ให้ตำบลรู้จักตนเอง', en: 'So that the tambon knows itself.' },
    steward: { th: 'องค์การบริหารส่วนตำบลถ้ำลอด', en: 'Tham Lot tambon administration' }, unit: 'record', lasting: false, about: null, basis: 'public-task', consent: null, retentionYears: null,
    catalogue: {
      data_type: 'ข้อมูลระเบียน', maintainer: 'ทองดี', maintainer_email: 'thongdi@example.org', tag_string: ['ตำบล'], objective: 'ยุทธศาสตร์ชาติ', update_frequency_unit: 'ปี', update_frequency_interval: 1,
      geo_coverage: 'หมู่บ้าน', data_source: 'การสำรวจ', data_format: ['Database'], data_category: 'ข้อมูลส่วนบุคคล', license_id: 'License not specified',
    },
    ...more,
  } as Dataset
}

/** The sheet settings of a form. */
export const settingsOf = (id: string, version = '1') => `
| settings | | | | | |
| | form_title | form_id | version | default_language | namespaces |
| | ${id} | ${id} | ${version} | ไทย (th) | rakkaeo="urn:rakkaeo:xforms" |
`

export const publish = async (browser: Browser, area: string, id: string, markdown: string): Promise<Reply> => browser.post(`/api/datasets/${id}/forms`, { area, workbook: await workbookOf(markdown) })

/** Makes a dataset and publishes its form, or says why not. */
export async function define(browser: Browser, area: string, dataset: Dataset, markdown: string): Promise<void> {
  for (const reply of [await browser.post('/api/datasets', { area, dataset }), await publish(browser, area, dataset.id, markdown)]) {
    if (reply.statusCode !== 200) throw new Error(reply.body)
  }
}
