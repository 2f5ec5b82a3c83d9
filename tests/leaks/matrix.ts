import type { FastifyInstance } from 'fastify'
import type pg from 'pg'
import type { Api, Route } from '../../domain/base/api.ts'
import { AreaCode } from '../../domain/base/ids.ts'
import { Right } from '../../domain/base/right.ts'
import { can, placesOf } from '../../domain/access/can.ts'
import type { Viewer } from '../../domain/access/access.ts'
import { startOf } from '../../domain/record/rules.explore.ts'
import type { Asker } from './askers.ts'
import { findCanaries } from './canaries.ts'
import { asksForPlace, makeInput, UNKNOWN_ID, type Input } from './inputs.ts'
import { fingerprint, withoutForeign } from './tables.ts'
import { unzipped } from './unzipped.ts'

/** Something of a foreign place that came out, or that went in. */
export type Leak = { asker: string; route: string; asked: string; what: string }
export type Outcome = { pairs: number; requests: number; leaks: Leak[]; /** How often a canary was rightly seen, by its kind: none would prove nothing. */ seen: Record<string, number> }
export type World = { app: FastifyInstance; owner: pg.Client; tables: readonly string[]; apis: readonly Api[]; /** The pages of the site, when it is mounted. */ pages?: Api }

/** Neighbours, other districts and provinces, a code that begins alike, ground that moved away, what lies above, and one's own. */
const PROBES = ['TH580102', 'TH580201', 'TH501001', 'TH380101', 'TH5801', 'TH58', 'TH', 'TH580101', 'TH58010101'].map(code => AreaCode.parse(code))
const FAR = AreaCode.parse('TH380101')
/** For whom every place is foreign, some are enough. */
const STRANGE = PROBES.slice(0, 3)
const RIGHTS: readonly Right[] = Right.options
/** What somebody tells of themselves lies in their own places, whatever they say: it is said of one of these. */
const OF_ONESELF = ['reportPhone']

/** What was answered to questions about ids that nobody has. */
type Unknown = Map<string, Promise<string>>
type Ask = { name: string; route: Route; prefix: string; input: Input; all: boolean; /** The same question about ids that nobody has. */ twin: Input | null }

/** Every route × every asker. */
export async function runMatrix(world: World, askers: readonly Asker[]): Promise<Outcome> {
  const outcome: Outcome = { pairs: 0, requests: 0, leaks: [], seen: {} }
  for (const asker of askers) await new Trial(world, asker, outcome).run()
  return outcome
}

class Trial {
  readonly #world: World
  readonly #asker: Asker
  readonly #outcome: Outcome
  constructor(world: World, asker: Asker, outcome: Outcome) {
    this.#world = world
    this.#asker = asker
    this.#outcome = outcome
  }

  async run(): Promise<void> {
    const { owner, tables, apis } = this.#world, { viewer } = this.#asker
    const routes = apis.flatMap(api => Object.entries(api))
    const pages = Object.entries(this.#world.pages ?? {})
    this.#outcome.pairs += routes.length + pages.length
    const reads = routes.filter(([, route]) => route.method === 'GET').flatMap(([name, route]) => asksOf(name, route, viewer))
    // what ends the session comes last
    const writes = routes.filter(([, route]) => route.method !== 'GET').sort(([, a], [, b]) => Number(a.path.startsWith('/auth')) - Number(b.path.startsWith('/auth')))
    await this.#read(reads)
    await this.#askSideBySide(pages.flatMap(([name, page]) => asksOf(name, page, viewer, '')))
    const before = await fingerprint(owner, viewer, tables)
    await this.#askOneByOne(writes.flatMap(([name, route]) => asksOf(name, route, viewer)))
    const after = await fingerprint(owner, viewer, tables)
    for (const table of tables) if (before[table] !== after[table]) this.#tell('any write', '', `changed ${table} in a foreign place`)
  }

  /** Asks once with and once without the rows of foreign places: not a byte may differ. */
  async #read(asks: readonly Ask[]): Promise<void> {
    const { owner, tables } = this.#world, { viewer } = this.#asker
    const { rows: [last] } = await owner.query('select coalesce(max(id), 0)::int as id from audit.line')
    // the first page of a list that holds the trace of the questions themselves is another one each time
    const compared = asks.filter(({ route, all }) => (route.who ?? route.widens) && (all || !route.path.startsWith('/audit')))
    const replies = await this.#askSideBySide(asks)
    const first = new Map(compared.map(ask => [ask, stable(replies.get(ask) as Reply, last.id)]))
    await withoutForeign(owner, viewer, tables, () => sideBySide(compared, async ask => {
      const again = stable(await this.#send(ask, ask.input), last.id)
      if (again !== first.get(ask)) this.#tell(ask.name, urlOf(ask), `the reply depends on rows of a foreign place:\n${first.get(ask)?.slice(0, 400)}\n${again.slice(0, 400)}`)
    }))
  }

  /** What seems to differ because of other questions (they leave their trace in lists of traces) is asked again, alone. */
  async #askSideBySide(asks: readonly Ask[]): Promise<Map<Ask, Reply>> {
    const replies = new Map<Ask, Reply>(), doubtful: Ask[] = [], unknown: Unknown = new Map()
    await sideBySide(asks, async ask => {
      const reply = await this.#look(ask)
      replies.set(ask, reply)
      if (await this.#seemsOther(ask, reply, unknown)) doubtful.push(ask)
    })
    for (const ask of doubtful) await this.#askAlone(ask)
    return replies
  }

  async #askOneByOne(asks: readonly Ask[]): Promise<void> {
    const unknown: Unknown = new Map()
    for (const ask of asks) if (await this.#seemsOther(ask, await this.#look(ask), unknown)) await this.#askAlone(ask)
  }

  async #askAlone(ask: Ask): Promise<void> {
    const known = withoutIds(await this.#look(ask)), unknown = withoutIds(await this.#send(ask, ask.twin as Input))
    if (known !== unknown) this.#tell(ask.name, urlOf(ask), `a foreign id is answered otherwise than an unknown one:\n${known.slice(0, 300)}\n${unknown.slice(0, 300)}`)
  }

  /** The same question about an id that nobody has stands beside those about the ids of every place: it is asked once. */
  async #seemsOther(ask: Ask, reply: Reply, unknown: Unknown): Promise<boolean> {
    if (!ask.twin) return false
    const twin = JSON.stringify([ask.name, ask.twin])
    if (!unknown.has(twin)) unknown.set(twin, this.#send(ask, ask.twin).then(withoutIds))
    return withoutIds(reply) !== await unknown.get(twin)
  }

  async #look(ask: Ask): Promise<Reply> {
    const reply = await this.#send(ask, ask.input)
    const asked = urlOf(ask) + JSON.stringify(ask.input.body ?? '') + JSON.stringify(this.#asker.headers)
    for (const { place, kind, may } of findCanaries(`${JSON.stringify(reply.headers)}\n${reply.body}`, asked, this.#asker.viewer)) {
      if (may) this.#outcome.seen[kind] = (this.#outcome.seen[kind] ?? 0) + 1
      else this.#tell(ask.name, urlOf(ask), `${kind} of ${place} in a reply ${reply.status}`)
    }
    if (reply.body.includes('base/no-such-route')) this.#tell(ask.name, urlOf(ask), 'nobody answers')
    if (reply.status >= 500) this.#tell(ask.name, urlOf(ask), `broke: ${reply.body.slice(0, 200)}`)
    return reply
  }

  async #send({ route, prefix }: Ask, input: Input): Promise<Reply> {
    this.#outcome.requests++
    const { headers } = this.#asker
    const reply = await this.#world.app.inject({
      method: route.method, url: prefix + pathOf(route, input), headers: { ...headers, ...(route.files ? { 'content-type': `multipart/form-data; boundary=${BOUNDARY}` } : {}) },
      ...(route.files ? { payload: formOf() } : input.body !== undefined ? { payload: input.body as object } : {}),
    })
    return { status: reply.statusCode, headers: { ...reply.headers }, body: unzipped(reply.rawPayload) || reply.body }
  }

  #tell(route: string, asked: string, what: string): void {
    this.#outcome.leaks.push({ asker: this.#asker.name, route, asked, what })
  }
}

/** Questions change nothing and need not wait for each other: one alone leaves the processors idle while it waits for the database. */
const AT_ONCE = 4
async function sideBySide(asks: readonly Ask[], work: (ask: Ask) => Promise<unknown>): Promise<void> {
  const next = asks.values()
  await Promise.all(Array.from({ length: AT_ONCE }, async () => { for (const ask of next) await work(ask) }))
}

type Reply = { status: number; headers: Record<string, unknown>; body: string }

/** The questions about a route for one viewer; a write is tried on foreign places alone, so that the world stays as it is. */
function asksOf(name: string, route: Route, viewer: Viewer | null, prefix = '/api'): Ask[] {
  const isGuarded = (route.who ?? route.widens) !== undefined
  const places = OF_ONESELF.includes(name) ? [PROBES.find(place => isOwn(viewer, route, place)) ?? FAR] : !isGuarded || !asksForPlace(route) ? [FAR] : (viewer === null ? STRANGE : PROBES).filter(place => route.method === 'GET' || !isOwn(viewer, route, place))
  const own = viewer ? RIGHTS.flatMap(right => placesOf(viewer, right))[0] ?? null : null
  const asks = places.flatMap((place, turn) => [true, ...turn === 0 && route.method === 'GET' ? [false] : []].map((all): Ask => {
    const want = { place, own: route.method === 'GET' ? null : own, turn, all }
    const input = makeInput(route, { ...want, known: true }), twin = makeInput(route, { ...want, known: false })
    const hasTwin = JSON.stringify(input) !== JSON.stringify(twin) && !isOwn(viewer, route, place)
    return { name, route, prefix, input, all, twin: hasTwin ? twin : null }
  }))
  // a route that takes nothing beyond what it must have is asked the same with and without the rest: once is enough
  return [...new Map(asks.map(ask => [JSON.stringify(ask.input), ask])).values()]
}

function isOwn(viewer: Viewer | null, { who, also, widens }: Route, place: AreaCode): boolean {
  const right = who === 'signed-in' ? null : who ?? widens ?? null
  return viewer !== null && (right === null ? RIGHTS.some(one => can(viewer, one, place)) : [right, also ?? right].some(one => can(viewer, one, place)))
}

function pathOf(route: Route, { params, query }: Input): string {
  const path = route.path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(params[name] ?? ''))
  const search = new URLSearchParams(query).toString()
  return `${path}${search && `?${search}`}`
}

function urlOf({ route, prefix, input }: Ask): string {
  return `${route.method} ${prefix}${decodeURIComponent(pathOf(route, input).replaceAll('+', ' '))}`
}

/** What may differ between two replies to the same question: the time, and the trace of the questions themselves. */
function stable({ status, headers, body }: Reply, lastLine: number): string {
  const { date, 'content-length': _length, etag, 'set-cookie': cookies, 'retry-after': _wait, ...rest } = headers
  // when a package was made is another moment each time
  return JSON.stringify([status, rest, withoutTraces(body, lastLine)]).replace(/((?:packedAt|created)\\": \\")[^"\\]+/g, '$1N')
}

function withoutTraces(body: string, lastLine: number): string {
  if (!body.includes('"actorKind"')) return body
  const page = JSON.parse(body) as { items: { id: number }[] }
  return JSON.stringify(page.items.filter(line => line.id <= lastLine))
}

function withoutIds({ status, headers, body }: Reply): string {
  const { date, 'content-length': _length, etag, 'set-cookie': cookies, 'retry-after': _wait, ...rest } = headers
  return JSON.stringify([status, rest, body]).replaceAll(UNKNOWN_ID, 'ID').replaceAll(startOf(UNKNOWN_ID), 'ID').replace(/c0ffee00-?\d{4}-?4\d{3}(-8000-\d{12})?/g, 'ID').replace(/(waitSeconds\\*":|Wait |รอ )\d+/g, '$1N')
}

const BOUNDARY = 'leaks'
/** A file about a place in another province: it is refused, and nothing of what is held about the place is told. */
function formOf(): string {
  const csv = 'tumbol_ID,household.CNT,HOUSEMEMBER_CNT,province_ID\r\n500101,10,20,50\r\n'
  return `--${BOUNDARY}\r\ncontent-disposition: form-data; name="files"; filename="61_tambol_common.csv"\r\ncontent-type: text/csv\r\n\r\n${csv}\r\n--${BOUNDARY}--\r\n`
}

