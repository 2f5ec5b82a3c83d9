import { createHash } from 'node:crypto'

/** One audit line as text, each part as the database prints it. */
export type ChainLine = {
  id: number; area: string; at: string; cluster: string; transaction: string
  actor: string | null; actorName: string | null; kind: string; action: string; target: string | null; about: string | null; reason: string | null
}
/** A link of the chain: the lines of the transactions in [from, until), in the order (transaction, id). */
export type Seal = {
  id: number; cluster: string; from: string; until: string
  lines: readonly number[]; hashes: Buffer; previous: Buffer; hash: Buffer
}
/** What is wrong with what was sealed: a line by its number, or (line null) the seal itself. */
export type SealFault = { seal: number; line: number | null; what: 'line-changed' | 'line-removed' | 'line-inserted' | 'seal-changed' | 'seal-missing' }

const BYTES = 32
/** What stands before the first seal. */
export const BEGINNING = Buffer.alloc(BYTES)

/** SHA-256 over all parts of the line, its number and transaction included: two lines cannot change places unseen. */
export function hashLine(line: ChainLine): Buffer {
  const parts = [line.id, line.area, line.at, line.cluster, line.transaction, line.actor, line.actorName, line.kind, line.action, line.target, line.about, line.reason]
  return createHash('sha256').update(JSON.stringify(parts)).digest()
}

/** The next link after `last` (null: the first one). */
export function makeSeal(last: Pick<Seal, 'id' | 'hash'> | null, span: Pick<Seal, 'cluster' | 'from' | 'until'>, lines: readonly ChainLine[]): Seal {
  const open = { ...span, id: (last?.id ?? 0) + 1, lines: lines.map(line => line.id), hashes: Buffer.concat(lines.map(hashLine)), previous: last?.hash ?? BEGINNING }
  return { ...open, hash: hashSeal(open) }
}

function hashSeal({ id, cluster, from, until, lines, hashes, previous }: Omit<Seal, 'hash'>): Buffer {
  return createHash('sha256').update(previous).update(JSON.stringify([id, cluster, from, until, lines])).update(hashes).digest()
}

/** What is wrong with one link: its place in the chain, and the lines that now stand where it sealed them. */
export function checkSeal(seal: Seal, last: Pick<Seal, 'id' | 'hash'> | null, found: readonly ChainLine[]): SealFault[] {
  return [...checkLink(seal, last), ...checkLines(seal, found)]
}

function checkLink(seal: Seal, last: Pick<Seal, 'id' | 'hash'> | null): SealFault[] {
  const next = (last?.id ?? 0) + 1
  if (seal.id !== next) return [{ seal: next, line: null, what: 'seal-missing' }]
  const holds = seal.hash.equals(hashSeal(seal)) && seal.previous.equals(last?.hash ?? BEGINNING)
  return holds ? [] : [{ seal: seal.id, line: null, what: 'seal-changed' }]
}

function checkLines(seal: Seal, found: readonly ChainLine[]): SealFault[] {
  const sealed = new Map(seal.lines.map((id, i) => [id, seal.hashes.subarray(i * BYTES, (i + 1) * BYTES)]))
  const met = new Set<number>()
  const faults: SealFault[] = []
  for (const line of found) {
    const hash = met.has(line.id) ? undefined : sealed.get(line.id)
    met.add(line.id)
    if (!hash) faults.push({ seal: seal.id, line: line.id, what: 'line-inserted' })
    else if (!hash.equals(hashLine(line))) faults.push({ seal: seal.id, line: line.id, what: 'line-changed' })
  }
  for (const id of sealed.keys()) if (!met.has(id)) faults.push({ seal: seal.id, line: id, what: 'line-removed' })
  return faults.sort((a, b) => (a.line ?? 0) - (b.line ?? 0))
}
