import { redirect, type RequestEvent } from '@sveltejs/kit'
import { areaApi } from '../../domain/area/api.ts'
import type { DatasetId } from '../../domain/base/ids.ts'
import { datasetApi } from '../../domain/dataset/api.ts'
import { Ladder } from '../../domain/dataset/dataset.ts'
import { ladderApi } from '../../domain/review/api.ladder.ts'
import { attempt, typed } from '../base/act.ts'
import { call } from '../base/api.ts'
import { link } from '../base/link.ts'

/** The ladder of a dataset, the one that is asked about, and what it would do. */
export async function loadLadder(fetch: typeof globalThis.fetch, id: string, { searchParams }: URL) {
  const { shape } = Ladder, approves = shape.approves.safeParse(searchParams.get('approves')).data, counts = shape.counts.safeParse(searchParams.get('counts')).data
  const days = shape.lateDays.safeParse(Number(searchParams.get('lateDays')) || undefined).data, params = { id: id as DatasetId }
  const [preview, { dataset, area }] = await Promise.all([
    call(fetch, ladderApi.previewLadder, { params, query: { ...approves && { approves }, ...counts && { counts }, ...days && { lateDays: days } } }), call(fetch, datasetApi.getDataset, { params, query: {} }),
  ])
  return { ...preview, dataset, place: await call(fetch, areaApi.getArea, { params: { code: area } }), isAsked: Boolean(approves ?? counts ?? days) }
}
export type LadderPage = Awaited<ReturnType<typeof loadLadder>>

export async function setLadder(event: RequestEvent<{ id: string }>) {
  const form = await event.request.formData(), days = Number(typed(form, 'lateDays'))
  const ladder = { approves: typed(form, 'approves') as Ladder['approves'], counts: typed(form, 'counts') as Ladder['counts'], ...days && { lateDays: days } }
  const done = await attempt(event, ladderApi.setLadder, { params: { id: event.params.id }, body: { ladder }, at: 'ladder' })
  if (!done.ok) return done.failure
  redirect(303, link(`/datasets/${event.params.id}/ladder`, { done: 'ladder' }))
}
