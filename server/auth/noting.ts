import { AreaCode, PersonId } from '../../domain/base/ids.ts'
import type { Action } from '../../domain/audit/rules.actions.ts'
import type { Db } from '../db/db.ts'
import { note } from '../db/note.ts'
import { writeAs, type Scope } from '../db/scope.ts'

/** What happened at the door. Without an actor it was somebody who is not, or not yet, signed in. */
export type DoorNote = { action: Action; actor?: string | null; about?: string | null; target?: string | null; reason?: string | null; kind?: Scope['kind'] }

const NATION = AreaCode.parse('TH')

/** An audit line of the door, in the home place of the person it is about; of the nation when nobody is known by that name. */
export function noteOf(app: Db, { action, actor = null, about = null, target = null, reason = null, kind }: DoorNote): Promise<void> {
  const person = actor === null ? null : PersonId.parse(actor)
  const whom = about === null ? null : PersonId.parse(about)
  // the door speaks for the house when it looks up where the person is at home
  return writeAs(app, { person, kind: kind ?? (person ? 'person' : 'stranger'), areas: [NATION] }, async tx => {
    const home = whom && await tx.selectFrom('access.person').where('id', '=', whom).where('area_code', '>=', NATION).select('area_code').executeTakeFirst()
    await note(tx, { action, area: home?.area_code ?? NATION, about: whom, target, reason })
  })
}
