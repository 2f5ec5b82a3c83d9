import { mkdtemp, rm } from 'node:fs/promises'
import { get } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readEnvironment } from '../server/base/environment.ts'
import { openDatabase, type Database } from '../server/db/open.ts'
import { startServer } from '../tests/setup/server.ts'

/** The real server with the real seed, and its database at the same time. */
export type World = { address: string; database: Database; end: () => Promise<void> }

export async function openWorld(): Promise<World> {
  const folder = await mkdtemp(join(tmpdir(), 'rakkaeo-bench-'))
  const data = join(folder, 'data')
  const server = await startServer(data, { RAKKAEO_RATE_LIMIT: '0' })
  const database = await openDatabase(readEnvironment({ RAKKAEO_DATA: data, RAKKAEO_KEYS: `${data}.keys` }), 'command')
  const end = async () => {
    await database.close()
    await server.stop()
    await rm(folder, { recursive: true, force: true })
  }
  return { address: server.address, database, end }
}

/** What came over the wire, still compressed as it was sent. */
export type Reply = { status: number; bytes: number; body: Buffer }

/** As a browser asks: gzip accepted, the connection kept. */
export function ask(url: string, encoding = 'gzip'): Promise<Reply> {
  return new Promise((done, fail) => {
    get(url, { headers: { 'accept-encoding': encoding } }, reply => {
      const pieces: Buffer[] = []
      reply.on('data', (piece: Buffer) => pieces.push(piece)).on('error', fail)
        .on('end', () => done({ status: reply.statusCode ?? 0, bytes: pieces.reduce((sum, piece) => sum + piece.length, 0), body: Buffer.concat(pieces) }))
    }).on('error', fail)
  })
}

/** A number that is no success would be a measure of the error page. */
export async function mustAsk(url: string): Promise<Reply> {
  const reply = await ask(url)
  if (reply.status !== 200) throw new Error(`${url} answered ${reply.status}`)
  return reply
}
