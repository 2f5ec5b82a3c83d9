import { PassThrough } from 'node:stream'
import { stringify } from 'csv-stringify/sync'
import yazl from 'yazl'
import type { FileReply } from '../../domain/base/api.ts'
import type { AreaCode } from '../../domain/base/ids.ts'
import type { Lang } from '../../domain/base/text.ts'
import type { Holding, Said } from '../../domain/privacy/privacy.ts'
import { ACT_NAMES } from '../../domain/record/rules.state.ts'
import type { FileStore } from '../base/file-store.ts'
import type { Reader } from '../db/db.ts'
import { xml } from '../http/xml.ts'
import { findFile } from '../record/read.file.ts'

type Kept = { holding: Holding; name: string; sha256: Buffer; folder: string }

/** All that is held of one person, to be handed over: a page to read, tables, the same for programs, and the files as they came. */
export async function zipOfPerson(tx: Reader, store: FileStore, holdings: readonly Holding[], lang: Lang): Promise<FileReply> {
  const kept: Kept[] = []
  for (const [i, holding] of holdings.entries()) for (const name of holding.files) {
    const file = await findFile(tx, holding.area as AreaCode, holding.record, name)
    if (file && await store.size(file.sha256) !== null) kept.push({ holding, name, sha256: file.sha256, folder: `files/${i + 1}` })
  }
  return { name: `person-${new Date().toISOString().slice(0, 10)}.zip`, type: 'application/zip', body: () => zip(store, holdings, kept, lang) }
}

async function* zip(store: FileStore, holdings: readonly Holding[], kept: readonly Kept[], lang: Lang): AsyncGenerator<Uint8Array> {
  const file = new yazl.ZipFile(), out = new PassThrough()
  file.on('error', error => out.destroy(error as Error))
  file.addBuffer(Buffer.from(pageOf(holdings, kept, lang)), 'index.html')
  file.addBuffer(Buffer.from(tableOf(holdings, lang)), 'answers.csv')
  file.addBuffer(Buffer.from(JSON.stringify({ items: holdings }, null, 2)), 'data.json')
  // bytes are read one after the other, when their turn has come
  for (const { folder, name, sha256 } of kept) file.addReadStreamLazy(`${folder}/${name.replaceAll(/[\\/:]/g, '_')}`, { compress: false }, done => done(null, store.stream(sha256)))
  file.end()
  yield* file.outputStream.pipe(out) as AsyncIterable<Uint8Array>
}

/** As one reads it; dates and numbers as they are kept. */
function textOfAnswer({ asked, answer }: Pick<Said, 'asked' | 'answer'>, lang: Lang): string {
  const labelOf = (value: string) => asked.choices?.find(choice => choice.value === value)?.label[lang] ?? value
  if (Array.isArray(answer)) return answer.map(labelOf).join(', ')
  if (typeof answer === 'object') return 'masked' in answer ? answer.masked : `${answer.lat}, ${answer.lon}`
  return typeof answer === 'string' ? labelOf(answer) : String(answer)
}

const LOCALE: Record<Lang, string> = { th: 'th-TH-u-ca-buddhist', en: 'en-GB' }
const dayOf = (day: string, lang: Lang): string => new Date(day).toLocaleDateString(LOCALE[lang], { dateStyle: 'long', timeZone: 'UTC' })
const momentOf = (at: string, lang: Lang): string => new Date(at).toLocaleString(LOCALE[lang], { dateStyle: 'medium', timeStyle: 'short', timeZone: 'Asia/Bangkok' })
/** On the page a day is read as people write it, in a table as it is kept. */
const readOf = (said: Said, lang: Lang): string => said.asked.type === 'date' && /^\d{4}-\d\d-\d\d$/.test(String(said.answer)) ? dayOf(String(said.answer), lang) : textOfAnswer(said, lang)

const COLUMNS = ['n', 'dataset', 'area', 'record', 'row', 'key', 'question', 'answer']

function tableOf(holdings: readonly Holding[], lang: Lang): string {
  const lines = holdings.flatMap(({ datasetName, areaName, record, said }, i) => said.map(one => [i + 1, datasetName[lang], areaName[lang], record, one.row ?? '', one.key, one.label[lang], textOfAnswer(one, lang)]))
  return stringify(lines, { header: true, columns: COLUMNS, bom: true, record_delimiter: 'windows', escape_formulas: true })
}

const WORDS = {
  title: { th: 'ข้อมูลที่เก็บไว้ของท่าน', en: 'What is held of you' }, acts: { th: 'สิ่งที่ทำกับรายการนี้', en: 'What was done to this record' }, looks: { th: 'ผู้ที่เปิดดูหรือนำออกไป', en: 'Who looked at it or took it along' },
  withheld: { th: 'ยังมีข้อมูลที่ผู้ทำไฟล์นี้ไม่มีสิทธิดู ขอได้จาก', en: 'There is more, which whoever made this file may not see. Ask' }, files: { th: 'ไฟล์', en: 'Files' },
}

function pageOf(holdings: readonly Holding[], kept: readonly Kept[], lang: Lang): string {
  const say = (key: keyof typeof WORDS) => xml(WORDS[key][lang]), list = (items: readonly string[]) => `<ul>${items.map(item => `<li>${item}</li>`).join('')}</ul>`
  const parts = holdings.map(holding => {
    const files = kept.filter(one => one.holding === holding), { datasetName, areaName, said, acts, looks, withheld } = holding
    return `<section><h2>${xml(datasetName[lang])} · ${xml(areaName[lang])}</h2><table>${said.map(one => `<tr><th>${xml(one.label[lang])}${one.row === null ? '' : ` (${one.row})`}</th><td>${xml(readOf(one, lang))}</td></tr>`).join('')}</table>`
      + (withheld.length > 0 ? `<p>${say('withheld')}${lang === 'th' ? '' : ' '}${xml(withheld[0]?.ask[lang] ?? '')}</p>` : '')
      + (files.length > 0 ? `<h3>${say('files')}</h3>${list(files.map(({ folder, name }) => `<a href="${encodeURI(`${folder}/${name.replaceAll(/[\\/:]/g, '_')}`)}">${xml(name)}</a>`))}` : '')
      + `<h3>${say('acts')}</h3>${list(acts.map(({ at, kind, byName }) => xml(`${momentOf(at, lang)} ${ACT_NAMES[kind as keyof typeof ACT_NAMES]?.[lang] ?? kind} ${byName ?? ''}`)))}`
      + `<h3>${say('looks')}</h3>${list(looks.map(look => xml(`${momentOf(look.at, lang)} ${look.say[lang]}`)))}</section>`
  })
  return `<!doctype html><html lang="${lang}"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${say('title')}</title>`
    + `<style>body{font:1rem/1.6 sans-serif;max-width:45rem;margin:1rem auto;padding:0 1rem}table{border-collapse:collapse}th,td{text-align:left;vertical-align:top;padding:.2rem .8rem .2rem 0;border-bottom:1px solid #ccc;font-weight:normal}th{color:#555}</style><h1>${say('title')}</h1>${parts.join('')}</html>`
}
