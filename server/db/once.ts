import { createHash } from 'node:crypto'
import type { Writer } from './db.ts'

/** Runs `load` unless core.seed says that this content was loaded; tells whether it ran. */
export async function loadOnce(tx: Writer, name: string, content: readonly (string | Uint8Array)[], load: () => Promise<unknown>): Promise<boolean> {
  const hash = content.reduce((sum, part) => sum.update(part).update('\0'), createHash('sha256')).digest('hex')
  const held = await tx.selectFrom('core.seed').select('hash').where('name', '=', name).executeTakeFirst()
  if (held?.hash === hash) return false
  await load()
  await tx.insertInto('core.seed').values({ name, hash })
    .onConflict(conflict => conflict.column('name').doUpdateSet({ hash, loaded_at: new Date() })).execute()
  return true
}
