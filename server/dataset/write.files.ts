import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { AreaCode, DatasetId } from '../../domain/base/ids.ts'
import type { DraftFile } from '../../domain/dataset/api.ts'
import type { FormFault } from '../../domain/dataset/dataset.form.ts'
import { datasetProblems } from '../../domain/dataset/problems.ts'
import type { Writer } from '../db/db.ts'
import type { GivenFile } from '../http/handler.ts'
import { listDraftFiles } from './read.draft.ts'

const TYPES: Record<string, string> = {
  jpg: 'image/jpeg', jpeg: 'image/jpeg', png: 'image/png', webp: 'image/webp', gif: 'image/gif', mp3: 'audio/mpeg', m4a: 'audio/mp4', wav: 'audio/wav', mp4: 'video/mp4',
  csv: 'text/csv', geojson: 'application/geo+json', xml: 'text/xml',
}

/** Files for the next version; one of the same name takes the place of the one before. */
export async function addFormFiles(tx: Writer, id: DatasetId, area: AreaCode, files: readonly GivenFile[]): Promise<DraftFile[]> {
  for (const { name, bytes } of files) {
    const media_type = TYPES[name.split('.').at(-1)?.toLowerCase() ?? '']
    if (!media_type) throw datasetProblems.fileKind({ name, kinds: Object.keys(TYPES).join(', ') })
    const set = { media_type, bytes: Buffer.from(bytes), md5: createHash('md5').update(bytes).digest('hex') }
    await tx.insertInto('dataset.draft_file').values({ area_code: area, dataset_id: id, name, ...set }).onConflict(conflict => conflict.columns(['area_code', 'dataset_id', 'name']).doUpdateSet(set)).execute()
  }
  return listDraftFiles(tx, id, area)
}

export async function dropFormFile(tx: Writer, id: DatasetId, area: AreaCode, name: string): Promise<DraftFile[]> {
  await tx.deleteFrom('dataset.draft_file').where('area_code', '=', area).where('dataset_id', '=', id).where('name', '=', name).execute()
  return listDraftFiles(tx, id, area)
}

/** Made by the server for each telephone, or from the form itself. */
const OURS = ['villages.csv', 'itemsets.csv']

/** Files of these that somebody has to bring. */
async function broughtOf(tx: Writer, wanted: readonly string[]): Promise<string[]> {
  const { rows: lists } = await sql<{ name: string }>`select id || '.csv' as name from core.dataset where definition ->> 'lasting' = 'true'`.execute(tx)
  return wanted.filter(name => !OURS.includes(name) && !lists.some(list => list.name === name))
}

type OfVersion = { id: DatasetId; area: AreaCode; before: string | null }

/** Of each name the file of the draft, else that of the version before. */
const filesFor = ({ id, area, before }: OfVersion, names: readonly string[]) => sql`
  unnest(${names}::text[]) w (name)
  left join dataset.draft_file d on d.area_code = ${area} and d.dataset_id = ${id} and d.name = w.name
  left join core.form_file f on f.area_code = ${area} and f.dataset_id = ${id} and f.version = ${before} and f.name = w.name`

/** Gives a version the files that it asks for. What nobody has is told, since the form cannot be answered rightly without it. */
export async function keepFormFiles(tx: Writer, of: OfVersion & { version: string }, wanted: readonly string[]): Promise<FormFault[]> {
  const names = await broughtOf(tx, wanted)
  if (names.length === 0) return []
  const { rows } = await sql<{ name: string }>`
    insert into core.form_file (area_code, dataset_id, version, name, md5, media_type, bytes)
      select ${of.area}, ${of.id}, ${of.version}, w.name, coalesce(d.md5, f.md5), coalesce(d.media_type, f.media_type), coalesce(d.bytes, f.bytes)
      from ${filesFor(of, names)} where coalesce(d.bytes, f.bytes) is not null returning name`.execute(tx)
  return names.filter(name => !rows.some(row => row.name === name)).map(missing)
}

/** What would be missing if the form were published now. */
export async function listMissingFiles(tx: Writer, of: OfVersion, wanted: readonly string[]): Promise<FormFault[]> {
  const names = await broughtOf(tx, wanted)
  if (names.length === 0) return []
  const { rows } = await sql<{ name: string }>`select w.name from ${filesFor(of, names)} where d.name is null and f.name is null`.execute(tx)
  return rows.map(row => missing(row.name))
}

function missing(name: string): FormFault {
  return { severity: 'warning', code: 'form/missing-file', sheet: null, row: null, column: null, say: {
    th: `แบบฟอร์มใช้ไฟล์ ${name} แต่ยังไม่มีไฟล์นี้ เพิ่มไฟล์แล้วเผยแพร่รุ่นใหม่`, en: `The form asks for the file ${name}, which is not there. Add it and publish a new version.`,
  } }
}
