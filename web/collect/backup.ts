import type { BackupLine } from '../../domain/collect/collect.backup.ts'
import type { BackupKey } from '../../domain/collect/collect.ts'
import { BACKUP_SUFFIX, BACKUP_TYPE, PART_MOST_BYTES } from '../../domain/collect/rules.ts'
import { getPhone, type Phone } from './phone.name.ts'
import { collectProblems } from './problems.ts'
import type { Entry, Shelf } from './shelf.ts'

type Parts = { phone: Phone; now: Date }
const encoder = new TextEncoder()

/**
 * Everything that was finished and that the server has not confirmed, in a file that only the server can open (domain/collect/collect.backup.ts
 * says how it is made). Drafts are not in it: what is not finished cannot be taken in. Never more than one part of one file is in memory.
 */
export async function makeBackup(shelf: Shelf, backupKey: BackupKey, parts?: Parts): Promise<{ name: string; file: Blob; entries: number }> {
  const { phone, now } = parts ?? { phone: await getPhone(), now: new Date() }
  const seal = await makeSealing(backupKey), pieces: Blob[] = []
  let entries = 0
  for (const entry of (await shelf.list()).filter(({ state }) => state !== 'draft' && state !== 'sent').reverse()) {
    const lines: Blob[] = []
    try {
      for await (const line of linesOf(shelf, entry)) lines.push(new Blob([await seal(...line)]))
    } catch (error) {
      if ((error as { code?: string }).code !== 'collect/not-on-phone') throw error
      // sent and confirmed while the file was being made
      continue
    }
    pieces.push(...lines)
    entries++
  }
  const head = new Blob([await seal({ kind: 'backup', person: shelf.holder.person, phone: phone.id, made: now.toISOString(), entries })])
  return { name: `rakkaeo-${now.toISOString().slice(0, 16).replace(/[-:T]/g, '')}${BACKUP_SUFFIX}`, file: new Blob([head, ...pieces], { type: BACKUP_TYPE }), entries }
}

type Line = [line: BackupLine, bytes?: Uint8Array]

async function makeSealing(backupKey: BackupKey): Promise<(...line: Line) => Promise<string>> {
  const { CompactEncrypt, importJWK } = await import('jose'), key = await importJWK(backupKey, 'ECDH-ES')
  return async (line, bytes) => {
    const text = encoder.encode(JSON.stringify(line) + (bytes ? '\n' : ''))
    return `${await new CompactEncrypt(join(text, bytes)).setProtectedHeader({ alg: 'ECDH-ES', enc: 'A256GCM', kid: backupKey.kid }).encrypt(key)}\n`
  }
}

function join(text: Uint8Array, bytes: Uint8Array = new Uint8Array()): Uint8Array {
  const whole = new Uint8Array(text.length + bytes.length)
  whole.set(text)
  whole.set(bytes, text.length)
  return whole
}

async function* linesOf(shelf: Shelf, { instanceId, dataset, version, formArea, files }: Entry): AsyncIterable<Line> {
  const { xml } = await shelf.readAnswers(instanceId), of = { instanceId, dataset }
  yield [{ kind: 'entry', ...of, version, area: formArea, files: files.map(({ name }) => name) }, encoder.encode(xml)]
  for (const { name } of files) {
    const file = await shelf.readFile(instanceId, name)
    if (!file) throw collectProblems.notThere({})
    const turns = Math.max(1, Math.ceil(file.size / PART_MOST_BYTES))
    for (let turn = 1; turn <= turns; turn++) {
      const part = file.slice((turn - 1) * PART_MOST_BYTES, turn * PART_MOST_BYTES)
      yield [{ kind: 'file', ...of, name, type: file.type, turn, of: turns }, new Uint8Array(await part.arrayBuffer())]
    }
  }
}
