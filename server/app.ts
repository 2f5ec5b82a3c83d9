import { join } from 'node:path'
import { sql } from 'kysely'
import type { FastifyInstance } from 'fastify'
import { accessApi } from '../domain/access/api.ts'
import { areaApi } from '../domain/area/api.ts'
import { auditApi } from '../domain/audit/api.ts'
import { changeApi } from '../domain/change/api.ts'
import { backupApi } from '../domain/backup/api.ts'
import { boardApi } from '../domain/board/api.ts'
import { checkApi } from '../domain/check/api.ts'
import { collectApi } from '../domain/collect/api.ts'
import { datasetApi } from '../domain/dataset/api.ts'
import { figureApi } from '../domain/figure/api.ts'
import { importApi } from '../domain/import/api.ts'
import { indicatorApi } from '../domain/indicator/api.ts'
import { packageApi } from '../domain/package/api.ts'
import { privacyApi } from '../domain/privacy/api.ts'
import { profileApi } from '../domain/profile/api.ts'
import { recordApi } from '../domain/record/api.ts'
import { seenApi } from '../domain/record/api.seen.ts'
import { glassApi } from '../domain/review/api.glass.ts'
import { ladderApi } from '../domain/review/api.ladder.ts'
import { reviewApi } from '../domain/review/api.ts'
import { duplicateApi } from '../domain/duplicate/api.ts'
import { roundApi } from '../domain/round/api.ts'
import { tableApi } from '../domain/table/api.ts'
import { teamApi } from '../domain/team/api.ts'
import { makeResetRoutes } from './access/routes.reset.ts'
import { accessRoutes, makeKeyRoutes } from './access/routes.ts'
import { makeFindViewer } from './access/read.viewer.ts'
import { areaRoutes } from './area/routes.ts'
import { auditRoutes } from './audit/routes.ts'
import { makeDoor, type Door } from './auth/door.ts'
import { makeMail } from './auth/mail.ts'
import { mountDoor } from './auth/mount.ts'
import type { Environment } from './base/environment.ts'
import { makeBackupKeys } from './base/backup-keys.ts'
import { backupRoutes } from './backup/routes.ts'
import { boardRoutes } from './board/routes.ts'
import { openFileStore } from './base/file-store.ts'
import { makeSeal } from './base/seal.ts'
import { openSpool } from './base/spool.ts'
import { version } from './base/version.ts'
import { changeRoutes } from './change/routes.ts'
import { startChecker } from './check/jobs.ts'
import { checkRoutes } from './check/routes.ts'
import { mountBackup } from './collect/routes.backup.ts'
import { makeCollectRoutes } from './collect/routes.ts'
import { datasetRoutes } from './dataset/routes.ts'
import type { Database } from './db/open.ts'
import { startComparer } from './duplicate/jobs.ts'
import { duplicateRoutes } from './duplicate/routes.ts'
import { figureRoutes } from './figure/routes.ts'
import { room, type Room } from './http/handler.ts'
import { makeServer } from './http/server.ts'
import { mountSite } from './http/site.ts'
import type { FindViewer } from './http/viewer.ts'
import { indicatorRoutes } from './indicator/routes.ts'
import { makePackageRoutes } from './package/routes.ts'
import { startKeeper } from './privacy/jobs.ts'
import { erasureListOf } from './privacy/read.list.ts'
import { makePrivacyRoutes } from './privacy/routes.ts'
import { openErasureList } from './privacy/write.list.ts'
import { profileRoutes } from './profile/routes.ts'
import { startFollower } from './publication/jobs.ts'
import { importRoutes } from './publication/routes.ts'
import { startReader } from './record/jobs.ts'
import { makeFindCollector } from './record/read.collector.ts'
import { makeFindDoorForm } from './record/read.door.ts'
import { mountOpenRosa } from './record/routes.openrosa.ts'
import { makeRecordRoutes } from './record/routes.ts'
import { seenRoutes } from './record/routes.seen.ts'
import { makeIngest } from './record/write.ingest.ts'
import { makeGlassRoutes } from './review/routes.glass.ts'
import { ladderRoutes, reviewRoutes } from './review/routes.ts'
import { roundRoutes } from './round/routes.ts'
import { startTables } from './table/jobs.ts'
import { mountTables } from './table/routes.give.ts'
import { makeTableRoutes } from './table/routes.ts'
import { makeInviteRoutes, teamRoutes } from './team/routes.ts'
import { acceptInvite, holdInvite } from './team/write.invite.ts'

/** What needs the door is put beside the rooms in makeApp. */
const { makeResetLink, makeCollectorKey, ...accessApiInside } = accessApi
const { makeInvite, ...teamApiInside } = teamApi
const { takeBackup: _streamed, ...collectApiInside } = collectApi
const { giveTable: _given, ...tableApiInside } = tableApi

/** Every room that answers over HTTP, one line each, in the order of the house. It stands above the rooms, so that http need not know them. */
export const rooms: Room[] = [
  room(areaApi, areaRoutes),
  room(accessApiInside, accessRoutes),
  room(auditApi, auditRoutes),
  room(teamApiInside, teamRoutes),
  room(datasetApi, datasetRoutes),
  room(roundApi, roundRoutes),
  room(importApi, importRoutes),
  room(seenApi, seenRoutes),
  room(reviewApi, reviewRoutes),
  room(ladderApi, ladderRoutes),
  room(checkApi, checkRoutes),
  room(duplicateApi, duplicateRoutes),
  room(indicatorApi, indicatorRoutes),
  room(figureApi, figureRoutes),
  room(boardApi, boardRoutes),
  room(changeApi, changeRoutes),
  room(backupApi, backupRoutes),
  room(profileApi, profileRoutes),
]

/** What the server needs of an open database. */
export type Grounds = Pick<Database, 'app' | 'public' | 'auth' | 'keys'>
type Surroundings = Pick<Environment, 'url' | 'dataFolder' | 'keysFile'>

/**
 * The whole server over an open database, with the site if it was built; not listening yet, so that tests can `inject`. What arrives is
 * read into core meanwhile, until it is closed.
 */
export async function makeApp(environment: Environment, database: Grounds, siteFolder: string | null = null): Promise<FastifyInstance> {
  const health = async () => { await sql`select from open.area limit 1`.execute(database.public) }
  const tell = (message: string) => console.error(message)
  const door = makeDoor({ environment, database }, message => tell(`sign-in: ${message}`))
  const findViewer = makeFindViewer(door)
  const collecting = makeCollecting(environment, database, door, findViewer, tell), importing = makeImporting(environment, database, findViewer, tell)
  const atTheDoor = [
    room({ makeResetLink }, makeResetRoutes(door)), room({ makeCollectorKey }, makeKeyRoutes(door.baseUrl)), room({ makeInvite }, makeInviteRoutes(door.baseUrl)),
    room(glassApi, makeGlassRoutes({ seal: makeSeal(database.keys), minutes: environment.glassMinutes, mail: makeMail(environment.door.mail), tell })), ...collecting.rooms, ...importing.rooms,
  ]
  const server = await makeServer({
    environment, pools: database, findViewer, rooms: [...rooms, ...atTheDoor], version, health,
    mount: api => { mountDoor(api, door, { hold: holdInvite, accept: acceptInvite }); collecting.mount(api); importing.mount(api) },
  })
  if (siteFolder) await mountSite(server, siteFolder, environment.url)
  return server
}

/** What telephones speak to, what reads what they sent, and the counts and figures that follow. */
function makeCollecting({ url, ...places }: Surroundings, database: Grounds, door: Door, findViewer: FindViewer, tell: (message: string) => void) {
  const files = openFileStore(join(places.dataFolder, 'files')), list = openErasureList(erasureListOf(places)), seal = makeSeal(database.keys), keys = makeBackupKeys(database.keys)
  const reader = startReader(database.app, seal, tell), follower = startFollower(database.app, tell), comparer = startComparer(database.app, tell), checker = startChecker(database.app, tell), keeper = startKeeper(database.app, files, tell)
  const ingest = makeIngest(database.app, () => reader.wake())
  const findForm = makeFindDoorForm(database.public)
  return {
    rooms: [room(recordApi, makeRecordRoutes({ files, seal })), room(packageApi, makePackageRoutes({ files, seal })), room(privacyApi, makePrivacyRoutes({ files, seal, list })), room(collectApiInside, makeCollectRoutes({ door, files, seal, keys }))],
    mount: (api: FastifyInstance) => {
      mountOpenRosa(api, { database, publicUrl: url, findCollector: makeFindCollector(door), findForm, files, seal, ingest })
      mountBackup(api, { app: database.app, findViewer, findForm, files, seal, ingest, keys })
      api.addHook('onClose', async () => { await Promise.all([reader.stop(), follower.stop(), comparer.stop(), checker.stop(), keeper.stop()]) })
    },
  }
}

/** Tables that become records: their files lie beside the database until they are in. */
function makeImporting({ dataFolder }: Surroundings, { app, keys }: Grounds, findViewer: FindViewer, tell: (message: string) => void) {
  const spool = openSpool(join(dataFolder, 'tables')), worker = startTables({ app, spool, seal: makeSeal(keys), tell })
  return {
    rooms: [room(tableApiInside, makeTableRoutes({ spool, wake: worker.wake }))],
    mount: (api: FastifyInstance) => {
      mountTables(api, { app, spool, findViewer })
      api.addHook('onClose', () => worker.stop())
    },
  }
}
