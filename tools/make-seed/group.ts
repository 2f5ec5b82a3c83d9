import { pcode } from './area.ts'
import { cell, readRows } from './source.ts'

type Group = { id: string; name_th: string; name_en: string; has: (region: { royin: string; nesdb: string; name: string }) => boolean }

const BORDER_SOUTH = ['ปัตตานี', 'ยะลา', 'นราธิวาส']
const north = (nesdb: string) => nesdb === 'UpperNorth' || nesdb === 'LowerNorth'

const NAMES: Record<string, [th: string, en: string]> = {
  North: ['ภาคเหนือ', 'North'], Northeast: ['ภาคตะวันออกเฉียงเหนือ', 'Northeast'], Central: ['ภาคกลาง', 'Central'],
  East: ['ภาคตะวันออก', 'East'], West: ['ภาคตะวันตก', 'West'], South: ['ภาคใต้', 'South'],
  UpperNorth: ['ภาคเหนือตอนบน', 'Upper North'], LowerNorth: ['ภาคเหนือตอนล่าง', 'Lower North'],
}

const NESDC: Group[] = [
  { id: 'nesdc-6-north', name_th: 'ภาคเหนือ', name_en: 'North', has: p => north(p.nesdb) },
  { id: 'nesdc-6-northeast', name_th: 'ภาคตะวันออกเฉียงเหนือ', name_en: 'Northeast', has: p => p.nesdb === 'Northeast' },
  { id: 'nesdc-6-central', name_th: 'ภาคกลาง', name_en: 'Central', has: p => p.nesdb === 'Central' || p.nesdb === 'West' },
  { id: 'nesdc-6-east', name_th: 'ภาคตะวันออก', name_en: 'East', has: p => p.nesdb === 'East' },
  { id: 'nesdc-6-south', name_th: 'ภาคใต้', name_en: 'South', has: p => p.nesdb === 'South' && !BORDER_SOUTH.includes(p.name) },
  { id: 'nesdc-6-border-south', name_th: 'ภาคใต้ชายแดน', name_en: 'Southern Border', has: p => BORDER_SOUTH.includes(p.name) },
]

export const GROUP_COLUMNS = ['id', 'scheme', 'name_th', 'name_en', 'members'] as const
export type GroupRow = Record<(typeof GROUP_COLUMNS)[number], string>

/** The six regions of the national plans, and the two regional schemes of the list of provinces, as many-to-many groups. */
export function groups(): GroupRow[] {
  const provinces = readRows('gazetteer/provinces.csv')
    .map(row => ({ code: pcode(cell(row, 'code')), name: cell(row, 'name_th'), royin: cell(row, 'region_royin'), nesdb: cell(row, 'region_nesdb') }))
  const row = (scheme: string, group: Group): GroupRow =>
    ({ id: group.id, scheme, name_th: group.name_th, name_en: group.name_en, members: provinces.filter(group.has).map(p => p.code).join(' ') })
  const scheme = (id: string, column: 'royin' | 'nesdb') => [...new Set(provinces.map(p => p[column]))].sort()
    .map(region => row(id, { id: `${id}-${slug(region)}`, name_th: NAMES[region]![0], name_en: NAMES[region]![1], has: p => p[column] === region }))
  return [...NESDC.map(group => row('nesdc-6', group)), ...scheme('royal-6', 'royin'), ...scheme('nesdb-7', 'nesdb')]
}

function slug(region: string): string {
  return region.replace(/(?<=[a-z])(?=[A-Z])/g, '-').toLowerCase()
}
