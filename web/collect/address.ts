import type { AreaCode, DatasetId } from '../../domain/base/ids.ts'

/** What is on the screen, as the address has it behind its `#`. */
export type Address =
  | { screen: 'home' | 'outbox' | 'phone' }
  | { screen: 'new'; area: AreaCode; dataset: DatasetId; place: AreaCode | null; /** What is visited again, where that is known. */ thing?: string }
  | { screen: 'fill'; id: string; step: string }
  | { screen: 'review' | 'entry'; id: string }

/** @example parseAddress('#/fill/uuid%3A1/2.0.1') // => { screen: 'fill', id: 'uuid:1', step: '2.0.1' } */
export function parseAddress(hash: string): Address {
  const [, screen = '', ...parts] = hash.replace(/^#/, '').split('/'), [first = '', second = '', third, fourth] = parts.map(decode)
  if (screen === 'outbox' || screen === 'phone') return { screen }
  if (screen === 'new' && first && second) return { screen, area: first as AreaCode, dataset: second as DatasetId, place: third ? third as AreaCode : null, ...fourth && { thing: fourth } }
  if (screen === 'fill' && first) return { screen, id: first, step: second }
  if ((screen === 'review' || screen === 'entry') && first) return { screen, id: first }
  return { screen: 'home' }
}

export function formatAddress(address: Address): string {
  const parts = address.screen === 'new' ? [address.area, address.dataset, address.place, address.place ? address.thing : undefined] : address.screen === 'fill' ? [address.id, address.step] : 'id' in address ? [address.id] : []
  return `#/${[address.screen === 'home' ? '' : address.screen, ...parts.filter(part => part).map(part => encodeURIComponent(part as string))].join('/')}`
}

/** An address that somebody cut is not a fault of the program. */
function decode(part: string): string {
  try { return decodeURIComponent(part) } catch { return '' }
}
