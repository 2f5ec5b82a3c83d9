import type { Dataset } from '../../domain/dataset/dataset.ts'
import { lang } from '../base/link.ts'
import { groupOf, type Group } from '../dataset/data.ts'

/** By what a dataset is known on the map: a letter of its name that no other has, and the colour of its group. */
export type Badge = { id: string; name: string; letter: string; group: Group }

/** The names of colours in tokens.css. */
export const GROUP_COLOURS: Record<Group, string> = { people: '--water-4', farms: '--rice-5', places: '--root', needs: '--ink-soft' }
/** Thai vowels written before their consonant, and signs above and below, make no good letters. */
const LETTER = /[ก-ฮA-Za-z]/g

/** In the order of the catalogue, so that a dataset keeps its letter whatever is chosen. */
export function makeBadges(datasets: readonly Pick<Dataset, 'id' | 'name' | 'unit'>[]): Badge[] {
  const taken = new Set<string>()
  return datasets.map(dataset => {
    const name = dataset.name[lang()]
    const letter = [...name.toUpperCase().matchAll(LETTER)].map(match => match[0]).find(one => !taken.has(one)) ?? freeNumber(taken)
    taken.add(letter)
    return { id: dataset.id, name, letter, group: groupOf(dataset) }
  })
}

function freeNumber(taken: ReadonlySet<string>): string {
  let number = 1
  while (taken.has(String(number))) number++
  return String(number)
}
