import { randomUUID } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { makeFolder } from '../base/folder.ts'
import { accountFor, canReach } from './account.ts'
import { binariesFor } from './binaries.ts'
import type { Cluster } from './cluster.ts'

/** Where a database goes that its account could not reach inside the data folder. */
const REACHABLE = '/var/lib/rakkaeo'

/** Finds the place of the embedded database of a data folder, and who runs it. */
export function clusterOf(dataFolder: string): Cluster {
  const account = accountFor(join(dataFolder, 'postgres'))
  makeFolder(dataFolder)
  const folder = canReach(account, dataFolder) ? join(dataFolder, 'postgres') : elsewhere(dataFolder)
  return { folder, account, binaries: binariesFor(account) }
}

/**
 * Started by root in a home that others cannot enter, the account of the database cannot come in either.
 * The database then lives under /var/lib/rakkaeo, and the data folder holds its address.
 */
function elsewhere(dataFolder: string): string {
  const pointer = join(dataFolder, 'postgres.at')
  if (!existsSync(pointer)) {
    makeFolder(REACHABLE)
    try {
      writeFileSync(pointer, join(REACHABLE, randomUUID()) + '\n', { flag: 'wx' })
    } catch { /* another start was faster: its address counts */ }
  }
  const home = readFileSync(pointer, 'utf8').trim()
  mkdirSync(home, { recursive: true, mode: 0o711 })
  return join(home, 'postgres')
}
