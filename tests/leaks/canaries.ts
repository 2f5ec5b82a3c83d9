import pg from 'pg'
import { AreaCode } from '../../domain/base/ids.ts'
import type { Right } from '../../domain/base/right.ts'
import { TPMAP_COLUMNS } from '../../domain/import/tpmap.ts'
import { can, clearedPlaces, placesOfPersons } from '../../domain/access/can.ts'
import { isWithin } from '../../domain/area/rules.ts'
import type { Viewer } from '../../domain/access/access.ts'
import { startOf } from '../../domain/record/rules.explore.ts'

/** Rows with unmistakable names, ids and numbers in every place of the test, so that one that leaves its place is known at sight. */

export type Kind = 'person' | 'audit' | 'import' | 'team' | 'figure' | 'count' | 'own' | 'record' | 'draft' | 'household' | 'personal' | 'sensitive' | 'change' | 'table'
/** With which right a canary of a kind may be seen in its place; `own`: by its owner alone. */
const SEEN_WITH: Record<Kind, readonly Right[]> = {
  person: ['manage-people'], audit: ['read-audit'], import: ['import-files'], team: ['manage-people'], figure: ['see-internal-figures'], own: [], record: ['see-records'], draft: ['define-datasets'], change: ['change-places'], table: ['import-tables'],
  count: ['see-records', 'collect', 'run-rounds'], household: ['see-records'], personal: ['see-records'], sensitive: ['see-records'],
}
/** Beyond the right: who may know of a person, once they said what for. */
const SEEN_WHERE: Partial<Record<Kind, (viewer: Viewer) => AreaCode[]>> = {
  household: placesOfPersons, personal: viewer => clearedPlaces(viewer, 'personal', 'to see who sees it'), sensitive: viewer => clearedPlaces(viewer, 'sensitive', 'to see who sees it'),
}
/** An id may stand wherever somebody reads of its thing: in a list of people, of imports, or in the audit. */
const ID_SEEN_WITH: readonly Right[] = ['manage-people', 'read-audit', 'import-files', 'see-records', 'define-datasets', 'change-places']

/** The seed has the villages of few provinces. */
const VILLAGE = 'TH58010101'
export const PLACES = ['TH', 'TH50', 'TH5001', 'TH500101', 'TH501001', 'TH380101', 'TH58', 'TH5801', 'TH580101', VILLAGE, 'TH580102', 'TH580201'].map(code => AreaCode.parse(code))

export type IdKind = 'person' | 'grant' | 'team' | 'invite' | 'import' | 'file' | 'token' | 'session' | 'undone' | 'record' | 'household' | 'phone'
const ID_KINDS: IdKind[] = ['person', 'grant', 'team', 'invite', 'import', 'file', 'token', 'session', 'undone', 'record', 'household', 'phone']
const TPMAP = 'tpmap-2561', PERIOD = '2018', EMPTY_PERIOD = '1999'

export const marker = (place: string, kind: Kind) => `zq-${place}-${kind}-qz`.toLowerCase()
/** Other than any other one from its first digits on: a point on the map is known by half of its record's id. */
export const idOf = (place: AreaCode, kind: IdKind) => {
  const p = PLACES.indexOf(place), k = ID_KINDS.indexOf(kind)
  return `c0ffee00-${digits(p, 4)}-4${digits(k, 3)}-8000-${digits(p, 6)}${digits(k, 6)}`
}
const digits = (number: number, count: number) => String(number).padStart(count, '0')
/** A count that no other place has, large enough that no sum of the seed meets it. */
export const numberOf = (place: AreaCode) => 700_003_001 + 1_010_117 * PLACES.indexOf(place)
/** The same of records: what is added up of all places must still be a number of records. */
const recordsOf = (place: AreaCode) => 100_003_001 + 1_010_117 * PLACES.indexOf(place)
/** Where a row has neither name nor id, the day tells that it is a canary. */
export const CANARY_DAY = '2097-07-07'

/** Puts them there past all policies, as the superuser. */
export async function plantCanaries(owner: pg.Client, tables: ReadonlySet<string>): Promise<void> {
  await owner.query('set session_replication_role = replica')
  await owner.query(`insert into core.area (code, level, type, parent_code, name_th, name_en, has_shape) values ($1, 'village', 'muban', $2, 'บ้านทดลอง', 'Ban Thotlong', false) on conflict do nothing`, [VILLAGE, VILLAGE.slice(0, 8)])
  for (const place of PLACES) {
    for (const [table, rows] of Object.entries(rowsOf(place))) {
      if (!tables.has(table)) continue
      for (const row of rows) await insert(owner, table, row)
    }
  }
  await owner.query('set session_replication_role = origin')
}

type Row = Record<string, unknown>

function rowsOf(place: AreaCode): Record<string, Row[]> {
  const id = (kind: IdKind) => idOf(place, kind)
  const area_code = place
  const person = marker(place, 'person'), file = marker(place, 'import'), own = marker(place, 'own')
  // the seed has read provinces and the nation in that year
  const cells = (part: 'common' | 'poor') => TPMAP_COLUMNS[part].map(({ kind }) => kind === 'count' ? numberOf(place) : 1)
  const reading = (part: 'common' | 'poor') => ({ area_code, source_id: TPMAP, period: place.length > 4 ? PERIOD : EMPTY_PERIOD, part, publication: 'internal', cells: cells(part), import_id: id('import') })
  return {
    'access.person': [{ area_code, id: id('person'), name: person, user_name: person, email: `${person}@example.org` }],
    'access.grant': [{ area_code, id: id('grant'), person_id: id('person'), role: 'collector', valid_from: '2020-01-01', given_by: id('person'), given_by_name: person, team_id: id('team') }],
    'access.person_term': [{ area_code, person_id: id('person'), term: person }],
    'access.phone': [{ area_code, person_id: id('person'), phone_id: id('phone'), name: person, version: person, unsent: 3, session_id: id('session') }],
    'audit.line': [{ area_code, actor: id('person'), actor_name: marker(place, 'audit'), kind: 'person', action: 'person.see', target: marker(place, 'audit'), about: id('person'), reason: marker(place, 'audit') }],
    'raw.file': [{ area_code, id: id('file'), name: file, sha256: file, bytes: Buffer.from(file), received_by: file }],
    'raw.import': [id('import'), id('undone')].map(one => ({ area_code, id: one, layout: 'tpmap', source_id: TPMAP, period: PERIOD, report: JSON.stringify(reportOf(file)), created_by: file, person_id: id('person') })),
    'raw.import_file': [{ area_code, import_id: id('import'), file_id: id('file') }],
    'raw.import_undo': [{ area_code, import_id: id('undone'), undone_by: file, person_id: id('person') }],
    'fact.reading': [reading('common'), reading('poor')],
    'fact.figure': [{ area_code, indicator_id: 'target-poor', version: '1', period: EMPTY_PERIOD, source_id: TPMAP, level: 'tambon', numerator: numberOf(place), denominator: numberOf(place), status: 'published', publication: 'internal', import_id: id('import') }],
    'auth.user': [{ id: id('person'), name: own, email: `${own}@example.org`, user_name: own }],
    'auth.session': [{ id: id('session'), user_id: id('person'), token: own, expires_at: '2099-01-01', ip_address: own, user_agent: own }],
    'auth.token': [{ id: id('token'), person_id: id('person'), name: own, hash: Buffer.from(own), areas: [place], expires_at: '2099-01-01' }],
    ...teamRowsOf(place), ...recordRowsOf(place), ...broughtRowsOf(place), ...privacyRowsOf(place),
  }
}

function teamRowsOf(place: AreaCode): Record<string, Row[]> {
  const team = marker(place, 'team'), area_code = place
  return {
    'team.team': [{ area_code, id: idOf(place, 'team'), name_th: team, name_en: team, university_th: team, university_en: team }],
    'team.area': [{ area_code, team_id: idOf(place, 'team') }],
    'team.invite': [{ area_code, id: idOf(place, 'invite'), hash: Buffer.from(team), team_id: idOf(place, 'team'), role: 'collector', areas: [place], uses: 5, made_by: idOf(place, 'person'), made_by_name: team, expires_at: '2099-01-01' }],
  }
}

/** A thing and a household, each with answers of every sensitivity, a row, a number, a file and what it came from. */
function recordRowsOf(place: AreaCode): Record<string, Row[]> {
  const area_code = place, made_by = idOf(place, 'person'), at = '2026-01-01T00:00:00Z'
  const kinds = [{ dataset_id: 'attraction', id: idOf(place, 'record'), title: 'title', mark: marker(place, 'record') }, { dataset_id: 'household', id: idOf(place, 'household'), title: 'household_name', mark: marker(place, 'household') }] as const
  const answers = (mark: string, title: string) => ({ open: JSON.stringify({ [title]: mark, photo: mark, position: { lat: 19.5, lon: 98.2, altitude: null, accuracy: null } }), internal: JSON.stringify({ note: mark }), personal: JSON.stringify({ contact_name: marker(place, 'personal') }), sensitive: JSON.stringify({ religion: marker(place, 'sensitive') }) })
  const each = (make: (kind: typeof kinds[number]) => Row) => kinds.map(make)
  const form = { form_area: 'TH', version: '2026112601' }
  const counted = (state: string) => ({ area_code, dataset_id: 'attraction', state, type: idOf(place, 'record'), month: '2026-02', count: recordsOf(place), faulty: 0, shown: 0 })
  return {
    'dataset.draft': [{ area_code, dataset_id: 'attraction', workbook: JSON.stringify({ sheets: [{ name: marker(place, 'draft'), columns: [], rows: [] }] }), changed_by: marker(place, 'draft'), person_id: made_by }],
    'dataset.draft_file': [{ area_code, dataset_id: 'attraction', name: marker(place, 'draft'), md5: idOf(place, 'record'), media_type: 'text/csv', bytes: Buffer.from(marker(place, 'draft')) }],
    'core.record': each(({ dataset_id, id, title, mark }) => ({ area_code, id, dataset_id, state: 'received', ...form, instance_id: `uuid:${id}`, versions: 1, day: '2026-02-01', made_at: at, made_by, changed_at: at, changed_by: made_by, lat: 19.5, lon: 98.2, point_kept: 'open', ...answers(mark, title), faults: JSON.stringify([{ key: null, repeat: null, row: null, kind: 'unknown', say: { th: mark, en: mark } }]) })),
    'core.record_row': each(({ dataset_id, id, mark }) => ({ area_code, record_id: id, dataset_id, repeat: '/data/member', position: 1, made_by, ...answers(mark, 'first_name') })),
    'core.flag': [{ area_code, record_id: idOf(place, 'record'), kind: 'outlier', key: 'title', dataset_id: 'attraction', kept: 'open', reason: JSON.stringify({ value: 1 }), aside_at: at, aside_by: made_by, aside_name: marker(place, 'record'), aside_why: marker(place, 'record') }],
    'access.glass': [{ area_code, id: idOf(place, 'record'), record_id: idOf(place, 'record'), dataset_id: 'attraction', person_id: made_by, person_name: marker(place, 'record'), reason: marker(place, 'record'), until: '2099-01-01' }],
    'core.round_lock': [{ area_code, round_id: idOf(place, 'record'), locked_by: made_by, locked_by_name: marker(place, 'record'), records: recordsOf(place), remaining: 0 }],
    'core.target': [{ area_code, dataset_id: 'attraction', round_id: idOf(place, 'record'), expected: recordsOf(place), set_at: at, set_by: made_by, set_by_name: marker(place, 'record') }],
    'core.record_count': [counted('received')], 'core.record_sum': [counted('received')], 'core.record_delta': [{ ...counted('returned'), count: 1, last_at: CANARY_DAY }],
    'core.record_last': [{ area_code, dataset_id: 'attraction', at: CANARY_DAY }],
    'core.duplicate': [{ area_code, id: idOf(place, 'record'), dataset_id: 'attraction', one: idOf(place, 'record'), other: idOf(place, 'household'), score: 0.9, reasons: JSON.stringify([{ kind: 'name', weight: 8, value: 0.9, sensitivity: 'personal' }]), state: 'different', said_at: at, said_by: made_by, said_by_name: marker(place, 'record') }],
    'core.duplicate_turn': [{ area_code, record_id: idOf(place, 'record'), dataset_id: 'attraction', not_before: '2099-01-01' }],
    'core.duplicate_search': [{ area_code, id: idOf(place, 'record'), asked_by: made_by, asked_by_name: marker(place, 'record'), total: 1, ended_at: at }],
    'core.national_id': each(({ id, mark }) => ({ area_code, record_id: id, path: '/data/national_id', position: 0, hash: Buffer.from(mark), sealed: mark })),
    'raw.submission': each(({ dataset_id, id, mark }) => ({ area_code, instance_id: `uuid:${id}`, dataset_id, ...form, sha256: Buffer.from(mark), xml: `<data id="${dataset_id}" version="2026112601"><title>${mark}</title></data>`, files: [mark], person_id: made_by, client: mark })),
    'raw.attachment': each(({ dataset_id, id, mark }) => ({ area_code, instance_id: `uuid:${id}`, dataset_id, name: mark, sha256: Buffer.from(mark), bytes: 1, media_type: 'image/jpeg', person_id: made_by })),
    'raw.waiting': each(({ dataset_id, id, mark }) => ({ area_code, instance_id: `uuid:${id}`, dataset_id, not_before: '2099-01-01', fault: mark })),
    'raw.act': each(({ dataset_id, id, mark }) => ({ area_code, record_id: id, dataset_id, kind: 'make', at, person_id: made_by, person_name: mark, instance_id: `uuid:${id}`, reason: mark })),
  }
}

/** Changes of places, and tables on their way in. */
function broughtRowsOf(place: AreaCode): Record<string, Row[]> {
  const area_code = place, made_by = idOf(place, 'person')
  return {
    'core.area_act': [{ area_code, id: idOf(place, 'record'), plan: JSON.stringify({ kind: 'rename', area: place, name: { th: 'x', en: 'x' }, day: '2026-01-01', reason: marker(place, 'change') }), done_by_name: marker(place, 'change') }],
    'core.area_act_row': [{ area_code, act_id: idOf(place, 'record'), place: 'core.record.area_code', key: '{}', was: place, becomes: place }],
    'raw.table_import': [{ area_code, id: idOf(place, 'record'), dataset_id: 'attraction', form_area: 'TH', version: '2026112601', file: marker(place, 'table'), bytes: recordsOf(place), sha256: Buffer.from(marker(place, 'table')), person_id: made_by, person_name: marker(place, 'table'), mapping: JSON.stringify({ columns: [], constants: { title: marker(place, 'table') }, choices: {}, places: {} }) }],
    'raw.table_figure': [{ area_code, import_id: idOf(place, 'import'), period: EMPTY_PERIOD, indicator_ids: ['rice-planted-rai'], versions: ['1'], numerators: [numberOf(place)], denominators: [null], was_numerators: [null], was_denominators: [null] }],
    'core.table_mapping': [{ area_code, dataset_id: 'attraction', columns_hash: idOf(place, 'record'), mapping: JSON.stringify({ columns: [], constants: {}, choices: {}, places: {} }) }],
  }
}

/** What left, what is due and what was erased. */
function privacyRowsOf(place: AreaCode): Record<string, Row[]> {
  const area_code = place, made_by = idOf(place, 'person')
  return {
    'audit.export': [{ area_code, id: idOf(place, 'record'), actor: made_by, actor_name: marker(place, 'audit'), kind: 'person', what: 'records', format: 'csv', datasets: ['attraction'], filter: JSON.stringify({ area: place }), sensitivities: ['open'], records: 1, purpose: marker(place, 'audit') }],
    'audit.export_place': [{ area_code, export_id: idOf(place, 'record'), records: 1 }],
    'core.proposal': [{ area_code, record_id: idOf(place, 'record'), kind: 'retention', dataset_id: 'attraction', last_day: '2020-01-01', due_day: '2025-01-01', until: '2099-01-01', reason: marker(place, 'record'), said_by: made_by, said_by_name: marker(place, 'record') }],
    'raw.erasure': [{ area_code, id: idOf(place, 'record'), record_id: idOf(place, 'household'), dataset_id: 'household', person_id: made_by, person_name: marker(place, 'record'), cause: 'request', request: marker(place, 'record'), reason: marker(place, 'record'), whole: true }],
  }
}

function reportOf(file: string) {
  const counts = { rows: 1, rowsNew: 1, rowsChanged: 0, rowsSame: 0, rowsLeftOut: 0, blankCells: 0, areasCreated: 0, figuresPublished: 1, errors: 0, warnings: 0 }
  const read = { name: file, sha256: file, bytes: 1, encoding: 'utf-8', parts: ['common'], level: 'tambon', rows: 1, known: false }
  return { outcome: 'imported', id: null, layout: 'tpmap', source: TPMAP, period: PERIOD, files: [read], counts, totals: [], problems: [], problemsLeftOut: 0 }
}

async function insert(owner: pg.Client, table: string, row: Row): Promise<void> {
  const names = Object.keys(row)
  const values = names.map((_, i) => `$${i + 1}`)
  await owner.query(`insert into ${table} (${names.map(name => `"${name}"`).join(', ')}) values (${values.join(', ')})`, Object.values(row))
}

/** A canary that was met, and whether this viewer may meet it. */
export type Sighting = { place: AreaCode; kind: Kind | 'id'; may: boolean }

const NUMBERS = new Map(PLACES.flatMap((place): [string, { place: AreaCode; kind: Kind }][] => [[String(numberOf(place)), { place, kind: 'figure' }], [String(recordsOf(place)), { place, kind: 'count' }]]))
/** A point on the map bears the first half of an id. */
const IDS = new Map(PLACES.flatMap(place => ID_KINDS.flatMap(kind => [idOf(place, kind), startOf(idOf(place, kind))].map(id => [id, place] as const))))

/** Every canary in a text that was not already in what was asked. */
export function findCanaries(text: string, asked: string, viewer: Viewer | null): Sighting[] {
  const hidden = asked.toLowerCase()
  const seen = text.toLowerCase().replaceAll('\\u002d', '-')
  const names = [...seen.matchAll(/zq-(th\d*)-([a-z]+)-qz/g)].filter(([name]) => !hidden.includes(name)).map(([, place, kind]) => sight(place as string, kind as Kind, SEEN_WITH[kind as Kind], viewer))
  const ids = [...seen.matchAll(/c0ffee00-?\d{4}-?4\d{3}(-8000-\d{12})?/g)].flatMap(([id]) => {
    const place = IDS.get(id)
    return place && !hidden.includes(id) ? [sight(place, 'id', ID_SEEN_WITH, viewer)] : []
  })
  const numbers = [...seen.replaceAll(',', '\n').matchAll(/\d{9}/g)].flatMap(([number]) => {
    const found = NUMBERS.get(number)
    return found ? [sight(found.place, found.kind, SEEN_WITH[found.kind], viewer)] : []
  })
  return [...names, ...ids, ...numbers]
}

function sight(code: string, kind: Sighting['kind'], rights: readonly Right[], viewer: Viewer | null): Sighting {
  const place = AreaCode.parse(code.toUpperCase()), where = kind === 'id' ? undefined : SEEN_WHERE[kind]
  return { place, kind, may: viewer !== null && rights.some(right => can(viewer, right, place)) && (!where || where(viewer).some(one => isWithin(place, one))) }
}
