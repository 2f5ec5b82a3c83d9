import { rm } from 'node:fs/promises'
import pg from 'pg'
import { inject } from 'vitest'
import type { FastifyInstance } from 'fastify'
import { makeApp } from '../../server/app.ts'
import { openDatabase, type Database } from '../../server/db/open.ts'
import { environmentOf, filesFolderOf, makeTemplate } from './database.ts'
import { whenFileEnds } from './leave.ts'

export type Fresh = Database & { name: string; /** For tests that must look or break things as the owner. */ url: string }
let made = 0

/** A database of its own for a test file: with all of seed/, or only with the schema. It goes when the file is done. */
export async function freshDatabase(content: 'seeded' | 'empty' = 'seeded'): Promise<Fresh> {
  const cluster = inject('cluster')
  const name = `clone_${process.pid}_${++made}_${Date.now().toString(36)}`
  await asAdmin(cluster.address, async admin => admin.query(`create database ${name} template ${await makeTemplate(admin, cluster, content)} strategy file_copy`))
  const database = await openDatabase(environmentOf(cluster, name), 'command')
  const close = async () => {
    await database.close()
    await asAdmin(cluster.address, admin => admin.query(`drop database if exists ${name} with (force)`))
    await rm(filesFolderOf(name), { recursive: true, force: true })
  }
  whenFileEnds(close)
  return { ...database, name, url: `${cluster.address}/${name}` }
}

/** The whole server over a database, with other settings if they matter, to be asked by `app.inject`. */
export async function startApp(database: Fresh, settings: Record<string, string> = {}): Promise<FastifyInstance> {
  const app = await makeApp(environmentOf(inject('cluster'), database.name, settings), database)
  whenFileEnds(() => app.close())
  return app
}

/** One test file at a time, across processes. */
export async function inTurn(name: string, work: () => Promise<unknown>): Promise<void> {
  await asAdmin(inject('cluster').address, async admin => {
    await admin.query('select pg_advisory_lock(hashtext($1))', [name])
    await work()
  })
}

async function asAdmin(address: string, work: (admin: pg.Client) => Promise<unknown>): Promise<void> {
  const admin = new pg.Client({ connectionString: `${address}/postgres` })
  await admin.connect()
  try { await work(admin) } finally { await admin.end() }
}
