import { readdir } from 'node:fs/promises'
import { join } from 'node:path'

const SHELF = /^[0-9a-f]{2}$/, NAME = /^[0-9a-f]{64}$/

/** The names of all kept files, shelf by shelf. A file is there before any row that speaks of it: listed after the snapshot, none is missed. */
export async function* listFiles(folder: string): AsyncGenerator<string> {
  for (const first of await listNames(folder, SHELF)) {
    for (const second of await listNames(join(folder, first), SHELF)) yield* await listNames(join(folder, first, second), NAME)
  }
}

async function listNames(folder: string, wanted: RegExp): Promise<string[]> {
  const names = await readdir(folder).catch(error => { if (error.code === 'ENOENT') return []; throw error })
  return names.filter(name => wanted.test(name)).sort()
}
