import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { gunzipSync } from 'node:zlib'
import { parse } from 'csv-parse/sync'
import { outlinesOf } from '../../engine/geo/outline.ts'
import { makeLocator } from '../../engine/geo/locate.ts'

/** Invented records of a province's villages: few kinds, spread as the real villages are. The same seed gives the same records. */

const SEED = fileURLToPath(new URL('../../seed', import.meta.url))
type Village = { code: string; name: string; lat: number; lon: number }
type Answers = Record<string, string | number | object[]>
export type Made = { day: string; picture?: string; answers: Answers }
type Dice = { below(n: number): number; one<T>(of: readonly T[]): T }

/** Numbers that follow from the one before (minimal standard of Park and Miller). */
function makeDice(seed: number): Dice {
  let state = seed
  const below = (n: number) => { state = state * 48271 % 2147483647; return state % n }
  return { below, one: of => of[below(of.length)] as (typeof of)[number] }
}

/** Today's villages whose place is known and lies in their own tambon, without those of one tambon. */
export function listVillages(province: string, without: string): Village[] {
  const locate = makeLocator(outlinesOf(JSON.parse(gunzipSync(readFileSync(`${SEED}/boundary/${province}.tambon.topojson.gz`)).toString())))
  const rows = parse(gunzipSync(readFileSync(`${SEED}/area/village.csv.gz`)), { columns: true, bom: true }) as Record<string, string>[]
  return rows.filter(({ code, valid_until }) => code?.startsWith(province) && !code.startsWith(without) && !valid_until)
    .map(({ code, name_th, lat, lon }) => ({ code: code as string, name: name_th as string, lat: Number(lat), lon: Number(lon) }))
    .filter(({ code, lat, lon }) => lat > 0 && locate(lon, lat)?.code === code.slice(0, 8))
}

/** In each of so many villages one of a kind. */
export function spread(villages: readonly Village[], count: number, seed: number, make: (village: Village, dice: Dice) => Made): Made[] {
  const dice = makeDice(seed), left = [...villages]
  return Array.from({ length: count }, () => make(left.splice(dice.below(left.length), 1)[0] as Village, dice))
}

const positionOf = ({ lat, lon }: Village, dice: Dice) => `${lat.toFixed(5)} ${lon.toFixed(5)} 0 ${4 + dice.below(8)}`
const dayOf = (dice: Dice) => `2026-${String(1 + dice.below(10)).padStart(2, '0')}-${String(1 + dice.below(28)).padStart(2, '0')}`

const SIGHTS = [['waterfall', 'น้ำตก', 'waterfall'], ['nature', 'จุดชมวิว', 'viewpoint'], ['cave', 'ถ้ำ', 'cave'], ['culture', 'ทางเดินชมหมู่บ้าน', 'village'], ['ecotourism', 'ทุ่งนา', 'rice-field']] as const

export function makeAttraction(village: Village, dice: Dice): Made {
  const [kind, thing, picture] = dice.one(SIGHTS)
  return { day: dayOf(dice), picture, answers: {
    village: village.code, title: `${thing}${village.name} (ตัวอย่าง)`, kind, status: dice.one(['open', 'open', 'open', 'potential']),
    description: `ที่เที่ยวสมมุติของ${village.name}`, not_public: 'no', visitor_wish: dice.one(['more', 'same']), position: positionOf(village, dice), access: dice.one(['car motorcycle', 'motorcycle foot', 'car_dry']),
    condition: dice.one(['good', 'good', 'fair', 'worn']), managed_by: dice.one(['community', 'lao', 'nobody']),
  } }
}

const WATERS = [['weir', 'ฝาย', 'weir'], ['mountain_piped', 'ประปาภูเขา', 'tank'], ['pond', 'สระน้ำ', 'pond'], ['shallow_well', 'บ่อน้ำ', 'well'], ['stream', 'ห้วย', 'stream']] as const

export function makeWaterSource(village: Village, dice: Dice): Made {
  const [kind, thing, picture] = dice.one(WATERS), isDry = dice.below(4) === 0
  return { day: dayOf(dice), picture, answers: {
    village: village.code, title: `${thing}${village.name} (ตัวอย่าง)`, kind, ...kind === 'mountain_piped' && { raw_water: 'spring' }, status: dice.one(['working', 'working', 'partly', 'broken']),
    position: positionOf(village, dice), owner_kind: 'community', year_round: isDry ? 'no' : 'yes', ...isDry && { months: '06 07 08 09 10 11' }, enough: isDry ? 'often_short' : 'enough',
    uses: 'household crops', households: 10 + dice.below(80), water_signs: dice.one(['clear', 'clear', 'turbid']), problems: dice.one(['none', 'silted', 'leak', 'dries']), managed_by: dice.one(['village', 'user_group', 'lao']),
  } }
}

const NAMES = [['mr', 'สมพงษ์'], ['mrs', 'คำแสง'], ['mr', 'บุญมี'], ['mrs', 'ทองใบ'], ['mr', 'อ้าย'], ['mrs', 'เพ็ญ'], ['mr', 'สุข'], ['mrs', 'มาลี']] as const
const CROPS = [{ crop_kind: 'rice', rice_season: 'wet', kg: 420 }, { crop_kind: 'maize', kg: 640 }, { crop_kind: 'vegetable', crop_name: 'กะหล่ำปลี', kg: 2400 }, { crop_kind: 'tree_crop', crop_name: 'กาแฟ', kg: 110 }]

export function makeFarmer(village: Village, dice: Dice): Made {
  const [prefix, first_name] = dice.one(NAMES), { kg, ...crop } = dice.one(CROPS), rai = 2 + dice.below(14)
  return { day: dayOf(dice), answers: {
    village: village.code, consent: 'yes', prefix, first_name, last_name: 'ตัวอย่าง', sex: prefix === 'mr' ? 'male' : 'female', birth_year: 2500 + dice.below(40), phone: '0000000000', full_name: `${first_name} ตัวอย่าง`,
    farming_as: dice.one(['main', 'main', 'second']), registered: dice.one(['yes', 'no', 'not_renewed']), farm_workers: 1 + dice.below(4), has_plots: 'yes',
    plot: [{ land_right: dice.one(['none', 'ns3', 'ns4', 'spk']), plot_tenure: 'own', rai, plot_position: positionOf(village, dice), area_m2: rai * 1600, crop: [{ ...crop, crop_rai: rai, planting_date: '2025-06-20', harvest_date: '2026-11-20', harvest_quantity: rai * kg }] }],
    has_livestock: 'no', water_sources: dice.one(['rain', 'river', 'pond rain']), sales_channels: dice.one(['trader', 'market home', 'cooperative']),
  } }
}
