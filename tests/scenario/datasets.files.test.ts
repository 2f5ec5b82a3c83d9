import { readFileSync } from 'node:fs'
import { readXlsx, writeXlsx } from 'hucre/xlsx'
import { beforeAll, describe, expect, test } from 'vitest'
import type { ReplyOf } from '../../domain/base/api.ts'
import type { datasetApi } from '../../domain/dataset/api.ts'
import { SHIPPED } from '../../server/dataset/write.seed.ts'
import { signedIn, startCollecting, telephoneOf, type Collecting } from '../setup/collecting.ts'
import { datasetOf } from '../setup/defining.ts'
import { freshDatabase } from '../setup/fresh.ts'
import type { Browser, Reply } from '../setup/people.ts'
import type { Telephone } from '../setup/telephone.ts'

const HOME = 'TH580703'
type Read = ReplyOf<typeof datasetApi.readForm>
let house: Collecting, thongdi: Browser, buala: Browser, phone: Telephone

beforeAll(async () => {
  house = await startCollecting(await freshDatabase())
  thongdi = await signedIn(house, { userName: 'thongdi', role: 'tambon-integrator', areas: [HOME] })
  buala = await signedIn(house, { userName: 'buala', role: 'collector', areas: [HOME] })
  phone = await telephoneOf(house, buala, [HOME])
})

/** As a browser sends a file that was chosen. */
async function upload(browser: Browser, name: string, bytes: Uint8Array): Promise<Reply> {
  const form = new FormData()
  form.append('files', new Blob([new Uint8Array(bytes)]), name)
  const sent = new Response(form), cookie = [...browser.jar].map(([key, value]) => `${key}=${value}`).join('; ')
  return house.app.inject({ method: 'POST', url: '/api/forms/read', payload: Buffer.from(await sent.arrayBuffer()), remoteAddress: browser.address, headers: { ...browser.headers, cookie, 'content-type': sent.headers.get('content-type') as string } })
}
const fileOf = async (id: string, version: string, as: string, query = ''): Promise<Reply> => thongdi.get(`/api/datasets/${id}/forms/${version}/${as}${query}`)

const plain = (markdown: string) => markdown.replace(/(\s*\|)+\s*$/gm, '').trim()

describe('a form as a file', () => {
  test('XLSX, Markdown and XForm say the same of every dataset, and reading them gives the same again', async () => {
    const offered = await phone.listForms()
    for (const id of SHIPPED) {
      const { version } = offered.find(form => form.id === id)!, [xlsx, md, xml] = await Promise.all(['xlsx', 'md', 'xml'].map(as => fileOf(id, version, as))) as [Reply, Reply, Reply]
      expect(xlsx.headers['content-disposition'], id).toContain(`${id}-${version}.xlsx`)
      // every line as in the seed, but for empty cells at its end
      expect(plain(md.body), id).toBe(plain(readFileSync(`seed/dataset/${id}/form.md`, 'utf8')))
      expect(xml.body, id).toBe((await phone.download(offered.find(form => form.id === id)!)).xform)
      const [fromXlsx, fromMd] = await Promise.all([upload(thongdi, `${id}.xlsx`, xlsx.rawPayload), upload(thongdi, `${id}.md`, md.rawPayload)]).then(replies => replies.map(reply => reply.json())) as [Read, Read]
      expect(fromXlsx, id).toEqual(fromMd)
      expect([fromXlsx.xform, fromXlsx.faults.filter(fault => fault.severity === 'error')], id).toEqual([xml.body, []])
      const cells = (await readXlsx(xlsx.rawPayload)).sheets.map(({ name, rows }) => [name, rows.map(row => row.map(cell => cell ?? '').join('|').replace(/\|+$/, ''))])
      expect(cells, id).toEqual(fromMd.workbook?.sheets.map(({ name, columns, rows }) => {
        const lines = [columns.join('|')]
        for (const { row, cells } of rows) lines[row - 1] = columns.map(column => cells[column] ?? '').join('|').replace(/\|+$/, '')
        return [name, Array.from(lines, line => line ?? '')]
      }))
    }
  }, 120_000)

  test('of a dataset or version that is not there is answered with a sentence', async () => {
    for (const [id, version, as, code] of [['nobody', '1', 'md', 'dataset/no-form'], ['story', '1', 'xml', 'dataset/no-form'], ['story', '2026112601', 'docx', 'base/bad-request']] as const) {
      const reply = await fileOf(id, version, as)
      expect([reply.json().code, reply.json().detail], `${id} ${version} ${as}`).toEqual([code, expect.stringMatching(/[ก-๙]{3}/)])
    }
  })
})

const SURVEY = [['type', 'name', 'label::ไทย (th)', 'label::English (en)', 'relevant']]
const SETTINGS = { name: 'settings', rows: [['form_id', 'version'], ['th580703-tea', '1']] }
const book = (rows: (string | number | boolean | null)[][]) => writeXlsx({ sheets: [{ name: 'survey', rows: [...SURVEY, ...rows] }, SETTINGS] })

describe('a spreadsheet that somebody wrote', () => {
  test('is read with its faults, each in its sheet, row and column, and nothing is kept', async () => {
    const reply = await upload(thongdi, 'ชา.xlsx', await book([['text', 'owner', 'เจ้าของ', 'Owner', null], [null, null, null, null, null], ['txet', 'b', 'ข', 'B', null], ['integer', 'rai', null, null, '${ownr} != ""']]))
    expect(reply.statusCode).toBe(200)
    const { faults, xform, model, workbook } = reply.json() as Read
    expect(faults.filter(fault => fault.severity === 'error').map(({ code, sheet, row, column }) => [code, sheet, row, column])).toEqual(expect.arrayContaining([
      ['form/near-type', 'survey', 4, 'type'], ['form/missing-label', 'survey', 5, expect.stringContaining('label')], ['form/near-reference', 'survey', 5, 'relevant'],
    ]))
    expect([xform, model, workbook?.sheets.map(sheet => sheet.name), workbook?.sheets[0]?.rows.map(row => row.row)]).toEqual([null, null, ['survey', 'settings'], [2, 4, 5]])
    expect((await thongdi.get('/api/datasets')).json().items.length).toBe(SHIPPED.length)
  })

  test('without faults is published as it was read, numbers and dates as they were typed', async () => {
    const { workbook, model } = (await upload(thongdi, 'ชา.xlsx', await book([['integer', 'rai', 'กี่ไร่', 'How many rai?', true], ['text', 'note', 2569, 'Year', null]]))).json() as Read
    expect([workbook?.sheets[0]?.rows.map(row => row.cells), model?.questions.map(question => question.label.th)]).toEqual([[
      { type: 'integer', name: 'rai', 'label::ไทย (th)': 'กี่ไร่', 'label::English (en)': 'How many rai?', relevant: 'TRUE' }, { type: 'text', name: 'note', 'label::ไทย (th)': '2569', 'label::English (en)': 'Year' },
    ], ['กี่ไร่', '2569']])
    expect((await thongdi.post('/api/datasets', { area: HOME, dataset: datasetOf('th580703-tea') })).statusCode).toBe(200)
    expect((await thongdi.post('/api/datasets/th580703-tea/forms', { area: HOME, workbook })).json().version).toBe('1')
    expect((await phone.listForms()).some(form => form.id === 'th580703-tea')).toBe(true)
    const again = (await upload(thongdi, 'again.xlsx', (await fileOf('th580703-tea', '1', 'xlsx')).rawPayload)).json() as Read
    expect(again.workbook).toEqual(workbook)
  })

  const REFUSED: [string, Uint8Array, string][] = [
    ['empty', new Uint8Array(), 'form/empty-file'], ['of old Excel', Buffer.from('d0cf11e0a1b11ae1'.padEnd(200, '0'), 'hex'), 'form/old-excel'], ['a picture', Buffer.from('89504e470d0a1a0a00000000', 'hex'), 'form/not-a-workbook'],
    ['a broken archive', Buffer.from('504b030400000000broken'), 'form/not-a-workbook'], ['plain text', Buffer.from('ไม่ใช่ตาราง'), 'form/not-a-workbook'],
  ]
  test.each(REFUSED)('that is %s is refused with a sentence', async (_, bytes, code) => {
    const reply = await upload(thongdi, 'แบบฟอร์ม.xlsx', bytes)
    expect([reply.statusCode, reply.json().code, reply.json().detail]).toEqual([400, code, expect.stringContaining('แบบฟอร์ม.xlsx')])
  })

  test('is read for those alone who may define', async () => {
    expect((await upload(buala, 'a.xlsx', await book([]))).statusCode).toBe(403)
  })
})
