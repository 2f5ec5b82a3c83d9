import { randomUUID } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { sql } from 'kysely'
import { z } from 'zod'
import { AreaCode, DatasetId, type PersonId } from '../domain/base/ids.ts'
import { NATION } from '../domain/area/rules.ts'
import type { Dataset, FormVersion } from '../domain/dataset/dataset.ts'
import { questionOf } from '../domain/dataset/rules.ts'
import { openFileStore, type FileStore, type StoredFile } from './base/file-store.ts'
import type { Keys } from './base/keys.ts'
import { makeSeal, sha256, type Seal } from './base/seal.ts'
import { findDataset, findForm, formFor, listForms } from './dataset/read.ts'
import type { Db, Reader, Writer } from './db/db.ts'
import { loadOnce } from './db/once.ts'
import { within } from './db/place.ts'
import { readAs, SYSTEM, writeAs } from './db/scope.ts'
import { actOnDemoRecords } from './demo.acts.ts'
import { fillForm, type Given } from './demo.xml.ts'
import { closeNumbers, homeOf, lookAt, makeFindDoorForm, type FindDoorForm } from './record/read.door.ts'
import { makeIngest, type Submission } from './record/write.ingest.ts'
import { mapWaiting } from './record/write.map.ts'

const FOLDER = fileURLToPath(new URL('../seed/demo/records', import.meta.url))
const SEED = 'demo-records', CLIENT = 'rakkaeo demo', AT_ONCE = 100
/** Where the senders of a folder's records collect. */
const PLACES: Record<string, AreaCode[]> = { tambon: [AreaCode.parse('TH580703')], province: [AreaCode.parse('TH58')] }
const PICTURES = 'pictures', ACTS = 'acts'

const Answered: z.ZodType<Given> = z.record(z.string(), z.union([z.string(), z.number(), z.array(z.lazy(() => Answered))]))
/**
 * `picture`: of the folder pictures; `lost`: it is spoken of and never came. `by`: whoever it was, if not the file's sender. `knew`: which
 * version the telephone had before it, where somebody else had changed the thing meanwhile.
 */
const Visit = z.object({ day: z.iso.date(), picture: z.string().optional(), lost: z.literal(true).optional(), by: z.string().optional(), knew: z.number().int().optional(), answers: Answered })
type Visit = z.infer<typeof Visit>
const DemoRecord = Visit.extend({ again: z.array(Visit).optional() })
const DemoFile = z.object({ by: z.string(), records: z.array(DemoRecord) })
type Source = z.infer<typeof DemoFile> & { dataset: DatasetId; areas: AreaCode[] }

export type RecordParts = { app: Db; keys: Keys; dataFolder: string; people: ReadonlyMap<string, PersonId> }
type Ground = { seal: Seal; findForm: FindDoorForm; people: RecordParts['people']; pictures: Map<string, StoredFile> }

/** Invented records go the way of anyone's: kept as they are sent, then read. When they have changed, the earlier ones go first. */
export function loadDemoRecords({ app, keys, dataFolder, people }: RecordParts): Promise<boolean> {
  return writeAs(app, SYSTEM, async tx => {
    // two servers that start at once do not both load them
    await sql`select pg_advisory_xact_lock(hashtext(${SEED}))`.execute(tx)
    const files = (await Promise.all([...Object.keys(PLACES), PICTURES, ACTS].map(readFolder))).flat()
    return loadOnce(tx, SEED, files.map(({ bytes }) => bytes), async () => {
      await writeAs(app, SYSTEM, forgetDemoRecords)
      const pictures = await keepPictures(files, openFileStore(join(dataFolder, 'files'))), seal = makeSeal(keys)
      const rounds = await readAs(app, SYSTEM, reader => listRounds(reader, files.flatMap(toSources), { seal, people, pictures, findForm: makeFindDoorForm(app) }))
      const ingest = makeIngest(app)
      // each is there before the next visit of the same thing
      for (const round of rounds) await Promise.all(round.map(submission => ingest.keep(submission)))
      while (await mapWaiting(app, seal, AT_ONCE, message => console.error(message)) > 0);
      for (const { bytes } of files.filter(({ folder }) => folder === ACTS)) await actOnDemoRecords(app, people, new TextDecoder().decode(bytes))
    })
  })
}

/** Out of sight: what came with the demo world goes from core and from the queue. In raw it stays, as everything that was kept. */
export async function forgetDemoRecords(tx: Writer): Promise<void> {
  const ours = sql`raw.submission s join access.person p on p.id = s.person_id and p.demo and ${within('p.area_code', [NATION])} where ${within('s.area_code', [NATION])} and s.client = ${CLIENT}`
  await sql`delete from core.record r using raw.act a where ${within('r.area_code', [NATION])} and ${within('a.area_code', [NATION])} and a.record_id = r.id and (a.instance_id, a.dataset_id) in (select s.instance_id, s.dataset_id from ${ours})`.execute(tx)
  await sql`delete from raw.waiting w where ${within('w.area_code', [NATION])} and (w.instance_id, w.dataset_id) in (select s.instance_id, s.dataset_id from ${ours})`.execute(tx)
  await tx.deleteFrom('core.seed').where('name', '=', SEED).execute()
}

type SeedFile = { folder: string; name: string; bytes: Uint8Array }

async function readFolder(folder: string): Promise<SeedFile[]> {
  const names = (await readdir(join(FOLDER, folder))).sort()
  return Promise.all(names.map(async name => ({ folder, name, bytes: await readFile(join(FOLDER, folder, name)) })))
}

function toSources({ folder, name, bytes }: SeedFile): Source[] {
  const areas = PLACES[folder]
  return areas ? [{ ...DemoFile.parse(JSON.parse(new TextDecoder().decode(bytes))), dataset: DatasetId.parse(name.replace(/\.json$/, '')), areas }] : []
}

async function keepPictures(files: readonly SeedFile[], store: FileStore): Promise<Map<string, StoredFile>> {
  const pictures = files.filter(({ folder }) => folder === PICTURES)
  return new Map(await Promise.all(pictures.map(async ({ name, bytes }) => [name, await store.keep(Readable.from([bytes]))] as const)))
}

/** All first visits, then all second ones, and so on. A dataset that was closed takes nothing. */
async function listRounds(tx: Reader, sources: readonly Source[], ground: Ground): Promise<Submission[][]> {
  const rounds: Submission[][] = [], forms = await listForms(tx)
  for (const source of sources) {
    const head = formFor(forms.filter(form => form.dataset === source.dataset), NATION), found = await findDataset(tx, source.dataset)
    const form = head && await findForm(tx, head.area, head.dataset, head.version)
    if (!form || !found) continue
    for (const record of source.records) {
      const id = randomUUID(), states: Given[] = []
      for (const [turn, visit] of [record, ...record.again ?? []].entries()) {
        const knew = turn === 0 ? null : visit.knew ?? turn
        // a telephone puts what it knows of the thing before whoever visits it again
        const answers = states[turn] = { ...knew === null ? {} : states[knew - 1], ...visit.answers };
        (rounds[turn] ??= []).push(await toSubmission({ ...visit, answers }, source, { form, dataset: found.dataset }, { id, knew }, ground))
      }
    }
  }
  return rounds
}

type Of = { form: FormVersion; dataset: Dataset }

async function toSubmission(visit: Visit, { by, areas }: Source, { form: { model }, dataset }: Of, { id, knew }: { id: string; knew: number | null }, ground: Ground): Promise<Submission> {
  const [date, photo] = [questionOf(model, 'date'), questionOf(model, 'photo')], { picture } = visit, sender = visit.by ?? by
  const thing = knew === null ? undefined : model.questions.find(question => question.choicesFile === `${dataset.id}.csv`)
  const file = picture === undefined ? null : `${picture}.jpg`, stored = file === null ? undefined : ground.pictures.get(file)
  const given = { ...visit.answers, ...date && { [date.name]: visit.day }, ...photo && file && { [photo.name]: file }, ...thing && { [thing.name]: id } }
  const person = ground.people.get(sender)
  if (!person || (file && !stored)) throw new Error(`seed/demo/records: there is no ${person ? file : sender}`)
  const label = String(given[questionOf(model, 'title')?.name ?? ''] ?? dataset.name.th)
  const xml = fillForm(model, given, `uuid:${knew === null ? id : randomUUID()}`, dataset.lasting ? { list: dataset.id, id, label, knew } : null)
  const looked = await lookAt(xml, ground.findForm), { form, scan } = looked
  return {
    area: homeOf(looked.place, areas), instanceId: scan.instanceId as string, dataset: form.dataset, version: form.version, formArea: form.areas[0] as AreaCode,
    sha256: sha256(xml), xml: closeNumbers(xml, looked, ground.seal), files: scan.files, person, token: null, client: CLIENT, deviceId: null, deprecatedId: null,
    attachments: file && stored && !visit.lost ? [{ ...stored, name: file, mediaType: 'image/jpeg' }] : [],
  }
}
