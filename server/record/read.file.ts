import { sql } from 'kysely'
import sharp from 'sharp'
import type { FileReply } from '../../domain/base/api.ts'
import type { AreaCode, RecordId } from '../../domain/base/ids.ts'
import { keysOf } from '../../domain/dataset/rules.ts'
import type { FormModel } from '../../domain/dataset/dataset.form.ts'
import type { Answers, RecordRow } from '../../domain/record/record.ts'
import type { FileStore } from '../base/file-store.ts'
import type { Reader } from '../db/db.ts'
import { within } from '../db/place.ts'

export type KeptFile = { name: string; sha256: Buffer; mediaType: string }

/** A file that a submission of the record brought. */
export async function findFile(tx: Reader, area: AreaCode, id: RecordId, name: string): Promise<KeptFile | null> {
  const { rows: [file] } = await sql<KeptFile>`
    select a.name, a.sha256, a.media_type as "mediaType" from raw.act act
    join raw.attachment a on a.instance_id = act.instance_id and a.dataset_id = act.dataset_id
    where ${within('act.area_code', [area])} and act.area_code = ${area} and act.record_id = ${id} and a.name = ${name} order by act.id desc limit 1`.execute(tx)
  return file ?? null
}

/** The files that these answers name, each with the key of its question. */
export function namesIn(model: FormModel, values: Answers, rows: readonly RecordRow[]): Map<string, string> {
  return new Map(keysOf(model).flatMap(({ repeat, questions }) => {
    const given = repeat === null ? [values] : rows.filter(row => row.repeat === repeat).map(row => row.values)
    return questions.filter(question => question.type === 'file').flatMap(({ key }) => given.map(answers => [String(answers[key] ?? ''), key] as const))
  }))
}

const PICTURE = /^image\/(jpeg|png|webp|gif|tiff|avif|heic|heif)$/
/** What a browser shows as it is and never runs. */
const SHOWN = /^(image\/(jpeg|png|webp|gif)|audio\/|video\/|application\/pdf$)/
const QUALITY = 80, MOST_PIXELS = 60_000_000

/**
 * The file, or of a picture one that is no larger than asked for. What is made smaller bears no trace of where, when and with what it was
 * taken, and stands upright. A file that a browser might run is only given as a download.
 */
export async function openFile(store: FileStore, file: KeptFile, size: number | undefined): Promise<FileReply> {
  if (size !== undefined && PICTURE.test(file.mediaType)) {
    const picture = sharp(await store.read(file.sha256), { limitInputPixels: MOST_PIXELS, failOn: 'error' }).rotate()
    const body = await picture.resize(size, size, { fit: 'inside', withoutEnlargement: true }).webp({ quality: QUALITY }).toBuffer().catch(() => null)
    if (body) return { name: `${file.name.replace(/\.\w+$/, '')}.webp`, type: 'image/webp', body }
  }
  return { name: file.name, type: SHOWN.test(file.mediaType) ? file.mediaType : 'application/octet-stream', body: await store.read(file.sha256) }
}
