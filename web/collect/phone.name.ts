import type { PhoneId } from '../../domain/base/ids.ts'
import { act, openStore, type Store } from './store.ts'

export type Phone = { id: PhoneId; name: string }
type Parts = { store: () => Promise<Store> }
const here: Parts = { store: openStore }

/** The number that this phone drew for itself, and what its people call it. */
export async function getPhone({ store }: Parts = here): Promise<Phone> {
  return act(await store(), ['phone'], async tx => {
    const known = await tx.objectStore('phone').get('phone')
    if (known) return known
    const phone = { id: crypto.randomUUID() as string as PhoneId, name: guessName(globalThis.navigator?.userAgent ?? '') }
    await tx.objectStore('phone').put(phone, 'phone')
    return phone
  })
}

export async function renamePhone(name: string, parts: Parts = here): Promise<Phone> {
  const phone = { ...await getPhone(parts), name: name.trim().slice(0, 100) }
  await act(await parts.store(), ['phone'], tx => tx.objectStore('phone').put(phone, 'phone'))
  return phone
}

/** @example guessName('Mozilla/5.0 (Linux; Android 14; SM-A155F) …') // => 'Android SM-A155F' */
export function guessName(userAgent: string): string {
  const model = /Android [\d.]+; ([^;)]+)/.exec(userAgent)?.[1]?.replace(/ Build.*/, '').trim()
  if (model) return model === 'K' ? 'Android' : `Android ${model}`
  return /iPhone|iPad|Windows|Macintosh|CrOS|Linux/.exec(userAgent)?.[0] ?? '–'
}
