import type { CellPart, TableField } from './table.ts'

/** Fields that one column can feed: what stands in its cells is taken apart. */
export type PartGroup = { kind: 'area' | 'person'; parts: { part: CellPart; key: string }[] }
type Field = Pick<TableField, 'key' | 'type' | 'unit' | 'term'>

const AREA: CellPart[] = ['rai', 'ngan', 'wa2']
const PERSON: [CellPart, string][] = [['prefix', 'schema:honorificPrefix'], ['given', 'schema:givenName'], ['family', 'schema:familyName']]

/** Rai, ngan and square wa that stand side by side; the name and family name of one person, with the title where it is asked. */
export function partGroups(fields: readonly Field[]): PartGroup[] {
  const areas = fields.flatMap((_, i): PartGroup[] => {
    const three = fields.slice(i, i + AREA.length)
    return AREA.every((unit, at) => three[at]?.unit === unit && isNumber(three[at])) ? [{ kind: 'area', parts: three.map(({ key }, at) => ({ part: AREA[at] as CellPart, key })) }] : []
  })
  const named = PERSON.flatMap(([part, term]) => fields.filter(field => field.term === term).map(({ key }) => ({ part, key })))
  const has = (part: CellPart) => named.filter(each => each.part === part).length
  return has('given') === 1 && has('family') === 1 && has('prefix') <= 1 ? [...areas, { kind: 'person', parts: named }] : areas
}

const isNumber = ({ type }: Field) => type === 'integer' || type === 'decimal'
