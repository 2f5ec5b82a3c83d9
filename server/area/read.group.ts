import type { AreaGroup } from '../../domain/area/area.ts'
import type { GroupId } from '../../domain/base/ids.ts'
import type { Reader } from '../db/db.ts'

export async function listGroups(db: Reader, scheme: GroupId | undefined): Promise<AreaGroup[]> {
  const groups = await db.selectFrom('open.area_group').selectAll().$if(Boolean(scheme), query => query.where('scheme', '=', scheme!)).orderBy('id').execute()
  const members = await db.selectFrom('open.area_group_member').selectAll().orderBy('area_code').execute()
  return groups.map(group => ({
    id: group.id, scheme: group.scheme, name: { th: group.name_th, en: group.name_en },
    members: members.filter(member => member.group_id === group.id).map(member => member.area_code),
  }))
}
