import { open } from 'node:fs/promises'
import type { ListedErasure } from '../../domain/privacy/privacy.ts'
import { privacyProblems } from '../../domain/privacy/problems.ts'
import { reasonOf } from '../base/folder.ts'
import type { Seal } from '../base/seal.ts'
import { coreOf } from '../../engine/match/person.ts'

export type ErasureList = { add(erasure: ListedErasure): Promise<void> }

/** A name as the list knows it: nobody without the keys can try names out. */
export const hashOfName = (seal: Seal, name: string): string => seal.hash(`name ${coreOf(name)}`).toString('base64')

/**
 * Adds a line and has it on the disk before the transaction of the erasure ends: what is erased is always in the list. What failed in its very
 * last moment is in it too, and somebody had asked for it. A new line comes first, so that one that was cut short spoils no other.
 */
export function openErasureList(file: string): ErasureList {
  return { add: erasure => append(file, `\n${JSON.stringify(erasure)}`).catch(error => { throw privacyProblems.notListed({ file, reason: reasonOf(error) }) }) }
}

async function append(path: string, text: string): Promise<void> {
  const file = await open(path, 'a', 0o600)
  await file.appendFile(text).then(() => file.sync()).finally(() => file.close())
}
