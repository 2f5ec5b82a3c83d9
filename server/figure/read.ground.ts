import type { AreaCode } from '../../domain/base/ids.ts'
import type { AreaChange } from '../../domain/area/area.ts'
import { ancestorsOf, isWithin } from '../../domain/area/rules.ts'
import { follow } from '../../domain/area/succession.ts'
import { carryFigures, changedAreas, type Moves, type Row } from '../../engine/measure/carry-figures.ts'
import type { Reader } from '../db/db.ts'
import { inPlaces } from '../db/scope.ts'
import { movesBetween } from './read.carry.ts'

/** By whom, and on the places of which day: `areas` is where they may see what is below the level that is public. */
export type Eyes = { areas: readonly AreaCode[]; changes: readonly AreaChange[]; day: string }

/** Before all that the ledger knows. */
export const EVER = ''

export function isSeen(code: AreaCode, areas: readonly AreaCode[]): boolean {
  return areas.some(area => isWithin(code, area))
}

/**
 * Where the ground of these places lay on the day `since`, as far as the asker sees it there, or it went on in them by itself, whole or as a
 * part of what was divided: numbers follow as a role does. Ground that was put together with other ground is not followed.
 */
export function groundOf(places: readonly AreaCode[], eyes: Eyes, since: string): AreaCode[] {
  const came = (from: AreaCode, code: AreaCode) => isSeen(code, places) && (isSeen(from, eyes.areas) || goesOn(from, code, eyes, since))
  return [...movesOf(eyes, since)].flatMap(([from, successors]) => !isSeen(from, places) && successors.some(({ code }) => came(from, code)) ? [from] : [])
}

/** Reads on that ground, also where the asker sees nothing. Whoever calls this gives on what the numbers add up to, carried by the shares, and none of their rows. */
export async function onGround<T>(tx: Reader, { areas }: Eyes, ground: readonly AreaCode[], work: () => Promise<T>): Promise<T> {
  return ground.every(code => isSeen(code, areas)) ? work() : inPlaces(tx, [...areas, ...ground], work)
}

/** Numbers of places, read where their ground was, as they are now; what took in ground that the asker may not follow has none. */
export function carryInto(rows: ReadonlyMap<AreaCode, Row>, eyes: Eyes, since: string, baseLength: number): Map<AreaCode, Row | null> {
  const moves = movesOf(eyes, since), changed = changedAreas(moves, baseLength)
  const isForeign = (from: AreaCode, code: AreaCode) => isSeen(code, eyes.areas) && (rows.has(code) || !goesOn(from, code, eyes, since))
  const foreign = new Set([...moves].flatMap(([from, successors]) => from.length !== baseLength || isSeen(from, eyes.areas) ? []
    : successors.flatMap(({ code }) => isForeign(from, code) ? [code, ...ancestorsOf(code)] : [])))
  const carried = carryFigures(new Map([...rows].filter(([code]) => code.length === baseLength)), moves, changed)
  return new Map([...rows, ...[...changed].map((code): [AreaCode, Row | null] => [code, foreign.has(code) ? null : carried.get(code) ?? null])])
}

function movesOf({ changes, day }: Eyes, since: string): Moves {
  return day === 'then' ? new Map() : movesBetween(changes, since, day)
}

function goesOn(from: AreaCode, code: AreaCode, { changes, day }: Eyes, since: string): boolean {
  return follow(changes, from, since, day).includes(code)
}
