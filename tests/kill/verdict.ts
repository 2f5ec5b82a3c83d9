import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type pg from 'pg'
import type { Seal } from '../../server/base/seal.ts'
import { hashOf, type Sent } from './sending.ts'

type Found = { instance: string; dataset: string; xml: string; sha256: string; acts: number; notes: number; records: { versions: number; title: string; rows: number }[] }
type FoundFile = { instance: string; name: string; sha256: string }

/** One line for each thing that is not as it was sent: lost, other, twice or half. What was never acknowledged may be there, but whole. */
export async function judge(owner: pg.Client, seal: Seal, filesFolder: string, ledger: readonly Sent[]): Promise<string[]> {
  const { rows: found } = await owner.query<Found>(SUBMISSIONS), { rows: files } = await owner.query<FoundFile>(FILES)
  const sentBy = new Map(ledger.map(sent => [sent.instanceId, sent]))
  return [
    ...found.flatMap(one => submissionFaults(one, sentBy.get(one.instance), seal)),
    ...twice(found.map(one => one.instance)),
    ...missing(ledger.filter(sent => sent.acknowledged).map(sent => sent.instanceId), found.map(one => one.instance)),
    ...files.flatMap(file => fileFaults(file, sentBy.get(file.instance), filesFolder)),
    ...twice(files.map(nameOf)),
    ...missing(ledger.flatMap(sent => [...sent.files].filter(([, file]) => file.acknowledged).map(([name]) => nameOf({ instance: sent.instanceId, name }))), files.map(nameOf)),
  ]
}

/** As the owner sees it, in plain scans of what the tables hold; the demo world's own came by no telephone. */
const SUBMISSIONS = `
  select s.instance_id as instance, s.dataset_id as dataset, s.xml, encode(s.sha256, 'hex') as sha256,
    (select count(*)::int from raw.act a where a.instance_id || '' = s.instance_id) as acts,
    (select count(*)::int from audit.line l where l.action = 'record.submit' and l.target = s.instance_id) as notes,
    (select coalesce(json_agg(json_build_object('versions', r.versions, 'title', coalesce(r.open ->> 'title', r.personal ->> 'head_name'),
      'rows', (select count(*) from core.record_row w where w.record_id = r.id))), '[]') from core.record r where r.instance_id = s.instance_id) as records
  from raw.submission s where s.client like 'org.odk.collect%'`
const FILES = `select a.instance_id as instance, a.name, encode(a.sha256, 'hex') as sha256 from raw.attachment a left join raw.submission s using (instance_id, dataset_id)
  where coalesce(s.client like 'org.odk.collect%', true)`

const nameOf = ({ instance, name }: Pick<FoundFile, 'instance' | 'name'>) => `${instance} ${name}`

function submissionFaults({ instance, dataset, xml, sha256, acts, notes, records }: Found, sent: Sent | undefined, seal: Seal): string[] {
  if (!sent) return [`${instance} is there, and nobody sent it`]
  const opened = xml.replace(/sealed:1:[\w-]+/g, sealed => seal.open(sealed))
  const isWhole = dataset === sent.dataset && opened === sent.xml && sha256 === hashOf(sent.xml)
  const [record, ...others] = records, read = record && `${record.versions} ${record.title} ${record.rows}`
  return [
    ...isWhole ? [] : [`${instance} has other answers than were sent`],
    ...read === `1 ${sent.title} ${sent.rows}` && others.length === 0 ? [] : [`${instance} should be read once as “${sent.title}” with ${sent.rows} rows, and is read as ${JSON.stringify(records)}`],
    ...acts === 1 && notes === 1 ? [] : [`${instance} has ${acts} acts and ${notes} lines in the audit`],
  ]
}

function fileFaults(file: FoundFile, sent: Sent | undefined, folder: string): string[] {
  const path = join(folder, file.sha256.slice(0, 2), file.sha256.slice(2, 4), file.sha256)
  if (sent?.files.get(file.name)?.sha256 !== file.sha256) return [`${nameOf(file)} is not the file that was sent`]
  if (!existsSync(path)) return [`${nameOf(file)} is not on the disk`]
  return hashOf(readFileSync(path)) === file.sha256 ? [] : [`${nameOf(file)} is not whole`]
}

function missing(acknowledged: readonly string[], found: readonly string[]): string[] {
  const there = new Set(found)
  return acknowledged.filter(name => !there.has(name)).map(name => `${name} was acknowledged and is lost`)
}

function twice(names: readonly string[]): string[] {
  const seen = new Set<string>()
  return names.filter(name => seen.size === seen.add(name).size).map(name => `${name} is there twice`)
}
