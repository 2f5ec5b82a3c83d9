import { parse } from 'csv-parse/sync'
import { z } from 'zod'
import { AreaChange, AreaLevel, AreaType } from '../../domain/area/area.ts'
import { AreaCode, GroupId } from '../../domain/base/ids.ts'
import type { NewArea } from './write.ts'

/** An empty cell is "not known". */
const known = <T extends z.ZodType>(of: T) => z.preprocess(text => text === '' ? null : text, of.nullable())

const AreaLine = z.object({
  code: AreaCode, level: AreaLevel, type: AreaType, name_th: z.string(), name_en: z.string(), also: z.string(),
  valid_from: known(z.iso.date()), valid_until: known(z.iso.date()),
  lat: known(z.coerce.number()), lon: known(z.coerce.number()), area_km2: known(z.coerce.number()), has_shape: z.enum(['0', '1']),
})

const ChangeLine = z.object({
  kind: AreaChange.shape.kind, day: z.iso.date(), precision: AreaChange.shape.precision,
  predecessor: known(AreaCode), successor: known(AreaCode), share: z.coerce.number(),
  name_before_th: z.string(), name_before_en: z.string(), name_after_th: z.string(), name_after_en: z.string(),
  note_th: z.string(), note_en: z.string(), source: z.string().min(1),
})

const GroupLine = z.object({ id: GroupId, scheme: GroupId, name_th: z.string(), name_en: z.string(), members: z.string() })
export type SeedGroup = { id: GroupId; scheme: GroupId; name: { th: string; en: string }; members: AreaCode[] }

export function readAreas(csv: Buffer): NewArea[] {
  return read(csv, AreaLine).map(line => ({
    code: line.code, level: line.level, type: line.type, name: { th: line.name_th, en: line.name_en }, also: line.also.split(';').filter(Boolean),
    validFrom: line.valid_from, validUntil: line.valid_until, lat: line.lat, lon: line.lon, areaKm2: line.area_km2, hasShape: line.has_shape === '1',
  }))
}

export function readChanges(csv: Buffer): Omit<AreaChange, 'id'>[] {
  return read(csv, ChangeLine).map(line => ({
    kind: line.kind, day: line.day, precision: line.precision, predecessor: line.predecessor, successor: line.successor, share: line.share,
    nameBefore: text(line.name_before_th, line.name_before_en), nameAfter: text(line.name_after_th, line.name_after_en),
    note: text(line.note_th, line.note_en), source: line.source,
  }))
}

export function readGroups(csv: Buffer): SeedGroup[] {
  return read(csv, GroupLine).map(({ id, scheme, name_th, name_en, members }) =>
    ({ id, scheme, name: { th: name_th, en: name_en }, members: members.split(' ').map(code => AreaCode.parse(code)) }))
}

function read<T extends z.ZodType>(csv: Buffer, line: T): z.infer<T>[] {
  return z.array(line).parse(parse(csv, { columns: true }))
}

function text(th: string, en: string): { th: string; en: string } | null {
  return th || en ? { th, en } : null
}
