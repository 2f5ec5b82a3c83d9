import type { FastifyReply, FastifyRequest } from 'fastify'
import type { AreaCode, DatasetId, PersonId, TokenId } from '../../domain/base/ids.ts'
import type { Viewer } from '../../domain/access/access.ts'
import { placesOf } from '../../domain/access/can.ts'
import { accessProblems } from '../../domain/access/problems.ts'
import { whoGives } from '../../domain/access/rules.ts'
import { submissionProblems } from '../../domain/record/problems.ts'
import { loadViewer } from '../access/read.viewer.ts'
import { makeCheckPassword } from '../auth/basic.ts'
import type { Door } from '../auth/door.ts'
import { noteOf } from '../auth/noting.ts'
import { findSignedIn } from '../auth/sessions.ts'
import { findToken, hashToken, touchToken } from '../auth/tokens.ts'

/** Who collects, where, and what: by the key of their telephone, by their password, or as whoever is signed in at the browser. */
export type Collector = { viewer: Viewer; areas: AreaCode[]; datasets: DatasetId[] | null; token: TokenId | null }
export type FindCollector = (request: FastifyRequest, reply: FastifyReply, key: string | null) => Promise<Collector>

/** A telephone that sends its outbox asks many times a second: for so long it is the same as before. A key that was revoked stops within it. */
const HOLDS_MS = 1000, MOST_KEPT = 10_000

export function makeFindCollector(door: Door): FindCollector {
  const known = new Map<string, { found: Promise<Collector>; until: number }>()
  const checkPassword = makeCheckPassword(door)
  return (request, reply, key) => {
    const work = async () => key === null ? byPerson(door, isBrowser(request) ? await getSignedIn(door, request) : await checkPassword(request, reply)) : byKey(door, key)
    if (key === null) return work()
    const name = hashToken(key).toString('base64'), held = known.get(name)
    if (held && held.until > Date.now()) return held.found
    if (known.size >= MOST_KEPT) known.clear()
    const found = work()
    known.set(name, { found, until: Date.now() + HOLDS_MS })
    return found
  }
}

async function byKey({ database }: Door, key: string): Promise<Collector> {
  const token = await findToken(database.auth, key)
  const viewer = token?.holds && token.kind === 'collector' ? await loadViewer(database.app, token.person, 'token', token) : null
  const areas = viewer ? placesOf(viewer, 'collect') : []
  if (token && areas.length === 0) await noteOf(database.app, { action: 'token.refuse', about: token.person, target: token.id })
  if (!token || !viewer || areas.length === 0) throw submissionProblems.badKey({})
  await touchToken(database.auth, token.id)
  return { viewer, areas, datasets: token.datasets, token: token.id }
}

/** A browser would answer the challenge for a password with a window of its own: it signs in at the site. That an act is our own page's was seen to before (server/http/origin.ts). */
function isBrowser({ headers }: FastifyRequest): boolean {
  return headers.authorization === undefined && (headers['sec-fetch-site'] !== undefined || headers.cookie !== undefined || headers['x-rakkaeo-client'] !== undefined)
}

async function getSignedIn(door: Door, { headers }: FastifyRequest): Promise<PersonId> {
  const signedIn = await findSignedIn(door, headers.cookie)
  if (!signedIn) throw accessProblems.signIn({})
  return signedIn.person
}

async function byPerson({ database }: Door, person: PersonId): Promise<Collector> {
  const viewer = await loadViewer(database.app, person, 'session', null)
  if (!viewer) throw accessProblems.signIn({})
  const areas = placesOf(viewer, 'collect')
  if (areas.length === 0) throw accessProblems.noRight({ right: 'collect', ask: whoGives('collect') })
  return { viewer, areas, datasets: null, token: null }
}
