import type { AreaCode } from '../../domain/base/ids.ts'
import type { Rolled, RolledLine } from '../../engine/measure/roll-up.ts'
import type { Writer } from '../db/db.ts'
import type { SheetOf } from '../figure/read.standing.ts'
import { replaceFigures } from '../figure/write.ts'
import { publish } from './write.ts'

/** Keeps a sheet and publishes it, by the rule that holds for every figure; where nothing differs nothing is written. For a transaction of the nation. */
export async function keepSheet(tx: Writer, sheet: SheetOf, standing: ReadonlyMap<AreaCode, RolledLine>, lines: Rolled['lines']): Promise<void> {
  const areas = [...new Set([...standing.keys(), ...lines.keys()])].filter(area => !isSame(standing.get(area), lines.get(area)))
  await replaceFigures(tx, { ...sheet, lines, importId: null }, areas)
  await publish(tx, sheet.source, sheet.period, areas)
}

function isSame(one: RolledLine | undefined, other: RolledLine | undefined): boolean {
  return one !== undefined && other !== undefined && one.numerator.every((number, i) => Object.is(number, other.numerator[i]) && Object.is(one.denominator[i], other.denominator[i]) && (Number.isNaN(number) || one.own[i] === other.own[i]))
}
