import { globSync } from 'node:fs'
import { z } from 'zod'
import type { Api, Route } from '../../domain/base/api.ts'
import { AreaCode, ChangeId, DatasetId, ImportId, IndicatorId, PersonId, RecordId, RoundId, TeamId } from '../../domain/base/ids.ts'
import { Side } from '../../domain/record/api.seen.ts'
import { TableImportId } from '../../domain/table/table.ts'

/** The pages of the site as if they were routes: read from web/routes, so that a new page cannot be forgotten. */

const PARAMS: Record<string, z.ZodType | z.ZodType[]> = {
  'place/[code]': AreaCode, 'data/[indicator]': IndicatorId, 'people/[id]': PersonId, 'teams/[id]': TeamId, 'imports/[id]': ImportId, 'tables/[id]': TableImportId,
  'invite/[secret]': z.string().min(20), 'datasets/[id]': DatasetId, 'datasets/[id]/records': DatasetId, 'datasets/[id]/form': DatasetId, 'datasets/[id]/checks': DatasetId, 'place/[code]/quality': AreaCode, 'place/[code]/everything': AreaCode, 'record/[id]': RecordId, 'review/[id]': RecordId, 'glass/[id]': RecordId, 'thing/[id]': RecordId, 'record/[id]/versions': RecordId, 'board/rounds/[id]': RoundId, 'changes/[id]': ChangeId, 'datasets/[id]/ladder': DatasetId, 'duplicates/[pair]': z.uuid(), 'duplicates/split/[id]': RecordId,
  'place/[code]/[side]': [AreaCode, Side],
}
/** What lists and charts are asked for; a page takes of it what it knows. */
const Asked = z.object({ area: AreaCode.optional(), areas: z.string().optional(), q: z.string().optional(), person: PersonId.optional(), level: z.enum(['tambon', 'village']).optional(), indicator: IndicatorId.optional(), purpose: z.string().min(5).optional() })

export function listPages(root: string): Api {
  const folders = globSync('**/+page.svelte', { cwd: `${root}/web/routes` }).map(file => file.replaceAll('\\', '/').replace(/\/?\+page\.svelte$/, '')).sort()
  return Object.fromEntries(folders.map(folder => [`page ${folder || 'first'}`, pageOf(folder)]))
}

function pageOf(folder: string): Route {
  const names = [...folder.matchAll(/\[(\w+)\]/g)].map(match => match[1] as string)
  const schemas = [PARAMS[folder] ?? []].flat()
  if (names.length !== schemas.length) throw new Error(`what stands in ${folder}? Say it in tests/leaks/pages.ts`)
  return {
    method: 'GET', path: `/${folder.replace(/\[(\w+)\]/g, ':$1')}`, cache: 'none', reply: { file: 'text/html' }, summary: { th: folder, en: folder }, query: Asked,
    ...(names.length > 0 && { params: z.object(Object.fromEntries(names.map((name, i) => [name, schemas[i] as z.ZodType]))) }),
  }
}
