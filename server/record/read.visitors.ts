import type { PersonId, RecordId } from '../../domain/base/ids.ts'
import type { Viewer } from '../../domain/access/access.ts'
import { listGrantsHeld } from '../access/read.held.ts'
import type { Reader } from '../db/db.ts'
import type { Known, Turn } from './read.arrived.ts'
import type { Mapped } from './read.mapped.ts'

/** A submission and what it says. */
export type Read = { one: Turn; mapped: Mapped }
export type Visitors = ReadonlyMap<PersonId, Viewer>

/** Who visits what stood there before, with what they may do today; who only writes down what is new is not looked up. */
export async function findVisitors(tx: Reader, read: readonly Read[], known: ReadonlyMap<RecordId, Known>): Promise<Visitors> {
  const times = Map.groupBy(read, ({ mapped }) => mapped.id)
  const visiting = read.filter(({ mapped }) => known.has(mapped.id) || (times.get(mapped.id)?.length ?? 0) > 1)
  const names = new Map(visiting.map(({ one }) => [one.person, one.personName ?? '']))
  return new Map(await Promise.all([...names].map(async ([id, name]): Promise<[PersonId, Viewer]> =>
    [id, { person: { id, name, userName: null, email: null, demo: false }, grants: await listGrantsHeld(tx, id), via: 'session', onlyAreas: null }])))
}
