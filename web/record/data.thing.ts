import { areaApi } from '../../domain/area/api.ts'
import { RecordId } from '../../domain/base/ids.ts'
import { recordApi } from '../../domain/record/api.ts'
import { accessProblems } from '../../domain/access/problems.ts'
import { error } from '@sveltejs/kit'
import { addressOf, call } from '../base/api.ts'
import { lang } from '../base/link.ts'
import { drawPlace } from './data.outline.ts'
import { isTold, sheetsOf } from './sheets.ts'

const NOT_THERE = 404, SMALL = 640, LARGE = 1600
/** What stands elsewhere on the page. */
const ELSEWHERE = ['title', 'place', 'point', 'photo']

/** A record as anyone may see it, with its place and the words to cite it by. */
export async function loadThing(fetch: typeof globalThis.fetch, given: string, url: URL) {
  const id = RecordId.safeParse(given).data
  if (!id) error(NOT_THERE, accessProblems.notThere({}).in(lang()))
  const thing = await call(fetch, recordApi.getThing, { params: { id } }), place = await call(fetch, areaApi.getArea, { params: { code: thing.card.area } })
  const sheets = sheetsOf(thing.form.model, { values: thing.answers, rows: [], faults: [] }).flatMap(sheet => sheet.kind === 'lines' ? [{ title: sheet.title, lines: sheet.lines.filter(line => isTold(line) && line.question.type !== 'file' && !line.question.choicesFile && !ELSEWHERE.includes(line.question.role ?? '')) }] : [])
  return {
    ...thing, place, sheets: sheets.filter(({ lines }) => lines.length > 0), address: `${url.origin}${url.pathname}`, drawing: thing.card.point ? await drawPlace(fetch, place) : null,
    photos: thing.pictures.map(({ key, label }) => ({ label: label[lang()], small: pictureOf(id, key, SMALL), large: pictureOf(id, key, LARGE) })),
  }
}
export type ThingPage = Awaited<ReturnType<typeof loadThing>>

/** Where a photograph is that anyone may see. */
export function pictureOf(id: RecordId, key: string, size: number): string {
  return addressOf(recordApi.getThingPicture, { params: { id, key }, query: { size } })
}
