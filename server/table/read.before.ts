import { sql, type RawBuilder } from 'kysely'
import { NATION } from '../../domain/area/rules.ts'
import { within } from '../db/place.ts'

/** How a change of places writes down what became of the codes in an act (`change.before`), which itself stays as it is. */
export const BEFORE = 'raw.act.change'

/** Where records stood before tables updated them, and by which form, under the codes of today: as the act says, unless a change of places said otherwise since. */
export const stoodBefore = (which: RawBuilder<unknown>): RawBuilder<unknown> => sql`
  select a.area_code, a.record_id, a.id, a.change, coalesce(j.becomes, a.change #>> '{before,area_code}') as area, coalesce(j.key ->> 'form', a.change #>> '{before,form_area}') as form
  from raw.act a left join (
    select distinct on (b.key ->> 'id') (b.key ->> 'id')::bigint as id, b.becomes, b.key from core.area_act_row b where b.place = ${BEFORE} and ${within('b.area_code', [NATION])} order by b.key ->> 'id', b.id desc) j on j.id = a.id
  where a.import_id is not null and a.kind = 'update' and ${which}`
