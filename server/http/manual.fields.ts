import { z } from 'zod'

export type Field = { name: string; place: 'path' | 'query'; isRequired: boolean; takes: string; usual: string; example: string }

/** Values that exist on the first start, for the links to try. */
const EXAMPLES: Record<string, string> = {
  code: 'TH5007', area: 'TH50', level: 'district', indicator: 'target-poor', id: 'target-poor', lat: '18.79', lon: '98.99', areas: 'TH50,TH57',
}

/** What a route takes, one line per value, read from its schema. */
export function fieldsOf(schema: z.ZodObject | undefined, place: Field['place']): Field[] {
  if (!schema) return []
  const { properties = {}, required = [] } = z.toJSONSchema(schema, { io: 'input' })
  return Object.entries(properties).map(([name, property]) => ({
    name, place, isRequired: required.includes(name), takes: takes(property as Shape), usual: String((property as Shape).default ?? ''), example: EXAMPLES[name] ?? '',
  }))
}

type Shape = { type?: string; enum?: string[]; const?: string; pattern?: string; format?: string; anyOf?: Shape[]; default?: unknown; minimum?: number; maximum?: number }

function takes(shape: Shape): string {
  if (shape.anyOf) return shape.anyOf.map(takes).join(' | ')
  if (shape.enum) return shape.enum.join(' | ')
  if (shape.const !== undefined) return String(shape.const)
  if (shape.minimum !== undefined && shape.maximum !== undefined) return `${shape.minimum} … ${shape.maximum}`
  return shape.format ?? (shape.pattern?.includes('TH') ? 'TH, TH50, TH5007, TH500701, …' : shape.type ?? '…')
}
