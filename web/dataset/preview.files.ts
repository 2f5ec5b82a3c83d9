import type { AreaCode } from '../../domain/base/ids.ts'
import { areaApi } from '../../domain/area/api.ts'
import { fullName } from '../../domain/area/rules.ts'
import { lang } from '../base/link.ts'
import { ask } from './editor.ask.ts'

const MOST_VILLAGES = 200

/** What a form looks up beside itself: the villages of the place (of a larger one the first of them). Other files are empty while one tries a form. */
export async function loadFiles(area: AreaCode): Promise<Record<string, string>> {
  const answer = await ask(areaApi.listAreas, { query: { parent: area, level: 'village', limit: MOST_VILLAGES } })
  const villages = answer.ok ? answer.reply.items.map(village => [village.code, fullName(village, lang())]) : []
  return { 'villages.csv': [['name', 'label'], ...villages].map(row => row.map(quoted).join(',')).join('\n') }
}

const quoted = (cell: string): string => `"${cell.replaceAll('"', '""')}"`
