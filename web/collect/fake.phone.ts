import { deleteDB } from 'idb'
import { AreaCode, DatasetId, PersonId } from '../../domain/base/ids.ts'
import { makeKey } from './seal.ts'
import type { Draft, Holder } from './entry.ts'
import { closeStore, openStore, type Store } from './store.ts'

/** For tests: a phone as it comes from the shop, and one whose tab dies at a given step. */
export async function emptyPhone(): Promise<void> {
  await closeStore()
  await deleteDB('rakkaeo-collect')
}

export const KHAMKAEO = PersonId.parse('0b7c1d9e-4a41-4b6e-9a53-3e1d9a6f0001')
export const MALI = PersonId.parse('0b7c1d9e-4a41-4b6e-9a53-3e1d9a6f0002')

/** Somebody who is here without a PIN, as `addPerson` makes them, without its half a second. */
export async function holderOf(person = KHAMKAEO): Promise<Holder> {
  const keyId = crypto.randomUUID(), none = new Uint8Array()
  await (await openStore()).put('people', { id: person, name: 'คำแก้ว', hasPin: false, keyId, salt: none, wrapped: none, iv: none, wrong: 0, wrongAt: 0, addedAt: '' })
  return { person, name: 'คำแก้ว', key: await makeKey(), keyId }
}

export function draftOf(instanceId: string, title = 'บ้านป้าสม'): Draft {
  return {
    instanceId, dataset: DatasetId.parse('household'), version: '2026112601', formArea: AreaCode.parse('TH'), formFiles: { '/form.xml': 'a1' },
    formName: { th: 'ครัวเรือน', en: 'Household' }, title, place: AreaCode.parse('TH58070301'), about: null,
  }
}

export const pictureOf = (sign: number, bytes = 1000): Blob => new Blob([new Uint8Array(bytes).fill(sign)], { type: 'image/jpeg' })
export const bytesOf = async (file: Blob | undefined): Promise<string> => file ? Buffer.from(await file.arrayBuffer()).toString('base64') : 'missing'

class Killed extends Error {}
/** Whatever is done counts; at step `dieAt` the tab is gone: what was not committed is undone, and nothing happens any more. */
export type Life = { steps: number; dead: boolean; step: () => void }

export function lifeUntil(dieAt: number): Life {
  const life: Life = { steps: 0, dead: false, step: () => {
    life.steps++
    if (life.steps >= dieAt) life.dead = true
    if (life.dead) throw new Killed(`step ${life.steps}`)
  } }
  return life
}

export const mortalStore = (life: Life) => async (): Promise<Store> => mortal(await openStore(), life, null) as Store

/** Every call on the store is a step before and a step after; so is the commit of an act, once it is made. */
function mortal(target: object, life: Life, tx: IDBTransaction | null): object {
  return new Proxy(target, {
    get: (_, name) => {
      const value = Reflect.get(target, name) as unknown
      if (name === 'done') return (value as Promise<void>).then(() => life.step())
      if (typeof value !== 'function') return value
      if (name === 'abort') return () => { (target as IDBTransaction).abort() }
      if (name === 'transaction') return (...given: unknown[]) => { life.step(); return mortalAct(value.apply(target, given) as Act, life) }
      if (name === 'objectStore' || name === 'index') return (...given: unknown[]) => mortal(value.apply(target, given) as object, life, tx)
      return (...given: unknown[]) => quietly((async () => {
        dying(life, tx)
        const result = await (value.apply(target, given) as unknown)
        dying(life, tx)
        return result
      })())
    },
  })
}

type Act = IDBTransaction & { done: Promise<void> }
/** That the tab died is told by what was called, not by the act as well. */
function mortalAct(tx: Act, life: Life): object {
  quietly(tx.done)
  return mortal(tx, life, tx)
}

function quietly<T>(work: Promise<T>): Promise<T> {
  work.catch(() => undefined)
  return work
}

function dying(life: Life, tx: IDBTransaction | null): void {
  try {
    life.step()
  } catch (error) {
    try { tx?.abort() } catch { /* committed before */ }
    throw error
  }
}
