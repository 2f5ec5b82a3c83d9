import { sql } from 'kysely'
import type { AreaCode } from '../../domain/base/ids.ts'
import { NATION } from '../../domain/area/rules.ts'
import type { Text } from '../../domain/base/text.ts'
import type { PackageReport } from '../../domain/package/package.ts'
import { packageProblems } from '../../domain/package/problems.ts'
import { PARTS } from '../../domain/package/rules.parts.ts'
import { tryOut, type Db, type Reader, type Writer } from '../db/db.ts'
import { note } from '../db/note.ts'
import { within } from '../db/place.ts'
import { readAs, writeAs, type Scope } from '../db/scope.ts'
import { checkPackage, type Given, type GivenFile } from './read.given.ts'
import { fingerprintOf, type PackageParts } from './read.zip.ts'
import { keepFiles } from './write.files.ts'
import { keepPart, makeComing, type Coming } from './write.parts.ts'

export type Import = { isDryRun: boolean }
type Rows = Pick<PackageReport, 'parts' | 'numbersDropped' | 'notes'>

const IMPORTING = 7254428

/** A package comes in: read through once, then its files, then all of its rows in one transaction, or none. */
export async function importPackage(app: Db, scope: Scope, { files: store, seal }: PackageParts, given: Given, { isDryRun }: Import): Promise<PackageReport> {
  const { area, keys } = given.manifest
  const brought = await checkPackage(given), known = await readAs(app, scope, tx => listKnownSubmissions(tx, [...brought.values()]))
  const files = await keepFiles(store, given, brought.values(), known, isDryRun)
  const keep = (tx: Writer) => keepRows(tx, given, keys === fingerprintOf(seal))
  const rows = await writeAs(app, scope, async tx => {
    await sql`select pg_advisory_xact_lock(${IMPORTING})`.execute(tx)
    if (isDryRun) return tryOut(tx, () => keep(tx))
    await note(tx, { action: 'package.import', area, target: given.manifest.packedAt })
    return keep(tx)
  })
  return { area, outcome: isDryRun ? 'dry-run' : 'imported', files, ...rows }
}

async function listKnownSubmissions(tx: Reader, files: readonly GivenFile[]): Promise<Set<string>> {
  const { rows } = await sql<{ key: string }>`
    select s.instance_id || ' ' || s.dataset_id as key from raw.submission s join unnest(${[...new Set(files.flatMap(({ of }) => [...of]))]}::text[]) g (key)
      on s.instance_id = substring(g.key from '^(.*) [^ ]*$') and s.dataset_id = substring(g.key from '[^ ]*$') where ${within('s.area_code', [NATION])}`.execute(tx)
  return new Set(rows.map(({ key }) => key))
}

async function keepRows(tx: Writer, given: Given, sameKeys: boolean): Promise<Rows> {
  const { area } = given.manifest
  const { rows: [known] } = await sql`select from core.area where code = ${area}`.execute(tx)
  if (!known) throw packageProblems.noArea({ area })
  const coming = await makeComing(tx, given, sameKeys), parts: PackageReport['parts'] = []
  for (const part of PARTS) parts.push({ name: part.name, ...await keepPart(tx, coming, part) })
  await countAgain(tx, area)
  return { parts, numbersDropped: coming.numbersDropped, notes: await notesOf(tx, coming) }
}

/** How good records are, and what is out of the ordinary, is counted anew, although nobody did anything to them today. */
async function countAgain(tx: Writer, area: AreaCode): Promise<void> {
  await sql`update core.check_work set counted_at = '-infinity' where dataset_id in (select distinct dataset_id from core.record where ${within('area_code', [area])})`.execute(tx)
}

/** What whoever imports should know. */
async function notesOf(tx: Writer, { given: { manifest }, numbersDropped, formsClosed }: Coming): Promise<Text[]> {
  const { rows: [places] } = await sql<{ n: number; one: string }>`
    select count(distinct r.area_code)::int as n, min(r.area_code) as one from core.record r where ${within('r.area_code', [manifest.area])} and not exists (select from core.area a where a.code = r.area_code)`.execute(tx)
  const told: [number, Text][] = [
    [numbersDropped, { th: `เลขประจำตัวประชาชน ${numbersDropped} เลขปิดผนึกด้วยกุญแจชุดอื่น จึงไม่ได้เก็บ เหลือเฉพาะที่แสดงบางส่วน`, en: `${numbersDropped} citizens’ numbers were sealed with other keys and were dropped; what is masked remains.` }],
    [manifest.lost, { th: `ไฟล์แนบ ${manifest.lost} ไฟล์หายไปตั้งแต่ที่เครื่องต้นทาง`, en: `${manifest.lost} attachments were lost already where the package was made.` }],
    [formsClosed, { th: `แบบฟอร์ม ${formsClosed} รุ่นของพื้นที่ที่ใหญ่กว่าไม่มีในเครื่องนี้ เก็บไว้อ่านคำตอบ โดยไม่เปิดรับ`, en: `${formsClosed} forms of larger places were not here: they are kept to read the answers by, and are closed.` }],
    [places?.n ?? 0, { th: `เครื่องนี้ไม่รู้จักพื้นที่ ${places?.n} แห่งของรายการ เช่น ${places?.one}`, en: `${places?.n} places of records are not known here, such as ${places?.one}.` }],
  ]
  return told.flatMap(([count, say]) => count > 0 ? [say] : [])
}
