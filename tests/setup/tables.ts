import { setTimeout as wait } from 'node:timers/promises'
import type { TableImport, TableMapping } from '../../domain/table/table.ts'
import type { Browser, Reply } from './people.ts'

/** A file as somebody gives it. */
export async function giveTable(who: Browser, dataset: string, name: string, bytes: Uint8Array | string): Promise<Reply> {
  const form = new FormData()
  form.append('file', new Blob([typeof bytes === 'string' ? bytes : new Uint8Array(bytes)]), name)
  const sent = new Response(form)
  const before = who.headers
  who.headers = { ...before, 'content-type': sent.headers.get('content-type') as string }
  try {
    return await who.post(`/api/tables?dataset=${dataset}`, Buffer.from(await sent.arrayBuffer()))
  } finally {
    who.headers = before
  }
}

export async function given(who: Browser, dataset: string, name: string, bytes: Uint8Array | string): Promise<TableImport> {
  const reply = await giveTable(who, dataset, name, bytes)
  if (reply.statusCode !== 200) throw new Error(reply.body)
  return reply.json()
}

export const tableOf = async (who: Browser, id: string): Promise<TableImport> => (await who.get(`/api/tables/${id}`)).json()

/** Asks for work on a table and waits until it is done. */
export async function worked(who: Browser, id: string, what: 'try' | 'import' | 'undo', how: object = {}): Promise<TableImport> {
  const reply = await who.post(`/api/tables/${id}/${what}`, what === 'import' ? how : {})
  if (reply.statusCode !== 200) throw new Error(reply.body)
  for (let tries = 0; tries < 600; tries++) {
    const table = await tableOf(who, id)
    if (table.progress === null) return table
    await wait(25)
  }
  throw new Error(`the table ${id} was not worked on within fifteen seconds`)
}

export async function mapped(who: Browser, { id }: Pick<TableImport, 'id'>, mapping: TableMapping): Promise<TableImport> {
  const reply = await who.ask('PUT', `/api/tables/${id}`, { mapping })
  if (reply.statusCode !== 200) throw new Error(reply.body)
  return reply.json()
}
