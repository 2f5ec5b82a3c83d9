import { once } from 'node:events'
import { connect, type AddressInfo, type Socket } from 'node:net'
import Fastify, { type FastifyInstance } from 'fastify'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { endSlowBodies } from './patience.ts'

let server: FastifyInstance
const took: Record<string, number> = {}

beforeAll(async () => {
  server = Fastify()
  server.addHook('onRequest', endSlowBodies({ bodyMs: 300, silenceMs: 300 }))
  server.addContentTypeParser('*', (_request, payload, done) => { let size = 0; payload.on('data', (piece: Buffer) => { size += piece.length }).on('end', () => done(null, size)) })
  server.post('/plain', async request => { took['plain'] = request.body as number; return 'ok' })
  server.post('/slow', { config: { slow: true } }, async request => { took['slow'] = request.body as number; return 'ok' })
  await server.listen({ host: '127.0.0.1', port: 0 })
})
afterAll(() => server.close())

async function send(path: string, pieces: string[], everyMs: number): Promise<string> {
  const socket: Socket = connect((server.server.address() as AddressInfo).port, '127.0.0.1')
  await once(socket, 'connect')
  let said = ''
  socket.on('data', piece => { said += piece }).on('error', () => {})
  socket.write(`POST ${path} HTTP/1.1\r\nhost: x\r\ncontent-type: a/b\r\ncontent-length: 10\r\nconnection: close\r\n\r\n`)
  for (const piece of pieces) {
    await new Promise(wake => setTimeout(wake, everyMs))
    if (socket.writable) socket.write(piece)
  }
  if (!socket.closed) await once(socket, 'close')
  return said.split('\r\n')[0] as string
}

test('a body that drips is cut off, where photographs may come slowly it is taken while it moves, and silence ends both', async () => {
  const drops = ['ab', 'cd', 'ef', 'gh', 'ij']
  const [plain, slow, silent, quick] = await Promise.all([send('/plain', drops, 120), send('/slow', drops, 120), send('/slow', ['ab'], 10), send('/plain', ['abcdefghij'], 5)])
  expect(plain).toBe('')
  expect(slow).toMatch(/200/)
  expect(silent).toBe('')
  expect(quick).toMatch(/200/)
  expect(took).toEqual({ plain: 10, slow: 10 })
})
