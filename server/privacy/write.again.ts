import { sql } from 'kysely'
import { NATION } from '../../domain/area/rules.ts'
import type { RecordId } from '../../domain/base/ids.ts'
import { Problem } from '../../domain/base/problem.ts'
import { keysOf } from '../../domain/dataset/rules.ts'
import type { ErasedAgain, ListedErasure, Spot } from '../../domain/privacy/privacy.ts'
import { textOf } from '../../domain/privacy/rules.ts'
import { namesIn } from '../../domain/privacy/rules.person.ts'
import type { Seal } from '../base/seal.ts'
import type { Db, Writer } from '../db/db.ts'
import { within } from '../db/place.ts'
import { OPERATOR, readAs, writeAs } from '../db/scope.ts'
import { withParts, type Held } from '../duplicate/write.whole.ts'
import { findKnown } from '../record/read.arrived.ts'
import { erase } from './write.erase.ts'
import { hashOfName } from './write.list.ts'

/**
 * What the list says was erased and this database does not know of is erased again, each in its own transaction: a backup from before it brought
 * the person back. By hand remains where nobody is known again by name or number, and where further words had been given.
 */
export async function eraseAgain(app: Db, seal: Seal, listed: readonly ListedErasure[]): Promise<ErasedAgain> {
  const done: ErasedAgain = { again: 0, byHand: [] }
  const { rows } = await readAs(app, OPERATOR, tx => sql<{ id: string }>`select distinct id from raw.erasure where ${within('area_code', [NATION])}`.execute(tx)), known = new Set(rows.map(({ id }) => id))
  for (const erasure of listed.filter(({ id }) => !known.has(id))) {
    const { isDone, byHand } = await writeAs(app, OPERATOR, tx => eraseOne(tx, seal, erasure)).catch(error => {
      if (error instanceof Problem) return { isDone: false, byHand: erasure.records.map(({ record }) => record) }
      throw error
    })
    done.again += Number(isDone)
    done.byHand.push(...byHand)
  }
  return done
}

async function eraseOne(tx: Writer, seal: Seal, erasure: ListedErasure): Promise<{ isDone: boolean; byHand: RecordId[] }> {
  const held = await withParts(tx, await findKnown(tx, erasure.records.map(({ record }) => record))), there = erasure.records.filter(({ record }) => (held.get(record)?.state ?? 'erased') !== 'erased')
  const found = there.map(({ record, whole }) => ({ record, spots: [...whole ? [{ record, repeat: null, row: null }] : [], ...spotsOf(held.get(record) as Held, erasure, seal)] }))
  const byHand = found.filter(({ spots }) => erasure.words || spots.length === 0).map(({ record }) => record), spots = found.flatMap(each => each.spots)
  if (spots.length === 0) return { isDone: false, byHand }
  const { id, by, cause, request, reason } = erasure, viewer = { person: { ...by, userName: null, email: null, demo: false }, grants: [], via: 'operator' as const, onlyAreas: null }
  await erase(tx, { seal, list: NO_LIST }, { viewer, areas: [NATION] }, { id, spots, whole: there.filter(({ whole }) => whole).map(({ record }) => record), also: '', cause, request, reason }, false)
  return { isDone: true, byHand }
}

const NO_LIST = { add: async () => {} }

/** Where they stand in a record as it is now: by their number, or by their whole name; by a first name alone only where they stood before. What a record says of its one contact outside of rows is theirs. */
function spotsOf({ id: record, model, values, rows, numbers }: Held, { spots, names, numbers: hashes }: ListedErasure, seal: Seal): Spot[] {
  return keysOf(model).flatMap(level => {
    const places = level.repeat === null ? [{ row: null, said: values }] : rows.filter(({ repeat }) => repeat === level.repeat).map(({ position, values: said }) => ({ row: position, said }))
    const isPath = (path: string) => level.questions.some(question => question.path === path)
    return places.map(place => ({ ...place, spot: { record, repeat: level.repeat, row: place.row } })).filter(({ row, said, spot }) =>
      numbers.some(({ path, position, hash }) => position === (row ?? 0) && isPath(path) && hashes.includes(hash.toString('base64')))
      || namesIn(level, said).some(name => names.includes(hashOfName(seal, name)) && (name.includes(' ') || spots.includes(textOf(spot))))
      || (row === null && spots.includes(textOf(spot)))).map(({ spot }) => spot)
  })
}
