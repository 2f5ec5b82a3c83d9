import { publishedProvinces, shareOut, tambonCodes, tpmapFile, villageCodes, type Place } from './tpmap-files.ts'
import { writeSeed } from '../make-seed/out.ts'

/**
 * Makes seed/demo/*.csv: invented TPMAP numbers of every tambon and municipal part of Mae Hong Son, and of the villages of the demo
 * district, that add up to the published numbers of the province. Running it again gives the same bytes.
 */
const PROVINCE = '58', DISTRICT = '5807'

const province = publishedProvinces().find(({ code }) => code === PROVINCE) as Place
const tambons = shareOut(province.cells, tambonCodes(PROVINCE))
const villages = tambons.filter(({ code }) => code.startsWith(DISTRICT)).flatMap(({ code, cells }) => shareOut(cells, villageCodes(code)))

for (const part of ['common', 'poor'] as const) {
  writeSeed(`demo/demo_tpmap_2561_tambol_${part}.csv`, tpmapFile(part, tambons))
  writeSeed(`demo/demo_tpmap_2561_village_${part}.csv`, tpmapFile(part, villages))
}
