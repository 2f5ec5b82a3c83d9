import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { readEnvironment } from '../server/base/environment.ts'
import { openEmbedded } from '../server/db/embedded.ts'
import { openDatabase } from '../server/db/open.ts'
import { printSchema } from '../server/db/schema.ts'

/** Migrates an empty database, which is thrown away afterwards, and prints what came out. */
async function dump(folder: string): Promise<string> {
  const environment = readEnvironment({ RAKKAEO_DATA: join(folder, 'data'), RAKKAEO_KEYS: join(folder, 'keys') })
  const house = await openEmbedded(join(folder, 'data'), join(folder, 'keys'), null)
  try {
    await (await openDatabase(environment, 'command')).close()
    const client = new pg.Client(house.admin)
    await client.connect()
    return await printSchema(client).finally(() => client.end())
  } finally {
    await house.close()
  }
}

const folder = mkdtempSync(join(tmpdir(), 'rakkaeo-schema-'))
try {
  writeFileSync(new URL('../db/schema.sql', import.meta.url), await dump(folder))
} finally {
  rmSync(folder, { recursive: true, force: true })
}
