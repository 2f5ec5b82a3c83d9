import { AreaCode, type DatasetId } from '../../domain/base/ids.ts'
import { isWithin } from '../../domain/area/rules.ts'
import { todaysCode } from '../../domain/area/succession.ts'
import type { FormModel } from '../../domain/dataset/dataset.form.ts'
import { submissionProblems } from '../../domain/record/problems.ts'
import { parseNationalId } from '../../engine/form/national-id.ts'
import { scanSubmission, type Scan, type Spot } from '../../engine/form/answers.scan.ts'
import type { Seal } from '../base/seal.ts'
import { listMoved } from '../area/read.ledger.ts'
import { read, type Db } from '../db/db.ts'

/** What the door needs to know of a form to take an answer to it. */
export type DoorForm = { /** Of which places: that of a place that was split is also its parts'. */ areas: readonly AreaCode[]; dataset: DatasetId; version: string; isClosed: boolean; files: ReadonlySet<string>; numbers: ReadonlySet<string>; place: string | null; /** Which places go on under another code: a telephone may not know yet. */ moved: ReadonlyMap<AreaCode, AreaCode> }
export type FindDoorForm = (id: string, version: string) => Promise<DoorForm | null>

/** A version never changes, but it may be closed: for so long it is the same as before. */
const HOLDS_MS = 5000, MOST_KEPT = 5000

export function makeFindDoorForm(open: Db): FindDoorForm {
  const known = new Map<string, { found: Promise<DoorForm | null>; until: number }>()
  return (id, version) => {
    const name = `${id} ${version}`, held = known.get(name)
    if (held && held.until > Date.now()) return held.found
    if (known.size >= MOST_KEPT) known.clear()
    const found = findDoorForm(open, id, version)
    known.set(name, { found, until: Date.now() + HOLDS_MS })
    // that the database was away for a moment is not held
    found.catch(() => known.delete(name))
    return found
  }
}

/** A version of a place holds the place's code, so that one name means one form. */
function findDoorForm(open: Db, id: string, version: string): Promise<DoorForm | null> {
  return read(open, async tx => {
    const rows = await tx.selectFrom('open.form').where('dataset_id', '=', id as DatasetId).where('version', '=', version).select(['area_code', 'closed_at', 'model']).orderBy('area_code').execute(), [row] = rows
    return row ? { areas: rows.map(each => each.area_code), dataset: id as DatasetId, version, isClosed: rows.every(each => each.closed_at !== null), ...pathsOf(row.model), moved: (await listMoved(tx)).moved } : null
  })
}

function pathsOf({ questions, root }: FormModel): Pick<DoorForm, 'files' | 'numbers' | 'place'> {
  const pathsWhere = (is: (question: FormModel['questions'][number]) => boolean) => questions.filter(is).map(question => question.path)
  return {
    files: new Set([...pathsWhere(({ type }) => type === 'file'), `/${root}/meta/audit`]),
    numbers: new Set(pathsWhere(({ role }) => role === 'national-id')),
    place: pathsWhere(({ role, repeat }) => role === 'place' && repeat === null)[0] ?? null,
  }
}

export type Looked = { form: DoorForm; scan: Scan; place: AreaCode | null }

/** Looks at what arrived as far as the door must: well formed, of which form, about which place. */
export async function lookAt(xml: string, findForm: FindDoorForm): Promise<Looked> {
  const guess = headOf(xml)
  const form = await findForm(guess.id, guess.version)
  const scan = scanSubmission(xml, new Set([...form?.numbers ?? [], ...form?.place ? [form.place] : []]), form?.files)
  if (!form || scan.formId !== guess.id || scan.version !== guess.version) throw submissionProblems.noForm({ form: scan.formId, version: scan.version })
  const place = AreaCode.safeParse(scan.sealed.find(spot => spot.path === form.place)?.text.trim())
  return { form, scan, place: place.success ? todaysCode(place.data, form.moved) : null }
}

/** The attributes of the root as they stand in ordinary text; whether they are really these, the scan says. */
function headOf(xml: string): { id: string; version: string } {
  const root = /<(?![?!])[^>]*>/.exec(xml)?.[0] ?? ''
  const attribute = (name: string) => new RegExp(`\\s(?:\\w+:)?${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`).exec(root)
  const [id, version] = [attribute('id'), attribute('version')]
  return { id: id?.[1] ?? id?.[2] ?? '', version: version?.[1] ?? version?.[2] ?? '' }
}

/** Where it belongs: the place that was answered, if the sender collects there; else the first of theirs, until somebody looks. */
export function homeOf(place: AreaCode | null, areas: readonly AreaCode[]): AreaCode {
  return place !== null && areas.some(area => isWithin(place, area)) ? place : areas[0] as AreaCode
}

/** The text with each citizen's number closed: it is never written down as it came. What is no number is closed as well, digit for digit. */
export function closeNumbers(xml: string, { scan, form }: Looked, seal: Seal): string {
  const spots = scan.sealed.filter(spot => form.numbers.has(spot.path) && spot.text.trim() !== '')
  return spots.reduceRight((text, spot) => text.slice(0, spot.start) + seal.close(plainNumber(spot)) + text.slice(spot.end), xml)
}

function plainNumber({ text }: Spot): string {
  return parseNationalId(text)?.digits ?? text.trim()
}
