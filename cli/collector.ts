import { AreaCode, DatasetId, PersonId } from '../domain/base/ids.ts'
import type { Lang } from '../domain/base/text.ts'
import type { Viewer } from '../domain/access/access.ts'
import { placesOf } from '../domain/access/can.ts'
import { areaProblems } from '../domain/area/problems.ts'
import { findByUserName, loadViewer } from '../server/access/read.viewer.ts'
import { makeToken } from '../server/access/write.token.ts'
import { addressOf, type Environment } from '../server/base/environment.ts'
import { keysFileOf } from '../server/base/keys.ts'
import type { Db } from '../server/db/db.ts'
import { findServing } from '../server/db/embedded.ts'
import { OPERATOR, readAs, writeAs } from '../server/db/scope.ts'
import { scopeOf } from '../server/http/viewer.ts'
import { withDatabase } from './database.ts'
import { cliProblems } from './problems.ts'

type Options = { area: string; dataset?: string; as: string; days: string }

/** Prints the address that is typed into ODK Collect as the server's, with a new key of the collector's in it. */
export async function printToken({ area: code, dataset, as, days }: Options, lang: Lang): Promise<void> {
  const area = AreaCode.safeParse(code), id = dataset === undefined ? null : DatasetId.parse(dataset)
  if (!area.success) throw areaProblems.notFound({ code: code as AreaCode })
  await withDatabase(lang, async ({ app }, environment) => {
    const viewer = await getViewer(app, as)
    const { secret } = await writeAs(app, scopeOf(viewer, placesOf(viewer, 'collect')), tx =>
      makeToken(tx, viewer, { name: `rakkaeo collector token ${code}`, areas: [area.data], days: Number(days), kind: 'collector', datasets: id && [id] }))
    console.log(`${await serverOf(environment)}/api/key/${secret}`)
  })
}

/** Somebody at their own command line acts as this person. */
export async function getViewer(app: Db, userName: string): Promise<Viewer> {
  const id = await readAs(app, OPERATOR, tx => findByUserName(tx, userName))
  const viewer = id && await loadViewer(app, PersonId.parse(id), 'operator', null)
  if (!viewer) throw cliProblems.noSuchPerson({ name: userName })
  return viewer
}

/** Where a server of this data folder listens now; else where it would. */
async function serverOf(environment: Environment): Promise<string> {
  const serving = environment.databaseUrl || environment.url ? null : await findServing(environment.dataFolder, keysFileOf(environment)).catch(() => null)
  return serving ?? addressOf(environment)
}
