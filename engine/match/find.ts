import type { RecordId } from '../../domain/base/ids.ts'
import type { DatasetUnit } from '../../domain/dataset/dataset.ts'
import type { Reason } from '../../domain/duplicate/duplicate.ts'
import { cellsOf, keysOf } from './block.ts'
import { compare, LEAST_SCORE, type Thing } from './score.ts'

export type Twins = { one: RecordId; other: RecordId; score: number; reasons: Reason[] }
/** `crowded`: groups of so many records that only neighbours by name were compared in them. */
export type Found = { twins: Twins[]; compared: number; crowded: { key: string; records: number }[] }

/** A group of more is sorted by name, and each compared with so many that follow (the sorted neighbourhood of Hernández and Stolfo, 1995). */
export const MOST_IN_GROUP = 60, WINDOW = 12

/**
 * Pairs that could be the same thing, the surest first. Only records that share a key or lie close are compared: so many pairs as there are records
 * by what a group holds, and not the square. With `only`, pairs of which one is among these.
 */
export function findTwins(unit: DatasetUnit, things: readonly Thing[], only: ReadonlySet<RecordId> | null = null): Found {
  const seen = new Set<number>(), twins: Twins[] = [], crowded: Found['crowded'] = []
  const look = (i: number, j: number) => {
    const a = things[i] as Thing, b = things[j] as Thing, key = i < j ? i * things.length + j : j * things.length + i
    if (i === j || seen.has(key) || (only && !only.has(a.id) && !only.has(b.id))) return
    seen.add(key)
    const { score, reasons } = compare(unit, a, b)
    if (score >= LEAST_SCORE) twins.push({ ...a.id < b.id ? { one: a.id, other: b.id } : { one: b.id, other: a.id }, score, reasons })
  }
  for (const [key, group] of [...groupsOf(unit, things), ...unit === 'place' ? nearOf(things) : []]) {
    if (group.all.length > MOST_IN_GROUP) crowded.push({ key, records: group.all.length })
    pairUp(things, group, look)
  }
  return { twins: twins.sort((a, b) => b.score - a.score || (a.one < b.one ? -1 : 1)), compared: seen.size, crowded }
}

/** All of them are compared with all; or only those of `own` with all. */
type Group = { own: readonly number[]; all: readonly number[] }

function pairUp(things: readonly Thing[], { own, all }: Group, look: (i: number, j: number) => void): void {
  if (all.length <= MOST_IN_GROUP) return own.forEach(i => all.forEach(j => look(i, j)))
  const nameOf = (i: number) => things[i]?.name?.core ?? ''
  const sorted = all.toSorted((i, j) => nameOf(i) < nameOf(j) ? -1 : nameOf(i) > nameOf(j) ? 1 : (things[i] as Thing).id < (things[j] as Thing).id ? -1 : 1)
  sorted.forEach((i, at) => sorted.slice(at + 1, at + 1 + WINDOW).forEach(j => look(i, j)))
}

function groupsOf(unit: DatasetUnit, things: readonly Thing[]): [string, Group][] {
  const groups = new Map<string, number[]>()
  things.forEach((thing, i) => { for (const key of keysOf(unit, thing)) put(groups, key, i) })
  return [...groups].filter(([, all]) => all.length > 1).map(([key, all]) => [key, { own: all, all }])
}

/** Those of a cell with those of it and of the neighbours that it names. */
function nearOf(things: readonly Thing[]): [string, Group][] {
  const cells = new Map<string, number[]>(), named = new Map<string, Set<number>>()
  const spots = things.map(cellsOf)
  spots.forEach((spot, i) => { if (spot) put(cells, spot.own, i) })
  spots.forEach(spot => {
    if (!spot) return
    const all = named.get(spot.own) ?? new Set(cells.get(spot.own))
    for (const cell of spot.beside) for (const j of cells.get(cell) ?? []) all.add(j)
    named.set(spot.own, all)
  })
  return [...named].map(([key, all]) => [`near ${key}`, { own: cells.get(key) as number[], all: [...all] }])
}

function put(groups: Map<string, number[]>, key: string, i: number): void {
  const group = groups.get(key)
  if (group) group.push(i)
  else groups.set(key, [i])
}
