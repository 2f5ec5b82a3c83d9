import { randomUUID } from 'node:crypto'
import type { AddressInfo } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { sql } from 'kysely'
import type { FastifyInstance } from 'fastify'
import { readXForm } from '../../engine/form/read-xform.ts'
import type { FormModel } from '../../domain/dataset/dataset.form.ts'
import { SYSTEM, readAs } from '../../server/db/scope.ts'
import { startApp, type Fresh } from './fresh.ts'
import { Browser, makePerson, type Somebody } from './people.ts'
import { Telephone } from './telephone.ts'

/** A server that listens, people who collect, and their telephones. */
export type Collecting = { app: FastifyInstance; address: string; database: Fresh }

export async function startCollecting(database: Fresh, settings: Record<string, string> = {}): Promise<Collecting> {
  const app = await startApp(database, settings)
  await app.listen({ host: '127.0.0.1', port: 0 })
  return { app, database, address: `http://127.0.0.1:${(app.server.address() as AddressInfo).port}` }
}

/** Somebody signed in at a browser. */
export async function signedIn({ app, database }: Collecting, somebody: Somebody): Promise<Browser> {
  await makePerson(database, somebody)
  const browser = new Browser(app)
  const reply = await browser.signIn(somebody.userName)
  if (reply.statusCode !== 200) throw new Error(reply.body)
  return browser
}

/** The telephone of somebody who scanned the QR of their account. */
export async function telephoneOf({ address }: Collecting, browser: Browser, areas: string[], datasets: string[] | null = null): Promise<Telephone> {
  const reply = await browser.post('/api/tokens/collector', { name: 'my telephone', areas, datasets, days: 30 })
  if (reply.statusCode !== 200) throw new Error(reply.body)
  const phone = Telephone.fromQr((reply.json() as { settings: string }).settings)
  return new Telephone(`${address}${new URL(phone.base).pathname}`)
}

/** What waits has been read, or cannot be. */
export async function untilRead({ database }: Collecting): Promise<void> {
  for (let tries = 0; tries < 400; tries++) {
    const { rows: [left] } = await readAs(database.app, SYSTEM, tx => sql<{ n: number }>`select count(*)::int as n from raw.waiting where area_code >= 'TH' and fault is null`.execute(tx))
    if (left?.n === 0) return
    await wait(25)
  }
  throw new Error('what arrived was not read within ten seconds')
}

export type Given = Record<string, string | Given[] | undefined>

/**
 * A submission as a telephone writes it: answers at the paths of the form, a list where a question stands in a repeat. Not the form's own
 * logic: a test says itself what applies.
 */
export function fillIn(xform: string, given: Given, { instanceId = `uuid:${randomUUID()}`, deprecatedId, entity }: { instanceId?: string; deprecatedId?: string; entity?: string } = {}): { xml: string; instanceId: string; model: FormModel } {
  const model = readXForm(xform)
  const tree = makeTree()
  for (const [name, answer] of Object.entries(given)) place(tree, model, name, answer, `/${model.root}`)
  const meta = `<meta xmlns="http://openrosa.org/xforms"><instanceID>${instanceId}</instanceID>${deprecatedId ? `<deprecatedID>${deprecatedId}</deprecatedID>` : ''}${entity ?? ''}</meta>`
  const xml = `<?xml version='1.0' ?><${model.root} id="${model.formId}" version="${model.version}">${write(tree)}${meta}</${model.root}>`
  return { xml, instanceId, model }
}

type Tree = Map<string, Tree[] | string>
const makeTree = (): Tree => new Map()

function place(tree: Tree, model: FormModel, name: string, answer: Given[string], inside: string): void {
  const at = Array.isArray(answer) ? model.repeats.find(repeat => repeat.name === name && repeat.path.startsWith(inside)) : model.questions.find(question => (question.name === name || question.path === name) && question.path.startsWith(inside))
  if (!at) throw new Error(`${model.formId} does not ask for ${name}`)
  const parts = at.path.slice(inside.length + 1).split('/'), last = parts.pop() as string
  let leaf = tree
  for (const part of parts) {
    const next = leaf.get(part) ?? [makeTree()]
    leaf.set(part, next)
    leaf = (next as Tree[])[0] as Tree
  }
  if (!Array.isArray(answer)) leaf.set(last, answer ?? '')
  else leaf.set(last, answer.map(row => { const inner = makeTree(); for (const [key, value] of Object.entries(row)) place(inner, model, key, value, at.path); return inner }))
}

function write(tree: Tree): string {
  return [...tree].map(([name, inner]) => typeof inner === 'string' ? `<${name}>${escape(inner)}</${name}>` : inner.map(one => `<${name}>${write(one)}</${name}>`).join('')).join('')
}

const escape = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
