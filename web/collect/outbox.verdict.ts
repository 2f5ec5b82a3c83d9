import type { Text } from '../../domain/base/text.ts'
import { collectProblems } from './problems.ts'

/** What came back from the line; null where nothing did. */
export type Came = { status: number; header: (name: string) => string | null; text: string } | null
/**
 * What an answer means for an entry: taken; to wait with it (`all`: with every entry; `signIn`: until somebody signs in); or that it
 * will not be taken as it is.
 */
export type Verdict = { kind: 'taken' } | { kind: 'hold'; why: Text; all: boolean; signIn?: true; afterMs?: number } | { kind: 'refused'; why: Text }

const TAKEN = [201, 202], SIGN_IN = 401, TOO_MANY = 429, FAULTS = 500
/** The caller's fault by its number, but of the line by what it says. */
const OF_THE_LINE = ['submission/cut-short', 'submission/not-multipart']
/** What stands in a status alone is believed only of our own server: a Wi-Fi's door answers for everybody with what it likes. */
const isOurs = (came: NonNullable<Came>) => came.header('x-openrosa-version') !== null

export function judge(came: Came): Verdict {
  if (came === null) return { kind: 'hold', why: sayOf(collectProblems.offline({})), all: true }
  if (!isOurs(came)) return { kind: 'hold', why: sayOf(came.status >= FAULTS ? collectProblems.serverBusy({}) : collectProblems.notServer({})), all: true }
  const { status } = came
  if (TAKEN.includes(status)) return { kind: 'taken' }
  if (status === SIGN_IN) return { kind: 'hold', why: sayOf(collectProblems.signIn({})), all: true, signIn: true }
  if (status === TOO_MANY) return { kind: 'hold', why: saidBy(came), all: true, ...waitOf(came.header) }
  if (status >= FAULTS) return { kind: 'hold', why: saidBy(came), all: false, ...waitOf(came.header) }
  return OF_THE_LINE.includes(came.header('x-rakkaeo-problem') ?? '') || status < 400 ? { kind: 'hold', why: saidBy(came), all: false } : { kind: 'refused', why: saidBy(came) }
}

export const sayOf = ({ say }: { say: Text }): Text => say

/** The server's own sentence, which it says in one language: the person's. */
function saidBy({ text }: NonNullable<Came>): Text {
  const said = /<message[^>]*>([^<]*)<\/message>/.exec(text)?.[1]?.trim()
  if (!said) return sayOf(collectProblems.serverBusy({}))
  const plain = said.replace(/&(lt|gt|quot|apos|#39|amp);/g, (_, name: string) => SIGNS[name] ?? '')
  return { th: plain, en: plain }
}
const SIGNS: Record<string, string> = { lt: '<', gt: '>', quot: '"', apos: "'", '#39': "'", amp: '&' }

export function waitOf(header: NonNullable<Came>['header']): { afterMs?: number } {
  const seconds = Number(header('retry-after') ?? '')
  return seconds > 0 ? { afterMs: seconds * 1000 } : {}
}
