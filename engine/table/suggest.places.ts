import type { TableColumn, TableTarget } from '../../domain/table/table.ts'
import { fold } from '../text/fold.ts'

/** Whether this is the name of a province and of nothing else. */
export type IsProvince = (name: string) => boolean
type Score = { target: TableTarget; score: number }

const CODE = String.raw`(?:code|id|pcode|รหัส)`, WITH_LANGUAGE = '(?:th|thai|en|eng|name|raw|ไทย|อังกฤษ)*'
const LEVELS = {
  province: '(?:จังหวัด|changwat|province|prov|adm1|จว)', district: '(?:อำเภอ|เขต|อำเภอเขต|amphoe|amphor|amphur|ampur|district|khet|adm2)',
  tambon: '(?:ตำบล|แขวง|ตำบลแขวง|tambon|tambol|tumbon|subdistrict|khwaeng|adm3)', village: '(?:หมู่บ้าน|หมู่ที่|หมู่|หมู่บ้านชุมชน|บ้าน|ชุมชน|village|moo|mu|muban|vill)',
}
/** The finer the place that a code names, the more it says; the number of a village says more than its name. */
const NAMES: [RegExp, TableTarget, number][] = [
  ...(['village', 'tambon', 'district', 'province'] as const).map((level, i): [RegExp, TableTarget, number] => [new RegExp(`^(?:${CODE}${LEVELS[level]}|${LEVELS[level]}${CODE})(?:parsed)?$`), 'place-code', 1 - i / 20]),
  [/^(?:รหัสพื้นที่|รหัสสถานที่|geocode|areacode|pcode|adminpcode|รหัสdopa|dopacode|รหัสมหาดไทย)$/, 'place-code', 1],
  [new RegExp(`^(?:หมู่ที่|หมู่|moo|mu)$`), 'village', 1],
  ...(['province', 'district', 'tambon', 'village'] as const).map((level): [RegExp, TableTarget, number] => [new RegExp(`^(?:ชื่อ|name)?${LEVELS[level]}${WITH_LANGUAGE}$`), level, 0.97]),
  // what it is called after is often the tambon; the code of one, or its name, says more
  [/^(?:ชื่อ)?(?:องค์กรปกครองส่วนท้องถิ่น|องค์กรปกครอง|อปท|อบต|เทศบาล|อบตเทศบาล|เทศบาลอบต|หน่วยงานท้องถิ่น|localauthority|localgovernment|localgovt|municipality)(?:th|thai|name|ไทย)?$/, 'tambon', 0.9],
  [/^(?:ละติจูด|แลตติจูด|ละติจูดn|latitude|lat|y|latraw|ตำแหน่งละติจูด|พิกัดlat|พิกัดy|decimallatitude|latdd)$/, 'lat', 1], [/^(?:ลองจิจูด|ลองติจูด|ลองจิจูดe|longitude|long|lon|lng|x|lonraw|ตำแหน่งลองจิจูด|พิกัดlong|พิกัดlon|พิกัดx|decimallongitude|londd)$/, 'lon', 1],
  [/^(?:recordid|รหัสบันทึก|uuid|instanceid)$/, 'record-id', 1],
]
const DEGREES = /^\d{1,3}\.\d{3,}$/, BY_LOOKS = 0.6, RANGES = { lat: [5.5, 20.6], lon: [97.2, 105.8] } as const
const NEEDS: Partial<Record<TableTarget, RegExp>> = { 'place-code': /^(?:TH)?[\d๐-๙]{2,10}(?:\.0)?$/i, lat: /\d/, lon: /\d/, 'record-id': /^[0-9a-f]{8}-[0-9a-f-]{27}$/i }

/** Which part of a place or a position a column may be: by what such columns are usually called, by degrees that lie in Thailand, or by names of provinces. */
export function placeScores({ name, samples }: TableColumn, isProvince: IsProvince): Score[] {
  const key = fold(name.replace(/\([^)]*\)/g, '')).replaceAll(' ', ''), looks: Score['target'] | null = looksOf(samples) ?? (samples.length > 1 && samples.every(isProvince) ? 'province' : null)
  const named = NAMES.find(([pattern, target]) => pattern.test(key) && samples.every(sample => NEEDS[target]?.test(sample) ?? true))
  return [...named ? [{ target: named[1], score: named[2] }] : [], ...looks && looks !== named?.[1] ? [{ target: looks, score: BY_LOOKS }] : []]
}

function looksOf(samples: readonly string[]): 'lat' | 'lon' | null {
  if (samples.length < 2 || !samples.every(sample => DEGREES.test(sample))) return null
  const within = ([least, most]: readonly [number, number]) => samples.every(sample => Number(sample) >= least && Number(sample) <= most)
  return within(RANGES.lat) ? 'lat' : within(RANGES.lon) ? 'lon' : null
}
