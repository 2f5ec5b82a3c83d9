import { redirect } from '@sveltejs/kit'
import type { ReplyOf } from '../../domain/base/api.ts'
import { AreaCode, DatasetId } from '../../domain/base/ids.ts'
import { ExportKind } from '../../domain/audit/audit.export.ts'
import type { Text } from '../../domain/base/text.ts'
import { datasetApi } from '../../domain/dataset/api.ts'
import { privacyApi } from '../../domain/privacy/api.ts'
import { parseSpots } from '../../domain/privacy/rules.ts'
import { may, type Me } from '../access/data.ts'
import { call } from '../base/api.ts'
import { link } from '../base/link.ts'

type Fetch = typeof globalThis.fetch
const PAGE = 50

export type DueChoice = { area: AreaCode | null; dataset: DatasetId | null; kept: boolean; after: string | null }

export function readDueChoice(query: URLSearchParams): DueChoice {
  return { area: AreaCode.safeParse(query.get('area')).data ?? null, dataset: DatasetId.safeParse(query.get('dataset')).data ?? null, kept: query.get('kept') === 'yes', after: query.get('after') }
}

export const dueQuery = ({ area, dataset, kept }: DueChoice, change: Record<string, string | null> = {}): Record<string, string | null> => ({ area, dataset, kept: kept ? 'yes' : null, ...change })

/** What is due, and what was erased; whoever only reads the register of exports is led there, and whoever does neither to what anyone may read. */
export async function loadDue(fetch: Fetch, me: Me, { searchParams }: URL) {
  if (!may(me, 'erase-persons')) redirect(303, link(may(me, 'read-audit') ? '/privacy/exports' : '/privacy/activities'))
  const choice = readDueChoice(searchParams), { area, dataset, kept, after } = choice
  const [list, erasures] = await Promise.all([
    call(fetch, privacyApi.listProposals, { query: { limit: PAGE, ...(area && { area }), ...(dataset && { dataset }), ...(kept && { kept: 'yes' as const }), ...(after && { after }) } }),
    call(fetch, privacyApi.listErasures, { query: { limit: 10, ...(area && { area }) } }),
  ])
  return { choice, list, erasures: erasures.items, done: searchParams.get('done'), left: Number(searchParams.get('left') ?? 0) }
}
export type Due = Awaited<ReturnType<typeof loadDue>>

/** All that is held of whoever was chosen; without a choice there is nobody. */
export async function loadHeld(fetch: Fetch, { searchParams }: URL) {
  const spots = searchParams.get('spots') ?? '', purpose = searchParams.get('purpose') ?? ''
  if (!parseSpots(spots)?.length || purpose.length < 5) redirect(303, link('/privacy/person'))
  return { spots, purpose, items: (await call(fetch, privacyApi.getPerson, { query: { spots, purpose } })).items }
}
export type Held = Awaited<ReturnType<typeof loadHeld>>

export type ExportChoice = { area: AreaCode | null; what: ExportKind | null; from: string | null; until: string | null; after: string | null }
const DAY = /^\d{4}-\d\d-\d\d$/

export function readExportChoice(query: URLSearchParams): ExportChoice {
  const day = (name: string) => DAY.test(query.get(name) ?? '') ? query.get(name) : null
  return { area: AreaCode.safeParse(query.get('area')).data ?? null, what: ExportKind.safeParse(query.get('what')).data ?? null, from: day('from'), until: day('until'), after: query.get('after') }
}

/** What the API is asked for, and the file of the same. */
export const exportQuery = ({ area, what, from, until }: ExportChoice) => ({ ...(area && { area }), ...(what && { what }), ...(from && { from }), ...(until && { until }) })

export const loadExports = (fetch: Fetch, choice: ExportChoice): Promise<ExportPage> => call(fetch, privacyApi.listExports, { query: { limit: PAGE, ...exportQuery(choice), ...(choice.after && { after: choice.after }) } })
/** What the datasets are called of which files left. */
export const loadDatasetNames = async (fetch: Fetch): Promise<Record<string, Text>> => Object.fromEntries((await call(fetch, datasetApi.listDatasets)).items.map(({ dataset: { id, name } }) => [id, name]))
export type ExportPage = ReplyOf<typeof privacyApi.listExports>

export const loadActivities = async (fetch: Fetch): Promise<Activities> => (await call(fetch, privacyApi.listActivities)).items
export type Activities = ReplyOf<typeof privacyApi.listActivities>['items']
