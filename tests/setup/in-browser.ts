import { randomUUID } from 'node:crypto'
import { CompactEncrypt, importJWK } from 'jose'
import type { ReplyOf } from '../../domain/base/api.ts'
import type { collectApi } from '../../domain/collect/api.ts'
import type { BackupLine } from '../../domain/collect/collect.backup.ts'
import type { BackupKey, Kit, Sent } from '../../domain/collect/collect.ts'
import type { Collecting } from './collecting.ts'
import type { Browser, Reply } from './people.ts'
import { multipart, type SentFile } from './telephone.ts'

/** Somebody who collects in the browser, as its program speaks to the server. */
export class Pocket {
  readonly browser: Browser
  readonly #house: Collecting
  constructor(house: Collecting, browser: Browser) {
    this.#house = house
    this.browser = browser
  }

  async kit(): Promise<Kit> {
    return ((await this.browser.get('/api/collect/kit')).json() as ReplyOf<typeof collectApi.getKit>).kit as Kit
  }

  /** Bytes as they are, with the cookies of whoever is signed in. */
  send(url: string, type: string, payload: Buffer, headers: Record<string, string> = this.browser.headers): Promise<Reply> {
    const cookie = [...this.browser.jar].map(([name, value]) => `${name}=${value}`).join('; ')
    return this.#house.app.inject({ method: 'POST', url, remoteAddress: this.browser.address, payload, headers: { ...headers, 'content-type': type, ...cookie && { cookie } } })
  }

  submit(xml: string, files: SentFile[] = [], headers?: Record<string, string>): Promise<Reply> {
    const boundary = `----pocket${randomUUID()}`
    return this.send('/api/openrosa/submission', `multipart/form-data; boundary=${boundary}`, multipart(boundary, xml, files), headers)
  }

  async sent(dataset: string, instanceId: string): Promise<Sent> {
    return (await this.browser.get(`/api/collect/sent/${encodeURIComponent(instanceId)}?dataset=${dataset}`)).json() as Sent
  }

  handIn(backup: string | Buffer): Promise<Reply> {
    return this.send('/api/collect/backup', 'application/octet-stream', Buffer.from(backup))
  }
}

export type Line = { said: BackupLine | Record<string, unknown>; bytes?: Buffer }

/** One line of a backup, by its format alone (domain/collect/collect.backup.ts). */
export async function sealLine(key: BackupKey, { said, bytes }: Line): Promise<string> {
  const plain = Buffer.concat([Buffer.from(JSON.stringify(said)), ...bytes ? [Buffer.from('\n'), bytes] : []])
  return new CompactEncrypt(plain).setProtectedHeader({ alg: 'ECDH-ES', enc: 'A256GCM', kid: key.kid }).encrypt(await importJWK({ ...key }, 'ECDH-ES'))
}

export async function sealBackup(key: BackupKey, lines: readonly Line[]): Promise<string> {
  return (await Promise.all(lines.map(line => sealLine(key, line)))).join('\n') + '\n'
}

export type Filled = { instanceId: string; dataset: string; version: string; xml: string; files?: { name: string; bytes: Buffer; parts?: number }[] }

export const headOf = (kit: Kit, entries: number): Line => ({ said: { kind: 'backup', person: kit.me.id, phone: randomUUID(), made: '2026-11-26T03:00:00.000Z', entries } })

/** The lines of an entry: what was filled in, then its files, each in so many parts. */
export function linesOf({ instanceId, dataset, version, xml, files = [] }: Filled): Line[] {
  return [
    { said: { kind: 'entry', instanceId, dataset, version, area: 'TH', files: files.map(file => file.name) }, bytes: Buffer.from(xml) },
    ...files.flatMap(({ name, bytes, parts = 1 }) => Array.from({ length: parts }, (_, i) => ({
      said: { kind: 'file', instanceId, dataset, name, type: 'image/jpeg', turn: i + 1, of: parts },
      bytes: bytes.subarray(Math.floor(bytes.length * i / parts), Math.floor(bytes.length * (i + 1) / parts)),
    }))),
  ]
}
