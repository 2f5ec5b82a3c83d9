import type { AddressInfo } from 'node:net'
import type { FastifyInstance } from 'fastify'
import type { Lang } from '../domain/base/text.ts'
import { readEnvironment, type Environment } from '../server/base/environment.ts'
import { reasonOf } from '../server/base/folder.ts'
import { startProblems } from '../server/base/problems.ts'
import { openDatabase, type Database } from '../server/db/open.ts'
import { makeApp } from '../server/app.ts'
import { say } from './texts.ts'

/** Serves until a signal comes: then finishes what is being asked, and stops the database. */
export async function start(lang: Lang): Promise<void> {
  const environment = readEnvironment(process.env)
  console.log(`${say.startingDatabase[lang]}…`)
  const database = await openDatabase(environment, 'server', step => console.log(`${say.migrating[lang]}: ${step}`))
  try {
    const app = await makeApp(environment, database)
    const address = await listen(app, environment)
    await database.announce(address)
    console.log(`${say.ready[lang]} ${address}\n${say.stopHint[lang]}`)
    await untilStopped()
    console.log(say.stopping[lang])
    await app.close()
  } finally {
    await database.close()
  }
  console.log(say.stopped[lang])
}

async function listen(app: FastifyInstance, { host, port, url }: Environment): Promise<string> {
  try {
    await app.listen({ host, port })
  } catch (error) {
    throw reasonOf(error) === 'EADDRINUSE' ? startProblems.portTaken({ host, port }) : startProblems.cannotListen({ host, port, reason: reasonOf(error) })
  }
  return url ?? `http://${host}:${(app.server.address() as AddressInfo).port}`
}

function untilStopped(): Promise<void> {
  return new Promise(resolve => { for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => resolve()) })
}
