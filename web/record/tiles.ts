import type { OpenRecord, Pictured } from '../../domain/record/api.seen.ts'
import { m } from '../paraglide/messages.js'
import { lang, link } from '../base/link.ts'
import { pictureOf } from './data.thing.ts'
import { addressOfFile } from './files.ts'
import { shortDay } from './words.ts'

/** A photograph with what it shows, and the page that it leads to. `alt`: what its title does not say already. */
export type Tile = { key: string; href: string; src: string; alt: string; title: string | null; told: string[] }
const SMALL = 480

/** Photographs of records that somebody may see; `most`: of one record. */
export function tilesOf(items: readonly Pictured[], purpose: string | undefined, most = Infinity): Tile[] {
  return items.flatMap(record => record.photos.slice(0, most).map(({ name, label }, _, { length }) => ({
    key: `${record.id} ${name}`, href: link(`/record/${record.id}`, { purpose }), src: addressOfFile({ record, purpose }, name, SMALL), title: record.title,
    alt: `${record.title ?? m.record_untitled()}: ${label[lang()]}`, told: [`${length === 1 ? '' : `${label[lang()]} · `}${record.datasetName[lang()]}`, `${record.areaName[lang()]} · ${shortDay(record.day)}`],
  })))
}

/** Photographs that anyone may see. */
export function openTilesOf(items: readonly OpenRecord[], nameOf: (dataset: string) => string): Tile[] {
  return items.flatMap(({ id, dataset, title, areaName, day, photo }) => photo === null ? [] : [{
    key: id, href: link(`/thing/${id}`), src: pictureOf(id, photo, SMALL), title, alt: '', told: [nameOf(dataset), `${areaName[lang()]} · ${shortDay(day)}`],
  }])
}
