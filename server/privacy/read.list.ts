import { readFile } from 'node:fs/promises'
import { ListedErasure } from '../../domain/privacy/privacy.ts'
import { keysFileOf } from '../base/keys.ts'

/** Beside the keys, and so in no backup and in no data folder: what was lost with these is still known. */
export const erasureListOf = (environment: Parameters<typeof keysFileOf>[0]): string => `${keysFileOf(environment)}.erasures`

/** Null when there is no list: then nothing was ever erased under these keys, or it was left behind. A line that a power cut cut short belongs to nothing that was done. */
export async function readErasures(file: string): Promise<ListedErasure[] | null> {
  const text = await readFile(file, 'utf8').catch(error => { if (error.code === 'ENOENT') return null; throw error })
  return text?.split('\n').flatMap(line => ListedErasure.safeParse(jsonOf(line)).data ?? []) ?? null
}

function jsonOf(line: string): unknown {
  try { return JSON.parse(line) } catch { return null }
}
