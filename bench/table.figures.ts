import { createWriteStream, readFileSync } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { parse } from 'csv-parse/sync'
import { BUDDHIST_ERA_OFFSET } from '../domain/base/era.ts'

const HEADER = ['ปี', 'รหัส', 'จังหวัด', 'อำเภอ', 'ตำบล', 'ประชากรตามทะเบียน', 'ชาย', 'หญิง', 'บ้าน', 'หมายเหตุ']
const PEOPLE = 4_000, HOUSES = 1_500

/** Registered population as its publisher has it: a row for each tambon and year, of those tambons that were there in all of these years. Gives how many rows. */
export async function writeFigureTable(path: string, from: number, until: number): Promise<number> {
  const areas = parse(readFileSync(new URL('../seed/area/area.csv', import.meta.url)), { columns: true }) as Record<string, string>[], names = new Map(areas.map(row => [row['code'], row['name_th'] ?? '']))
  const tambons = areas.filter(row => row['type'] === 'tambon' && row['valid_until'] === '' && (row['valid_from'] ?? '') < String(from)).map(row => row['code'] as string)
  await pipeline(function* () {
    yield HEADER.join(',') + '\n'
    for (let year = from; year <= until; year++) yield tambons.map((code, i) => {
      const men = (i * 7 + year) % PEOPLE, women = (i * 11 + year) % PEOPLE
      return [year + BUDDHIST_ERA_OFFSET, code.slice(2), names.get(code.slice(0, 4)), names.get(code.slice(0, 6)), names.get(code), men + women, men, women, (i * 3 + year) % HOUSES, ''].join(',') + '\n'
    }).join('')
  }, createWriteStream(path))
  return tambons.length * (until - from + 1)
}
