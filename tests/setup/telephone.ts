import { createHash, randomUUID } from 'node:crypto'
import { request, type IncomingMessage } from 'node:http'
import { inflateSync } from 'node:zlib'

/** What a telephone was answered. */
export type Heard = { status: number; headers: IncomingMessage['headers']; body: string; bytes: Buffer }
export type Offered = { id: string; name: string; version: string; hash: string; url: string; manifest: string | null }
export type SentFile = { name: string; bytes: Buffer; type?: string }
type Sending = { method?: string; headers?: Record<string, string>; body?: Buffer; /** Breaks off after so many bytes. */ cutAfter?: number; chunked?: boolean }

/**
 * Speaks HTTP as ODK Collect does (its source: HTTP headers, paths, parts, retries), by hand, so that nothing of ours helps. What Collect
 * would not take is thrown: an answer without X-OpenRosa-Version or of another type, a form whose hash is not that of its bytes, 200 to a submission.
 */
export class Telephone {
  readonly base: string
  readonly deviceId = `collect:${randomUUID().slice(0, 12)}`
  authorization: string | null = null
  constructor(base: string) { this.base = base.replace(/\/$/, '') }

  static fromQr(settings: string): Telephone {
    const { general } = JSON.parse(inflateSync(Buffer.from(settings, 'base64')).toString('utf8')) as { general: { server_url: string } }
    return new Telephone(general.server_url)
  }

  ask(url: string, { method = 'GET', headers = {}, body, cutAfter, chunked }: Sending = {}): Promise<Heard> {
    return new Promise((done, fail) => {
      const sent = request(url, { method, headers: {
        'x-openrosa-version': '1.0', 'user-agent': 'org.odk.collect.android/v2026.3.1 Dalvik/2.1.0', 'accept-encoding': 'identity', date: 'Thu, 26 พ.ย. 2026 09:15:00 GMT'.replace(/[^\x20-\x7e]+/g, 'Nov'),
        ...this.authorization && { authorization: this.authorization }, ...body && !chunked && { 'content-length': String(body.length) }, ...headers,
      } }, reply => {
        const pieces: Buffer[] = []
        reply.on('data', (piece: Buffer) => pieces.push(piece)).on('error', fail)
          .on('end', () => { const bytes = Buffer.concat(pieces); done({ status: reply.statusCode ?? 0, headers: reply.headers, body: bytes.toString('utf8'), bytes }) })
      }).on('error', fail)
      if (cutAfter !== undefined && body) sent.write(body.subarray(0, cutAfter), () => setTimeout(() => sent.destroy(new Error('cut')), 50))
      else sent.end(body)
    })
  }

  async listForms(): Promise<Offered[]> {
    const heard = await this.ask(`${this.base}/formList?deviceID=${encodeURIComponent(this.deviceId)}`)
    mustBeOpenRosa(heard)
    if (!heard.body.includes('xmlns="http://openrosa.org/xforms/xformsList"')) throw new Error('the list is in another namespace')
    return [...heard.body.matchAll(/<xform>(.*?)<\/xform>/gs)].map(([, form = '']) => {
      const [id, name, version, hash, url] = ['formID', 'name', 'version', 'hash', 'downloadUrl'].map(tag => plain(textOf(form, tag) ?? '')) as [string, string, string, string, string]
      if (!id || !name || !url || !/^md5:[0-9a-f]{32}$/.test(hash)) throw new Error(`Collect takes none of a list with this form: ${form}`)
      const manifest = textOf(form, 'manifestUrl')
      return { id, name, version, hash, url, manifest: manifest === null ? null : plain(manifest) }
    })
  }

  /** The form, and the files beside it by name. */
  async download({ url, hash, manifest }: Offered): Promise<{ xform: string; files: Map<string, string> }> {
    const heard = await this.ask(url)
    if (`md5:${md5(heard.bytes)}` !== hash) throw new Error('the hash is not that of the form')
    const files = new Map<string, string>()
    if (manifest !== null) {
      const list = await this.ask(manifest)
      mustBeOpenRosa(list)
      for (const [, file = ''] of list.body.matchAll(/<mediaFile[^>]*>(.*?)<\/mediaFile>/gs)) {
        const media = await this.ask(plain(textOf(file, 'downloadUrl') ?? ''))
        if (media.status !== 200 || `md5:${md5(media.bytes)}` !== textOf(file, 'hash')) throw new Error(`the file of a form is not what its manifest says: ${media.status} ${file}`)
        files.set(plain(textOf(file, 'filename') ?? ''), media.body)
      }
    }
    return { xform: heard.body, files }
  }

  /** First whether it may, then what was filled in; in parts of at most so many files, each with the same answers. */
  async submit(xml: string, files: SentFile[] = [], { parts = [files], cutAfter }: { parts?: SentFile[][]; cutAfter?: number } = {}): Promise<Heard> {
    const url = `${this.base}/submission?deviceID=${encodeURIComponent(this.deviceId)}`
    const may = await this.ask(url, { method: 'HEAD' })
    if (may.status === 401) throw new Error('asked for a password')
    if (may.status >= 200 && may.status < 300 && (may.status !== 204 || !may.headers['x-openrosa-accept-content-length'])) throw new Error(`HEAD was answered ${may.status}`)
    let heard: Heard | null = null
    for (const [i, part] of parts.entries()) {
      heard = await this.post(url, xml, part, { isLast: i === parts.length - 1, ...cutAfter !== undefined && { cutAfter } })
      if (heard.status >= 400) return heard
      if (heard.status !== 201 && heard.status !== 202) throw new Error(`“Network login failure?”: a submission was answered ${heard.status}`)
      mustBeOpenRosa(heard, heard.status)
    }
    return heard as Heard
  }

  post(url: string, xml: string, files: SentFile[], { isLast = true, cutAfter }: { isLast?: boolean; cutAfter?: number } = {}): Promise<Heard> {
    const boundary = `----collect${randomUUID()}`
    const body = multipart(boundary, xml, files, isLast)
    return this.ask(url, { method: 'POST', headers: { 'content-type': `multipart/form-data; boundary=${boundary}` }, body, ...cutAfter !== undefined && { cutAfter } })
  }
}

export function multipart(boundary: string, xml: string, files: SentFile[], isLast = true): Buffer {
  const part = (name: string, type: string, bytes: Buffer, filename = name) =>
    [Buffer.from(`--${boundary}\r\nContent-Disposition: form-data; name="${name}"; filename="${filename}"\r\nContent-Type: ${type}\r\nContent-Transfer-Encoding: binary\r\n\r\n`), bytes, Buffer.from('\r\n')]
  return Buffer.concat([
    ...part('xml_submission_file', 'text/xml', Buffer.from(xml), 'answers.xml'),
    ...files.flatMap(({ name, bytes, type = 'image/jpeg' }) => part(name, type, bytes)),
    ...isLast ? [] : [Buffer.from(`--${boundary}\r\nContent-Disposition: form-data; name="*isIncomplete*"\r\n\r\nyes\r\n`)],
    Buffer.from(`--${boundary}--\r\n`),
  ])
}

function mustBeOpenRosa({ headers, status }: Heard, expected = 200): void {
  if (status !== expected) throw new Error(`answered ${status}`)
  if (!String(headers['content-type']).includes('text/xml')) throw new Error('a Wi-Fi login page?')
  if (headers['x-openrosa-version'] !== '1.0') throw new Error('not an OpenRosa server')
}

export const md5 = (bytes: Buffer) => createHash('md5').update(bytes).digest('hex')
const textOf = (xml: string, tag: string) => new RegExp(`<${tag}>([^<]*)</${tag}>`).exec(xml)?.[1] ?? null
const plain = (text: string) => text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&apos;', "'").replaceAll('&amp;', '&')
/** What the server says to the person who holds the telephone. */
export const messageOf = ({ body }: Heard) => plain(/<message nature="[a-z_]*">([^<]*)<\/message>/.exec(body)?.[1] ?? '')
