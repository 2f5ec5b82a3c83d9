import { randomUUID } from 'node:crypto'
import type { Lang } from '../domain/base/text.ts'
import { AreaCode, GrantId, type PersonId } from '../domain/base/ids.ts'
import { UserName } from '../domain/access/api.sign-in.ts'
import { findByUserName } from '../server/access/read.viewer.ts'
import { makeAccount, makeOneTimeLink } from '../server/auth/accounts.ts'
import { makeDoor, type Door } from '../server/auth/door.ts'
import { endSecondFactor } from '../server/auth/second.ts'
import { note } from '../server/db/note.ts'
import { OPERATOR, readAs, writeAs } from '../server/db/scope.ts'
import { withDatabase } from './database.ts'
import { cliProblems } from './problems.ts'
import { say } from './texts.ts'

const NATION = AreaCode.parse('TH')
type NewAdmin = { name?: string; userName?: string; email?: string }

/** Makes an administrator of the whole house and prints the link with which they choose their password, once, within a day. */
export function createAdmin({ name, userName = 'admin', email }: NewAdmin, lang: Lang): Promise<void> {
  const wanted = UserName.safeParse(userName)
  if (!wanted.success) throw cliProblems.badUserName({ name: userName })
  return withDatabase(lang, async (database, environment) => {
    const door = makeDoor({ environment, database })
    const id = await writeAs(database.app, OPERATOR, async tx => {
      const person = await makeAccount(door, tx, { area: NATION, name: name ?? wanted.data, userName: wanted.data, email: email ?? null, password: null })
      await tx.insertInto('access.grant').values({
        area_code: NATION, id: GrantId.parse(randomUUID()), person_id: person, role: 'administrator', valid_from: new Date().toISOString().slice(0, 10),
        valid_until: null, given_by: null, ended_at: null, ended_by: null,
      }).execute()
      await note(tx, { action: 'admin.create', area: NATION, target: person, about: person })
      return person
    })
    await printLink(door, id, 'first', lang)
  })
}

/** A new one-time link for somebody who cannot come in: without their second factor too, when the telephone and the recovery codes are lost. */
export function linkPerson(userName: string, { withoutSecondFactor = false }: { withoutSecondFactor?: boolean }, lang: Lang): Promise<void> {
  return withDatabase(lang, async (database, environment) => {
    const door = makeDoor({ environment, database })
    const id = await readAs(database.app, OPERATOR, tx => findByUserName(tx, userName))
    if (!id) throw cliProblems.noSuchPerson({ name: userName })
    await writeAs(database.app, OPERATOR, async tx => {
      await note(tx, { action: 'password.reset-link', area: NATION, target: id, about: id })
      if (withoutSecondFactor) await note(tx, { action: 'second-factor.off', area: NATION, target: id, about: id })
    })
    if (withoutSecondFactor) await endSecondFactor(database.auth, id)
    await printLink(door, id, 'reset', lang)
  })
}

async function printLink(door: Door, id: PersonId, page: 'first' | 'reset', lang: Lang): Promise<void> {
  const { url, expiresAt } = await makeOneTimeLink(door, id, page)
  console.error(`${say.oneTimeLink[lang]} ${expiresAt.toLocaleString(lang === 'th' ? 'th-TH' : 'en-GB', { timeZone: 'Asia/Bangkok' })}`)
  console.log(url)
}
