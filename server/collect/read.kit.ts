import { createHash } from 'node:crypto'
import type { AreaCode } from '../../domain/base/ids.ts'
import { ancestorsOf, levelOf } from '../../domain/area/rules.ts'
import type { Viewer } from '../../domain/access/access.ts'
import type { Dataset } from '../../domain/dataset/dataset.ts'
import type { FormModel } from '../../domain/dataset/dataset.form.ts'
import { questionOf } from '../../domain/dataset/rules.ts'
import type { BackupKey, Kit, KitArea, KitForm, KitPlace } from '../../domain/collect/collect.ts'
import { boundariesOf, hrefOf } from '../area/read.boundary.ts'
import { areasByCode, toArea, type AreaRow } from '../area/read.ts'
import { findDataset, findForm } from '../dataset/read.ts'
import type { Reader } from '../db/db.ts'
import { within } from '../db/place.ts'
import type { Collector } from '../record/read.collector.ts'
import { findMedia, VILLAGES, type Media } from '../record/read.media.ts'
import { listOffers, type Offer } from '../record/read.offer.ts'
import { listReturned } from './read.returned.ts'

/** More tambons than this are a list to search in, not one to carry. */
const MOST_TAMBONS = 60

export async function getKit(tx: Reader, viewer: Viewer, areas: AreaCode[], backupKey: BackupKey): Promise<{ tag: string; kit: Kit }> {
  const collector: Collector = { viewer, areas, datasets: null, token: null }
  const kit: Kit = {
    me: { id: viewer.person.id, name: viewer.person.name }, areas: await listKitAreas(tx, areas), places: await listKitPlaces(tx, areas),
    forms: await listKitForms(tx, collector), returned: await listReturned(tx, viewer, areas), backupKey, outlines: await listOutlines(tx, areas),
  }
  return { tag: createHash('sha256').update(JSON.stringify(kit)).digest('base64url'), kit }
}

async function listKitAreas(tx: Reader, areas: readonly AreaCode[]): Promise<KitArea[]> {
  const rows = await areasByCode(tx, areas.flatMap(area => [area, ...ancestorsOf(area)]))
  const named = (row: AreaRow) => { const { code, level, type, name } = toArea(row); return { code, level, type, name } }
  return areas.flatMap(area => rows.get(area) ?? []).map(row => ({
    ...named(row), parents: ancestorsOf(row.code).flatMap(code => rows.get(code) ?? []).map(named).map(({ code, type, name }) => ({ code, type, name })),
  }))
}

async function listKitPlaces(tx: Reader, areas: readonly AreaCode[]): Promise<KitPlace[]> {
  const here = tx.selectFrom('open.area').selectAll().where(within('code', areas)).where('valid_until', 'is', null)
  const tambons = await here.where('level', '=', 'tambon').limit(MOST_TAMBONS + 1).execute()
  if (tambons.length > MOST_TAMBONS) return []
  const rows = await here.where('level', 'in', ['tambon', 'village']).orderBy('code').execute()
  return rows.map(row => {
    const { code, level, type, name, point } = toArea(row)
    return { code, level, type, name, tambon: code.slice(0, TAMBON_LENGTH) as AreaCode, point }
  })
}

const TAMBON_LENGTH = 8, PROVINCE_LENGTH = 4

/** One file a province has the tambons of all its districts; whoever collects in the whole nation draws none. */
async function listOutlines(tx: Reader, areas: readonly AreaCode[]): Promise<Kit['outlines']> {
  const provinces = [...new Set(areas.filter(area => levelOf(area) !== 'nation').map(area => area.slice(0, PROVINCE_LENGTH) as AreaCode))]
  const rows = await Promise.all(provinces.map(area => boundariesOf(tx, area).where('level', '=', 'tambon').execute()))
  return rows.flat().map(row => ({ area: row.area_code, href: hrefOf(row.area_code, row.level, row.version) }))
}

async function listKitForms(tx: Reader, collector: Collector): Promise<KitForm[]> {
  const villages = findOnce(tx, collector)
  const forms: KitForm[] = []
  for (const offer of await listOffers(tx, collector)) {
    const form = await findForm(tx, offer.area, offer.id, offer.version), found = await findDataset(tx, offer.id)
    if (form && found) forms.push(kitFormOf(offer, form.model, found.dataset, await listMedia(offer, villages)))
  }
  return forms
}

type Find = (offer: Offer, name: string) => Promise<Media | null>

/** The villages are the same for every form. */
function findOnce(tx: Reader, collector: Collector): Find {
  let villages: Promise<Media | null> | undefined
  return (offer, name) => name === VILLAGES ? villages ??= findMedia(tx, collector, offer, name) : findMedia(tx, collector, offer, name)
}

async function listMedia(offer: Offer, find: Find): Promise<KitForm['files']> {
  const media: Media[] = []
  for (const name of offer.files) media.push(...[await find(offer, name)].filter(one => one !== null))
  return media.map(({ name, md5, bytes }) => ({ name, md5, bytes: bytes.length }))
}

function kitFormOf({ area, id, version, md5 }: Offer, model: FormModel, { name, purpose, unit, about }: Dataset, files: KitForm['files']): KitForm {
  return {
    area, id, version, md5, title: name, purpose, unit, files,
    place: questionOf(model, 'place')?.path ?? null, point: questionOf(model, 'point')?.path ?? null, thing: thingOf(model, id, about),
  }
}

/** Its own things, which a visit changes, come before those that it is about. */
function thingOf(model: FormModel, own: Dataset['id'], about: Dataset['about']): KitForm['thing'] {
  const chosenFrom = (file: string) => model.questions.find(question => question.repeat === null && question.choicesFile === file)?.path
  for (const dataset of [own, ...about ? [about] : []]) {
    const file = `${dataset}.csv`, question = chosenFrom(file)
    if (question) return { dataset, file, question, updates: dataset === own && model.entity?.list === own }
  }
  return null
}
