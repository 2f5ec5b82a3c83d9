import type { FastifyRequest } from 'fastify'
import type { AreaCode, PersonId } from '../../domain/base/ids.ts'
import type { Person, Viewer } from '../../domain/access/access.ts'
import { NATION } from '../../domain/area/rules.ts'
import { accessProblems } from '../../domain/access/problems.ts'
import type { Door } from '../auth/door.ts'
import { noteOf } from '../auth/noting.ts'
import { findSignedIn } from '../auth/sessions.ts'
import { findToken, touchToken } from '../auth/tokens.ts'
import type { Db, Reader } from '../db/db.ts'
import { PLANNED } from '../db/planned.ts'
import { readAs } from '../db/scope.ts'
import { onceAPage } from '../http/asker.ts'
import type { FindViewer } from '../http/viewer.ts'
import { listGrantsHeld, todaysPlaces } from './read.held.ts'

/** Who asks, by token or by session, with the grants that hold today. Asked of the database at every request: what ended, ended. */
export function makeFindViewer(door: Door): FindViewer {
  const known = new WeakMap<FastifyRequest, Promise<Viewer | null>>()
  return request => {
    const viewer = known.get(request) ?? onceAPage(request, () => findViewer(door, request))
    known.set(request, viewer)
    return viewer
  }
}

async function findViewer(door: Door, request: FastifyRequest): Promise<Viewer | null> {
  const secret = bearerOf(request.headers.authorization)
  if (secret !== null) return getTokenViewer(door, secret)
  const signedIn = await findSignedIn(door, request.headers.cookie)
  const viewer = signedIn && await loadViewer(door.database.app, signedIn.person, 'session', null)
  return viewer && { ...viewer, session: signedIn.session }
}

/** @example bearerOf('Bearer rk_abc') // => 'rk_abc' */
export function bearerOf(header: string | undefined): string | null {
  return header === undefined ? null : /^bearer +(\S+)\s*$/i.exec(header)?.[1] ?? ''
}

/** A token that is unknown, expired, revoked or a telephone's is a problem, not a stranger: the program should hear of it. */
async function getTokenViewer({ database }: Door, secret: string): Promise<Viewer> {
  const token = await findToken(database.auth, secret)
  const viewer = token?.holds && token.kind === 'program' ? await loadViewer(database.app, token.person, 'token', token) : null
  if (token && !viewer) await noteOf(database.app, { action: 'token.refuse', about: token.person, target: token.id })
  if (!token || !viewer) throw accessProblems.signIn({})
  await touchToken(database.auth, token.id)
  return viewer
}

/** Null: the person's account has ended. */
export function loadViewer(app: Db, id: PersonId, via: Viewer['via'], only: { areas: AreaCode[]; createdAt: Date } | null): Promise<Viewer | null> {
  return readAs(app, { person: id, kind: via === 'session' ? 'person' : via, areas: [] }, async tx => {
    const person = await findMe(tx, id)
    return person && { person, grants: await listGrantsHeld(tx, id), via, onlyAreas: only && await todaysPlaces(tx, only.areas, only.createdAt) }
  })
}

async function findMe(tx: Reader, id: PersonId): Promise<Person | null> {
  const row = await tx.selectFrom('access.person').modifyFront(PLANNED).where('id', '=', id).where('ended_at', 'is', null)
    .select(['id', 'name', 'user_name as userName', 'email', 'demo']).executeTakeFirst()
  return row ?? null
}

export async function findByUserName(tx: Reader, userName: string): Promise<PersonId | null> {
  const row = await tx.selectFrom('access.person').where('area_code', '>=', NATION).where('user_name', '=', userName).where('ended_at', 'is', null).select('id').executeTakeFirst()
  return row?.id ?? null
}
