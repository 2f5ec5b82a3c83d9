import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import sharp from 'sharp'
import { writeSeed } from '../make-seed/out.ts'
import { SCENES, toSvg } from './records.pictures.ts'
import { listVillages, makeAttraction, makeFarmer, makeWaterSource, spread, type Made } from './records.province.ts'

/** Makes seed/demo/records/province/*.json and seed/demo/records/pictures/*.jpg; the tambon's records beside them are written by hand. */

const PICTURES = join(import.meta.dirname, '../../seed/demo/records/pictures'), WIDTH = 640, QUALITY = 62
/** Brought in for the province by who may bring in files; nobody collects there. */
const BY = 'pricha'

const villages = listVillages('TH58', 'TH580703')
const made: Record<string, Made[]> = {
  attraction: spread(villages, 40, 5801, makeAttraction), 'water-source': spread(villages, 60, 5802, makeWaterSource), farmer: spread(villages, 50, 5803, makeFarmer),
}
for (const [dataset, records] of Object.entries(made)) writeSeed(`demo/records/province/${dataset}.json`, `{ "by": "${BY}", "records": [\n${records.map(record => ` ${JSON.stringify(record)}`).join(',\n')}\n] }\n`)

mkdirSync(PICTURES, { recursive: true })
for (const [name, scene] of Object.entries(SCENES)) writeFileSync(join(PICTURES, `${name}.jpg`), await sharp(Buffer.from(toSvg(scene))).resize(WIDTH).jpeg({ quality: QUALITY, mozjpeg: true }).toBuffer())
