import { CHOICE_COLUMNS } from './convert.aliases.ts'
import { rowsOf, spotOf, textsOf, valueOf, type FormRow, type Texts } from './convert.columns.ts'
import type { FormFaults } from './convert.faults.ts'
import { isName } from './convert.names.ts'
import { hasReference } from './reference.tokens.ts'
import type { Sheet } from './workbook.ts'

export type ListChoice = {
  name: string
  label: Texts
  media: Record<string, Texts>
  /** Further columns, for filters. */
  extra: Record<string, string>
  row: FormRow
}
/** `isTranslated`: its labels stand in the itext, because they have languages, pictures or references. */
export type ChoiceList = { name: string; choices: ListChoice[]; isTranslated: boolean }
export type ChoiceLists = Map<string, ChoiceList>

const MEDIA = ['image', 'big-image', 'audio', 'video']
const OWN = /^(list_name|name|label|media::.*)$/

export function readChoices(sheet: Sheet | null, allowDuplicates: boolean, faults: FormFaults): ChoiceLists {
  const lists: ChoiceLists = new Map()
  if (sheet === null) return lists
  const rows = rowsOf(sheet, { columns: CHOICE_COLUMNS, open: true, clean: false }, faults)
  if (!checkColumns(rows, sheet, faults)) return lists
  for (const row of rows) {
    const list = valueOf(row, 'list_name'), name = valueOf(row, 'name')
    if (list === '') { faults.add('choiceWithoutList', spotOf(row, 'list_name'), {}); continue }
    if (name === '') { faults.add('choiceWithoutName', spotOf(row, 'name'), { list }); continue }
    addChoice(lists, list, choiceOf(row, name))
  }
  for (const list of lists.values()) checkList(list, allowDuplicates, faults)
  return lists
}

/** False: it cannot be known which list the choices belong to, or what they are. */
function checkColumns(rows: FormRow[], sheet: Sheet, faults: FormFaults): boolean {
  const headers = rows[0]?.headers ?? {}, spot = { sheet: sheet.name.toLowerCase(), row: 1 }
  const missing = rows.length === 0 ? [] : ['list_name', 'name'].filter(column => headers[column] === undefined)
  for (const name of missing) faults.add('missingColumn', { ...spot, column: name }, { name })
  for (const [key, column] of Object.entries(headers)) if (!OWN.test(key) && !isName(key)) faults.add('badChoiceColumn', { ...spot, column }, { name: key })
  return missing.length === 0
}

function choiceOf(row: FormRow, name: string): ListChoice {
  const media = Object.fromEntries(MEDIA.flatMap(kind => row.values[`media::${kind}`] ? [[kind, textsOf(row, `media::${kind}`)]] : []))
  const extra = Object.fromEntries(Object.keys(row.values).filter(key => !OWN.test(key) && isName(key)).map(key => [key, valueOf(row, key)]))
  return { name, label: textsOf(row, 'label'), media, extra, row }
}

export function addChoice(lists: ChoiceLists, list: string, choice: ListChoice): void {
  const there = lists.get(list) ?? { name: list, choices: [], isTranslated: false }
  there.choices.push(choice)
  there.isTranslated ||= Object.keys(choice.label).some(language => language !== '') || Object.keys(choice.media).length > 0 || Object.values(choice.label).some(hasReference)
  lists.set(list, there)
}

function checkList({ name: list, choices }: ChoiceList, allowDuplicates: boolean, faults: FormFaults): void {
  const first = new Map<string, number>()
  for (const { name, label, media, row } of choices) {
    const before = first.get(name)
    if (before !== undefined && !allowDuplicates) faults.add('choiceTwice', spotOf(row, 'name'), { name, list, first: before })
    if (before === undefined) first.set(name, row.row)
    if (Object.keys(label).length === 0 && Object.keys(media).length === 0) faults.add('choiceWithoutLabel', spotOf(row, 'label'), { name })
  }
}
