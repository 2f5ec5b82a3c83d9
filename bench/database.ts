import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { findKeys } from '../server/base/keys.ts'

/** The database of a server's folder as its owner. */
export function ownerOf(data: string): string {
  const keys = findKeys(`${data}.keys`), port = Number(readFileSync(join(data, 'postgres/postmaster.pid'), 'utf8').split('\n')[3])
  return `postgres://rakkaeo:${keys?.superuser}@127.0.0.1:${port}/rakkaeo`
}

/** `BENCH_DATABASE_URL`: an empty database on a server of one's own, as its superuser, in the place of the embedded one. */
const OWN = process.env['BENCH_DATABASE_URL']

export const ownerAt = (data: string): string => OWN ?? ownerOf(data)
export const settingsFor = (data: string): NodeJS.ProcessEnv => ({ RAKKAEO_DATA: data, RAKKAEO_KEYS: `${data}.keys`, ...OWN ? { DATABASE_URL: OWN } : {} })
