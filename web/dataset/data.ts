import { redirect } from '@sveltejs/kit'
import { areaApi } from '../../domain/area/api.ts'
import { AreaCode } from '../../domain/base/ids.ts'
import type { ReplyOf } from '../../domain/base/api.ts'
import { datasetApi, type DatasetEntry } from '../../domain/dataset/api.ts'
import type { Dataset } from '../../domain/dataset/dataset.ts'
import { addressOf, call } from '../base/api.ts'
import { link } from '../base/link.ts'
import { findPlace } from './data.place.ts'

type Fetch = typeof globalThis.fetch

export const GROUPS = ['people', 'farms', 'places', 'needs'] as const
export type Group = typeof GROUPS[number]

/** Where those stand whose unit does not say it. */
const BY_ID: Record<string, Group> = {
  farmer: 'farms', plant: 'farms', animal: 'farms', occurrence: 'farms', 'water-source': 'farms',
  'bmn-2560': 'needs', 'tambon-profile': 'needs', 'tambon-goals': 'needs', 'village-sheet': 'needs',
}
const BY_UNIT: Record<Dataset['unit'], Group> = { person: 'people', household: 'people', place: 'places', record: 'places' }

export function groupOf({ id, unit }: Pick<Dataset, 'id' | 'unit'>): Group {
  return BY_ID[id] ?? BY_UNIT[unit]
}

/** The datasets in their groups; with a place those that are collected there. A name that was typed leads to the address of its place. */
export async function loadDatasets(fetch: Fetch, { searchParams }: URL) {
  const typed = await findPlace(fetch, searchParams)
  if (typed.code) redirect(303, link('/datasets', { area: typed.code }))
  const area = AreaCode.safeParse(searchParams.get('area')).data
  const [{ items }, place] = await Promise.all([
    call(fetch, datasetApi.listDatasets, { query: { ...(area && { area }) } }), area ? call(fetch, areaApi.getArea, { params: { code: area } }) : null,
  ])
  const names = await namesOf(fetch, items.map(entry => entry.area))
  return { typed, place, names, groups: GROUPS.map(group => ({ group, entries: items.filter(entry => groupOf(entry.dataset) === group) })).filter(({ entries }) => entries.length > 0) }
}

/** One dataset as it is asked for in a place; the places that add to its form by name. */
export async function loadDataset(fetch: Fetch, id: string, { searchParams }: URL) {
  const area = AreaCode.safeParse(searchParams.get('area')).data
  const page = await call(fetch, datasetApi.getDataset, { params: { id }, query: { ...(area && { area }) } })
  const [names, about] = await Promise.all([
    namesOf(fetch, [page.area, ...page.versions.map(version => version.area), ...(area ? [area] : [])]),
    page.dataset.about ? call(fetch, datasetApi.getDataset, { params: { id: page.dataset.about } }) : null,
  ])
  return { ...page, asked: area ?? null, names, aboutName: about?.dataset.name ?? null }
}

const MOST_NAMED = 40

/** Places below the nation that these codes name; what cannot be found keeps its code. */
export async function namesOf(fetch: Fetch, codes: AreaCode[]): Promise<Record<string, ReplyOf<typeof areaApi.getArea>>> {
  const distinct = [...new Set(codes)].filter(code => code !== 'TH').slice(0, MOST_NAMED)
  const found = await Promise.all(distinct.map(async code => {
    const response = await fetch(addressOf(areaApi.getArea, { params: { code } }))
    return response.ok ? [code, await response.json() as ReplyOf<typeof areaApi.getArea>] as const : null
  }))
  return Object.fromEntries(found.filter(pair => pair !== null))
}

export type Datasets = Awaited<ReturnType<typeof loadDatasets>>
export type DatasetPage = Awaited<ReturnType<typeof loadDataset>>
export type { DatasetEntry }
