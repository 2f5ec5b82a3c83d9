import { ENTITY_COLUMNS } from './convert.aliases.ts'
import { rowsOf, spotOf, valueOf, type FormRow } from './convert.columns.ts'
import type { FormFaults } from './convert.faults.ts'
import { isName } from './convert.names.ts'
import { allNodes, repeatOf, type FormNode } from './tree.ts'
import type { Sheet } from './workbook.ts'

/** The list that a form keeps things in, and when it makes or changes one. Expressions as written; '' where there is none. */
export type Entity = { list: string; id: string; createIf: string; updateIf: string; label: string; row: FormRow }

export function readEntity(sheet: Sheet | null, faults: FormFaults): Entity | null {
  const rows = sheet ? rowsOf(sheet, { columns: ENTITY_COLUMNS, open: false, clean: false }, faults) : []
  const row = rows[0]
  if (!row) return null
  if (rows[1]) faults.add('manyRows', { sheet: 'entities', row: rows[1].row }, {})
  const value = (column: string) => valueOf(row, column)
  const entity: Entity = { list: value('dataset'), id: value('entity_id'), createIf: value('create_if'), updateIf: value('update_if'), label: value('label'), row }
  if (value('repeat') !== '') faults.add('unsupportedColumn', spotOf(row, 'repeat'), {})
  if (!isName(entity.list) || entity.list.includes('.') || entity.list.startsWith('__')) faults.add('badEntityList', spotOf(row, 'dataset'), { value: entity.list })
  if (entity.updateIf !== '' && entity.id === '') faults.add('entityNeedsId', spotOf(row, 'entity_id'), {})
  if (entity.id !== '' && entity.createIf !== '' && entity.updateIf === '') faults.add('entityNeedsUpdate', spotOf(row, 'update_if'), {})
  if (entity.label === '' && creates(entity)) faults.add('entityNeedsLabel', spotOf(row, 'label'), {})
  return entity
}

/** Without an id or a condition a form makes a thing each time; with an id it changes one each time. */
export const creates = ({ createIf, updateIf, id }: Entity): boolean => createIf !== '' || (updateIf === '' && id === '')
export const updates = ({ updateIf, id }: Entity): boolean => updateIf !== '' || id !== ''

/** Which answers are kept of the thing must be clear. */
export function checkSaves(root: FormNode, entity: Entity | null, faults: FormFaults): void {
  const first = new Map<string, number>()
  for (const node of allNodes(root)) {
    const value = node.bind['entities:saveto']
    if (!value || node.kind !== 'question') continue
    const spot = spotOf(node.row, 'bind::entities:saveto'), before = first.get(value)
    if (entity === null) faults.add('saveWithoutEntity', spot, {})
    if (repeatOf(node) !== null) faults.add('saveInRepeat', spot, {})
    if (!isName(value) || value.startsWith('__') || /^(name|label)$/i.test(value)) faults.add('badProperty', spot, { value })
    if (before !== undefined) faults.add('propertyTwice', spot, { value, first: before })
    first.set(value, before ?? node.row.row)
  }
}
