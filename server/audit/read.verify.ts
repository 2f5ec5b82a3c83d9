import { checkSeal, type ChainLine, type Seal, type SealFault } from '../../engine/base/chain.ts'
import type { Db, Reader } from '../db/db.ts'
import { countUnsealed, listSeals, listSpan, type SealEnd } from './read.seal.ts'

/** `head`: the hash of the last seal, to be noted outside and compared later. `passed`: whether the noted one was met on the way. */
export type Verdict = { seals: number; lines: number; unsealed: number; head: string | null; passed: boolean; faults: SealFault[] }

const SEALS_AT_ONCE = 100

/** Computes the whole chain again, from the first seal to the last, in one view of the database. */
export function verify(sealer: Db, noted: string | null = null): Promise<Verdict> {
  return sealer.transaction().setAccessMode('read only').setIsolationLevel('repeatable read').execute(async tx => {
    const verdict: Verdict = { seals: 0, lines: 0, unsealed: 0, head: null, passed: noted === null, faults: [] }
    let last: SealEnd | null = null
    const ends = new Map<string, string>()
    for (;;) {
      const seals = await listSeals(tx, last?.id ?? 0, SEALS_AT_ONCE)
      if (seals.length === 0) break
      const found = await linesOf(tx, seals, ends)
      for (const seal of seals) {
        verdict.faults.push(...checkSeal(seal, last, found.get(seal.id) ?? []))
        verdict.seals++
        verdict.lines += seal.lines.length
        verdict.passed ||= seal.hash.toString('hex') === noted?.toLowerCase()
        last = seal
      }
    }
    return { ...verdict, head: last?.hash.toString('hex') ?? null, unsealed: await countUnsealed(tx) }
  })
}

/** The lines that stand now where each seal says, read in one stretch for neighbouring seals of a cluster; also those in a hole between two. */
async function linesOf(tx: Reader, seals: readonly Seal[], ends: Map<string, string>): Promise<Map<number, ChainLine[]>> {
  const found = new Map<number, ChainLine[]>()
  for (const cluster of new Set(seals.map(seal => seal.cluster))) {
    const own = seals.filter(seal => seal.cluster === cluster)
    const until = own.at(-1)?.until ?? '0'
    const lines = await listSpan(tx, { cluster, from: ends.get(cluster) ?? '0', until })
    ends.set(cluster, until)
    let at = 0
    for (const seal of own) {
      const from = at
      while (at < lines.length && BigInt((lines[at] as ChainLine).transaction) < BigInt(seal.until)) at++
      found.set(seal.id, lines.slice(from, at))
    }
  }
  return found
}
