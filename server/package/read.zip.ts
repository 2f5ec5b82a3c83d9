import type { AreaCode } from '../../domain/base/ids.ts'
import type { FileReply } from '../../domain/base/api.ts'
import { FORMAT, MANIFEST, type Manifest, type PartFile } from '../../domain/package/package.ts'
import { factField } from '../../domain/package/rules.ts'
import { namesOf } from '../access/read.ts'
import type { FileStore } from '../base/file-store.ts'
import type { Seal } from '../base/seal.ts'
import { version } from '../base/version.ts'
import type { Reader } from '../db/db.ts'
import type { Looking } from '../record/read.answers.ts'
import { listHeld, withheldOf, type Held } from './read.contents.ts'
import { packLoose, packOriginal } from './read.original.ts'
import { packed, type Packer } from './read.pack.ts'
import { packPhotos, PHOTOS_HEAD, PHOTOS_PATH, type Placed } from './read.photos.ts'
import { readmeOf } from './read.readme.ts'
import { packTables, resourcesOf, TABULAR } from './read.tables.ts'
import { isWhole } from './read.whose.ts'

export type PackageParts = { files: FileStore; seal: Seal }
/** Of which place, for whom, and when; `madeBy` is the name that stands in it. */
export type Wanted = { area: AreaCode; looking: Looking; madeBy: string; at: Date }

/** By which a machine knows that citizens' numbers were sealed with its own keys. It is of no number, and tells nothing of the keys. */
export function fingerprintOf(seal: Seal): string {
  return seal.hash('rakkaeo package').toString('hex').slice(0, 32)
}

/** Everything of a place as one ZIP, in one view of the data, sent while it is read. */
export function packageFile(parts: PackageParts, wanted: Wanted): FileReply {
  return { name: `rakkaeo-${wanted.area}-${dayOf(wanted.at)}.zip`, type: 'application/zip', body: tx => packed(wanted.at, packer => pack(tx, packer, parts, wanted)) }
}

const dayOf = (at: Date) => at.toISOString().slice(0, 10)

async function pack(tx: Reader, packer: Packer, { files, seal }: PackageParts, { area, looking, madeBy, at }: Wanted): Promise<void> {
  const whole = isWhole(looking), held = await listHeld(tx, area), withheld = withheldOf(held, looking), areaName = (await namesOf(tx, [area])).get(area) ?? { th: area, en: area }
  await packer.add('README.txt', `\ufeff${readmeOf({ areaName, madeBy, day: dayOf(at), whole, withheld })}`)
  await packer.add('datapackage.json', JSON.stringify(descriptorOf(held, looking, { area, areaName, at, whole, withheld }), null, 2))
  for (const each of held) await packTables(tx, packer, each, looking)
  const placed: Placed = { paths: new Map(), taken: new Set() }
  await packPhotos(tx, packer, files, held, looking, placed)
  const lost = whole ? await packLoose(tx, packer, files, area, placed) : 0
  const original: PartFile[] = await packOriginal(tx, packer, area, whole, placed)
  const manifest: Manifest = { format: FORMAT.name, version: FORMAT.version, program: version, area, packedAt: at.toISOString(), madeBy, whole, keys: fingerprintOf(seal), parts: original, withheld, lost }
  await packer.add(MANIFEST, JSON.stringify(manifest, null, 2))
}

function descriptorOf(held: readonly Held[], looking: Looking, { area, areaName, at, ...rest }: { area: AreaCode; areaName: { th: string; en: string }; at: Date; whole: boolean; withheld: Manifest['withheld'] }): object {
  return {
    name: `rakkaeo-${area.toLowerCase()}`, profile: 'data-package', title: `${areaName.th} · ${areaName.en}`, created: at.toISOString(), area, ...rest,
    resources: [...held.flatMap(each => resourcesOf(each, looking)), { name: 'photos', path: PHOTOS_PATH, title: 'ภาพถ่ายและไฟล์ · photographs and files', ...TABULAR, schema: { fields: PHOTOS_HEAD.map(factField), missingValues: [''] } }],
  }
}
