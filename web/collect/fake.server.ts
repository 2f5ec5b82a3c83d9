import type { PersonId } from '../../domain/base/ids.ts'
import type { Life } from './fake.phone.ts'
import type { Post } from './outbox.post.ts'
import type { Came } from './outbox.verdict.ts'

/** For tests: a server that keeps what it is sent, slow and obvious, and a line that fails as it is told to. */
export type Fault = 'down' | 'lost-answer' | 'portal' | 'portal-401' | 'portal-403' | 'signed-out' | 'busy' | 'fault' | 'drops-file' | 'refuses'
export type FakeServer = ReturnType<typeof makeServer>
type Kept = { xml: string; files: Map<string, Uint8Array> }

const OPENROSA = { 'x-openrosa-version': '1.0' }
const told = (status: number, message: string, headers: Record<string, string> = OPENROSA): NonNullable<Came> => ({ status, header: name => headers[name] ?? null, text: `<OpenRosaResponse><message>${message}</message></OpenRosaResponse>` })

export function makeServer(person: PersonId) {
  const kept = new Map<string, Kept>(), posted: { instanceId: string; names: string[]; bytes: number }[] = []
  const server = { kept, posted, faults: [] as (Fault | null)[], person, signedIn: true, life: null as Life | null, post: undefined as unknown as Post, fetch: undefined as unknown as typeof fetch }
  const fault = () => server.signedIn ? server.faults.shift() ?? null : 'signed-out'
  server.post = async (_href, body) => {
    server.life?.step()
    const why = fault(), early = why ? EARLY[why] : undefined
    if (early !== undefined) return early
    const came = await keep(kept, posted, body, why === 'drops-file')
    server.life?.step()
    return why === 'lost-answer' ? null : came
  }
  server.fetch = (async (href: string) => {
    server.life?.step()
    const answer = answerTo(server, String(href), fault())
    server.life?.step()
    return answer
  }) as typeof fetch
  return server
}

const EARLY: Partial<Record<Fault, Came>> = {
  'down': null, 'portal': told(200, 'please buy', {}), 'portal-401': told(401, 'who', {}), 'portal-403': told(403, 'no', {}), 'signed-out': told(401, 'sign in'), 'busy': told(429, 'slowly', { ...OPENROSA, 'retry-after': '30' }),
  'fault': told(500, 'broken'), 'refuses': told(409, 'ปิดรับแล้ว &amp; จบ'),
}

async function keep(kept: Map<string, Kept>, posted: FakeServer['posted'], body: FormData, drops: boolean): Promise<Came> {
  const parts = [...body.entries()], answers = parts.find(([name]) => name === 'xml_submission_file')?.[1] as File
  const xml = await answers.text(), instanceId = /instanceID>([^<]+)</.exec(xml)?.[1] ?? ''
  const here = kept.get(instanceId) ?? { xml, files: new Map() }
  if (here.xml !== xml) return told(409, 'other content')
  kept.set(instanceId, here)
  const files = parts.filter((part): part is [string, File] => part[0] !== 'xml_submission_file' && typeof part[1] !== 'string')
  for (const [name, file] of drops ? files.slice(1) : files) here.files.set(name, new Uint8Array(await file.arrayBuffer()))
  posted.push({ instanceId, names: files.map(([name]) => name), bytes: files.reduce((sum, [, file]) => sum + file.size, answers.size) })
  return told(201, 'thanks')
}

async function answerTo({ kept, person }: { kept: Map<string, Kept>; person: PersonId }, href: string, why: Fault | null): Promise<Response> {
  if (why === 'down' || why === 'lost-answer') throw new TypeError('failed to fetch')
  if (why === 'portal' || why === 'portal-403') return new Response('<html>please buy', { status: 200 })
  if (why === 'signed-out' || why === 'portal-401') return Response.json({ code: 'access/sign-in' }, { status: 401 })
  if (why !== null) return Response.json({}, { status: 503 })
  if (href === '/api/me') return Response.json({ person: { id: person } })
  const here = kept.get(decodeURIComponent(/\/sent\/([^?]+)/.exec(href)?.[1] ?? ''))
  const files = await Promise.all([...here?.files ?? []].map(async ([name, bytes]) => ({ name, bytes: bytes.length, sha256: Buffer.from(await crypto.subtle.digest('SHA-256', bytes as Uint8Array<ArrayBuffer>)).toString('hex') })))
  return Response.json({ received: here !== undefined, record: null, files, faults: [], conflict: null })
}
