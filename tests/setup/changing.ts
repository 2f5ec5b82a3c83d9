import pg from 'pg'
import { inject } from 'vitest'
import type { ChangePlan } from '../../domain/change/change.ts'
import { FOLLOWS } from '../../domain/change/rules.tables.ts'
import { settleDemo } from '../../server/demo.ts'
import { environmentOf } from './database.ts'
import { freshDatabase, type Fresh } from './fresh.ts'
import { whenFileEnds } from './leave.ts'

export const HOME = 'TH580703', PART = 'TH580705', DAY = '2026-11-20', REASON = 'ประกาศกระทรวงมหาดไทย เรื่องตั้งตำบลเมืองแพม'
export const village = (number: number, tambon = HOME) => `${tambon}0${number}`

/** The tambon of the demo world in two, by its villages. */
export const split = { kind: 'split', area: HOME, heir: HOME, day: DAY, reason: REASON, parts: [
  { code: HOME, name: { th: 'ถ้ำลอด', en: 'Tham Lot' }, share: 0.6, children: [1, 2, 3, 4].map(n => village(n)), outline: null },
  { code: PART, name: { th: 'เมืองแพม', en: 'Mueang Phaem' }, share: 0.4, children: [5, 6, 7].map(n => village(n)), outline: null },
] } as unknown as ChangePlan & { kind: 'split' }

/** A database of the demo world for a test file, furnished, and its owner. */
export async function furnishedDemo(): Promise<{ database: Fresh; owner: pg.Client }> {
  const database = await freshDatabase(), owner = new pg.Client({ connectionString: database.url })
  await settleDemo({ environment: environmentOf(inject('cluster'), database.name, { RAKKAEO_DEMO: '1' }), database })
  await owner.connect()
  whenFileEnds(() => owner.end())
  await furnish(owner)
  return { database, owner }
}

/** What the demo world has none of: something in every table that follows a place. */
async function furnish(owner: pg.Client): Promise<void> {
  const [me, round] = ['00000000-0000-4000-8000-000000000001', '00000000-0000-4000-8000-000000000002']
  await owner.query(`
    insert into core.target (area_code, dataset_id, round_id, expected, set_by, set_by_name) values ('${HOME}', 'attraction', null, 101, '${me}', 'x'), ('TH580704', 'attraction', null, 7, '${me}', 'x'), ('${village(5)}', 'attraction', null, 9, '${me}', 'x');
    insert into core.round_lock (area_code, round_id, locked_by, locked_by_name, records, remaining) values ('${HOME}', '${round}', '${me}', 'x', 1, 0);
    insert into core.check_set (area_code, dataset_id, version, checks, limits, published_by) values ('${HOME}', 'attraction', 1, '[]', '{}', 'x');
    insert into dataset.draft (area_code, dataset_id, workbook, changed_by) values ('${HOME}', 'attraction', '{}', 'x'), ('TH580704', 'attraction', '{}', 'x');
    insert into core.form (area_code, dataset_id, version, workbook, xform, md5, model, published_by) select '${HOME}', dataset_id, '${HOME}-1', workbook, xform, md5, model, 'x' from core.form where dataset_id = 'attraction' and area_code = 'TH' limit 1;
    insert into core.form_file (area_code, dataset_id, version, name, md5, media_type, bytes) values ('${HOME}', 'attraction', '${HOME}-1', 'a.csv', '', 'text/csv', 'a');
    insert into dataset.draft_file (area_code, dataset_id, name, md5, media_type, bytes) values ('${HOME}', 'attraction', 'b.csv', '', 'text/csv', 'b');
    insert into core.table_mapping (area_code, dataset_id, columns_hash, mapping) values ('${HOME}', 'attraction', 'h', '{}');
    insert into core.dataset (area_code, id, position, definition) select '${HOME}', 'own_things', 999, definition || '{"id":"own_things"}' from core.dataset where id = 'attraction';
    insert into core.form (area_code, dataset_id, version, workbook, xform, md5, model, published_by) values ('${HOME}', 'own_things', '1', '{}', '', '', '{"questions":[],"repeats":[]}', 'x');
    insert into core.area_group_member (area_code, group_id) select '${HOME}', id from core.area_group limit 1;
    insert into team.team (area_code, id, name_th, name_en, university_th, university_en) values ('${HOME}', '${me}', 'x', 'x', 'x', 'x');
    insert into team.area (area_code, team_id) values ('${HOME}', '${me}'), ('${HOME}', '${round}') on conflict do nothing;
    insert into team.invite (area_code, id, hash, team_id, role, areas, uses, made_by, made_by_name, expires_at) values ('${HOME}', '${me}', 'h', null, 'collector', '{${HOME}}', 5, '${me}', 'x', now() + interval '1 day');
    insert into access.phone (area_code, person_id, phone_id, name, version, unsent) values ('${village(6)}', '${me}', '${round}', 'x', '1', 0);
    insert into access.glass (area_code, id, record_id, dataset_id, person_id, person_name, reason, until) select r.area_code, gen_random_uuid(), r.id, r.dataset_id, '${me}', 'x', 'x', now() from core.record r where r.area_code like '${HOME}%' limit 3;
    update core.record set area_code = '${HOME}' where id in (select id from core.record where area_code = '${village(5)}' order by id limit 2);
    update raw.act a set area_code = r.area_code from core.record r where r.id = a.record_id;
    update core.duplicate_turn a set area_code = r.area_code from core.record r where r.id = a.record_id;
    update raw.submission s set area_code = a.area_code from raw.act a where (a.instance_id, a.dataset_id) = (s.instance_id, s.dataset_id);
    update raw.attachment s set area_code = a.area_code from raw.act a where (a.instance_id, a.dataset_id) = (s.instance_id, s.dataset_id)`)
}

/** What holds for a place is to hold in its new part as well: of each such table what lies there, and what lies in the part, apart from the code. */
export async function listShared(owner: pg.Client): Promise<Record<string, { there: string[]; part: string[] }>> {
  const found: Record<string, { there: string[]; part: string[] }> = {}
  for (const [name, { how }] of Object.entries(FOLLOWS)) {
    if (how !== 'each' && how !== 'copied') continue
    const at = async (code: string) => (await owner.query<{ row: string }>(`select (to_jsonb(t) - 'area_code')::text as row from ${name.replace('.area_code', '')} t where area_code = '${code}' and coalesce(to_jsonb(t) ->> 'dataset_id', '') <> 'own_things' order by 1`)).rows.map(({ row }) => row)
    found[name] = { there: await at(HOME), part: await at(PART) }
  }
  return found
}

export type Dump = Record<string, string[]>

/** What is otherwise than it was, by table. */
export function differencesOf(before: Dump, now: Dump): Dump {
  const other = Object.keys(before).filter(table => now[table]?.join('\n') !== before[table]?.join('\n'))
  return Object.fromEntries(other.map(table => [table, (now[table] ?? []).filter(line => !before[table]?.includes(line))]))
}

export function box(west: number, east: number): number[][] {
  return [[west, 19], [east, 19], [east, 20], [west, 20], [west, 19]]
}
