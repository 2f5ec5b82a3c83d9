import { createWriteStream } from 'node:fs'
import { rename, rm, stat } from 'node:fs/promises'
import { userInfo } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { AreaCode } from '../domain/base/ids.ts'
import type { Lang } from '../domain/base/text.ts'
import { NATION } from '../domain/area/rules.ts'
import { placesOf } from '../domain/access/can.ts'
import { accessProblems } from '../domain/access/problems.ts'
import { whoGives } from '../domain/access/rules.ts'
import { areaProblems } from '../domain/area/problems.ts'
import { openFileStore } from '../server/base/file-store.ts'
import { reasonOf } from '../server/base/folder.ts'
import { makeSeal } from '../server/base/seal.ts'
import type { Db } from '../server/db/db.ts'
import { OPERATOR, streamAs, witnessAs, type Scope } from '../server/db/scope.ts'
import { scopeOf } from '../server/http/viewer.ts'
import { isWhole, lookingIn, operatorIn } from '../server/package/read.whose.ts'
import { packageFile, type Wanted } from '../server/package/read.zip.ts'
import { notePackage } from '../server/package/write.note.ts'
import { getViewer } from './collector.ts'
import { withDatabase } from './database.ts'
import { cliProblems } from './problems.ts'

type Options = { out: string; as?: string; purpose?: string }

/** Everything of a place as one ZIP, the very file that the person would download from the site; without a person all of it, as the operator. */
export async function exportArea(code: string, { out, as, purpose }: Options, lang: Lang): Promise<void> {
  const area = AreaCode.safeParse(code)
  if (!area.success) throw areaProblems.notFound({ code })
  const whole = await withDatabase(lang, async ({ app, keys }, { dataFolder }) => {
    const { scope, ...wanted } = await wantedBy(app, area.data, as, purpose)
    await witnessAs(app, scope, tx => notePackage(tx, wanted.looking, area.data))
    const { body } = packageFile({ files: openFileStore(join(dataFolder, 'files')), seal: makeSeal(keys) }, wanted)
    await streamAs(app, scope, tx => writeWhole(out, (body as (tx: unknown) => AsyncIterable<Uint8Array>)(tx)))
    return isWhole(wanted.looking)
  })
  const bytes = (await stat(out)).size.toLocaleString(lang)
  console.log(lang === 'th' ? `เขียน ${out} แล้ว ${bytes} ไบต์` : `Wrote ${out}, ${bytes} bytes.`)
  if (!whole) console.log(lang === 'th' ? 'ชุดนี้ไม่ครบ เพราะบางช่องไม่ใช่สำหรับผู้นี้ จึงนำเข้าเครื่องอื่นไม่ได้ ดูใน README.txt' : 'It is not complete, since some fields are not for this person, and cannot be imported: see its README.txt.')
}

async function wantedBy(app: Db, area: AreaCode, as: string | undefined, purpose: string | undefined): Promise<Wanted & { scope: Scope }> {
  const viewer = as === undefined ? null : await getViewer(app, as), places = viewer ? placesOf(viewer, 'review-records') : [NATION]
  if (places.length === 0) throw accessProblems.noRight({ right: 'review-records', ask: whoGives('review-records') })
  const looking = lookingIn(viewer ?? operatorIn(area), places, area, purpose)
  return { area, looking, at: new Date(), madeBy: viewer?.person.name ?? userInfo().username, scope: viewer ? scopeOf(viewer, places) : OPERATOR }
}

/** Under another name until it is whole. */
async function writeWhole(file: string, pieces: AsyncIterable<Uint8Array>): Promise<void> {
  const draft = `${file}.part`
  try {
    await pipeline(Readable.from(pieces, { objectMode: false }), createWriteStream(draft, { mode: 0o600 }))
    await rename(draft, file)
  } catch (error) {
    await rm(draft, { force: true })
    throw (error as NodeJS.ErrnoException).syscall ? cliProblems.cannotWrite({ file, reason: reasonOf(error) }) : error
  }
}
