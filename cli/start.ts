import { once } from 'node:events'
import { createServer, type AddressInfo } from 'node:net'
import type { FastifyInstance } from 'fastify'
import type { Lang } from '../domain/base/text.ts'
import { makeApp } from '../server/app.ts'
import { startSealer } from '../server/audit/jobs.ts'
import { addressOf, readEnvironment, type Environment } from '../server/base/environment.ts'
import { reasonOf } from '../server/base/folder.ts'
import { keysFileOf } from '../server/base/keys.ts'
import { startProblems } from '../server/base/problems.ts'
import { findServing } from '../server/db/embedded.ts'
import type { Database } from '../server/db/open.ts'
import { openHouse } from './database.ts'
import { makeProgress, type Progress } from './progress.ts'
import { buildSite, SITE_FOLDER } from './site.ts'
import { say } from './texts.ts'

/** Serves until a signal comes: then finishes what is being asked, and stops the database. */
export async function start(lang: Lang): Promise<void> {
  const stop = stopSignal()
  try {
    await serve(readEnvironment(process.env), lang, stop)
  } catch (error) {
    if (!stop.aborted) throw error
  }
  console.log(say.stopped[lang])
}

async function serve(environment: Environment, lang: Lang, stop: AbortSignal): Promise<void> {
  await checkPort(environment)
  const [database, site] = await prepareAll(environment, makeProgress(lang), stop)
  const sealer = startSealer(database.sealer, message => console.error(message))
  try {
    const app = await makeApp(environment, database, site)
    const address = await listen(app, environment)
    console.log(`${say.ready[lang]} ${address}\n${say.stopHint[lang]}`)
    if (!stop.aborted) await once(stop, 'abort')
    console.log(say.stopping[lang])
    await app.close()
  } finally {
    await sealer.stop()
    await database.close()
  }
}

/** The site is built beside the work on the database; when one of the two fails, the other is broken off. */
async function prepareAll(environment: Environment, progress: Progress, stop: AbortSignal): Promise<[Database, string]> {
  const failed = new AbortController()
  const either = AbortSignal.any([stop, failed.signal])
  progress.step(say.startingDatabase)
  const works = [openHouse(environment, 'server', progress, either), buildSite(() => progress.step(say.buildingSite), either)] as const
  for (const work of works) work.catch(error => failed.abort(error))
  const [database] = await Promise.allSettled(works)
  if (!either.aborted && database.status === 'fulfilled') return [database.value, SITE_FOLDER]
  if (database.status === 'fulfilled') await database.value.close()
  throw either.reason
}

/** A taken port is told before anything is made. */
async function checkPort({ host, port, dataFolder, databaseUrl, keysFile }: Environment): Promise<void> {
  const probe = createServer()
  try {
    await once(probe.listen({ host, port }), 'listening')
  } catch (error) {
    const address = databaseUrl ? null : await findServing(dataFolder, keysFileOf({ dataFolder, keysFile })).catch(() => null)
    throw address ? startProblems.alreadyRunning({ folder: dataFolder, address }) : portFault(error, host, port)
  }
  probe.close()
  await once(probe, 'close')
}

function portFault(error: unknown, host: string, port: number): Error {
  return reasonOf(error) === 'EADDRINUSE' ? startProblems.portTaken({ host, port }) : startProblems.cannotListen({ host, port, reason: reasonOf(error) })
}

async function listen(app: FastifyInstance, { host, port, url }: Environment): Promise<string> {
  await app.listen({ host, port }).catch(error => { throw portFault(error, host, port) })
  return addressOf({ url, host, port: (app.server.address() as AddressInfo).port })
}

/** Ctrl-C, or what a supervisor sends. */
function stopSignal(): AbortSignal {
  const stop = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stop.abort())
  return stop.signal
}
