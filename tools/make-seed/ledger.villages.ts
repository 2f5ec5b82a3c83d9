import type { AreaRow } from './area.ts'
import type { ChangeRow, Part } from './change.ts'
import { endedVillages } from './village.ts'

/** The list is of early 2022 and does not say when a village ended. */
const BEFORE_LIST = { day: '2022-01-01', precision: 'before', source: 'dopa-villages' } as const
/** This tambon is in no register of 2017 to 2021; no list tells its name. */
const RETIRED_TAMBON = 'TH840905'
const BEFORE_REGISTERS = { day: '2017-12-31', precision: 'before', source: 'dopa-villages' } as const

export function villageEnds(current: readonly AreaRow[]): Part {
  const names = new Map(current.map(area => [area.code, area]))
  const lines = endedVillages().map(({ code, successor }): Partial<ChangeRow> => {
    const when = code.startsWith(RETIRED_TAMBON) ? BEFORE_REGISTERS : BEFORE_LIST
    const before = { name_before_th: names.get(code)!.name_th, name_before_en: names.get(code)!.name_en }
    return successor ? { ...when, ...before, ...renumbered, predecessor: code, successor } : { ...when, ...before, ...ended, predecessor: code }
  })
  return {
    retired: [{ code: RETIRED_TAMBON, level: 'tambon', type: 'tambon', name_th: '', name_en: '' }],
    changes: [{ ...BEFORE_REGISTERS, ...ended, predecessor: RETIRED_TAMBON, note_th: 'พบเฉพาะในรหัสหมู่บ้าน 5 แห่ง ไม่มีทะเบียนใดบอกชื่อ', note_en: 'Known only from the codes of five villages; no list tells its name.' }, ...lines],
  }
}

const ended = { kind: 'ended', note_th: 'ทะเบียนหมู่บ้านระบุว่าเลิกใช้แล้ว', note_en: 'Marked as obsolete in the list of villages.' } as const
const renumbered = { kind: 'moved', note_th: 'ทะเบียนหมู่บ้านให้รหัสใหม่ในตำบลอื่น', note_en: 'The list of villages gives it a new code in another tambon.' } as const
