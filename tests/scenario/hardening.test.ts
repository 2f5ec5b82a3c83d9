import { once } from 'node:events'
import { connect, type AddressInfo } from 'node:net'
import { gzipSync } from 'node:zlib'
import type { FastifyInstance } from 'fastify'
import { beforeAll, describe, expect, test } from 'vitest'
import { ASKER_ADDRESS } from '../../server/http/asker.ts'
import { PATIENCE } from '../../server/http/patience.ts'
import { freshDatabase, startApp, type Fresh } from '../setup/fresh.ts'
import { Browser, makePerson, PASSWORD } from '../setup/people.ts'
import { openPostOffice, type PostOffice } from '../setup/post-office.ts'

const PUBLIC = 'https://data.example.go.th'
let database: Fresh, app: FastifyInstance, behindTls: FastifyInstance, limited: FastifyInstance, post: PostOffice
beforeAll(async () => {
  database = await freshDatabase('seeded')
  post = await openPostOffice()
  app = await startApp(database)
  behindTls = await startApp(database, { RAKKAEO_URL: PUBLIC, RAKKAEO_TRUST_PROXY: '127.0.0.1', RAKKAEO_SMTP_URL: post.url })
  limited = await startApp(database, { RAKKAEO_RATE_LIMIT: '1000' })
  await makePerson(database, { userName: 'malee', email: 'malee@example.org' })
})
const body = { name: 'malee', password: PASSWORD }

describe('A request from another site', () => {
  const knock = (headers: Record<string, string>, to = app) => to.inject({ method: 'POST', url: '/api/auth/sign-in', headers, payload: body })

  test.each([
    [{ 'sec-fetch-site': 'cross-site' }], [{ 'sec-fetch-site': 'same-site' }], [{ 'sec-fetch-site': 'cross-site', origin: 'http://localhost' }],
    [{ origin: 'https://elsewhere.example' }], [{ origin: 'null' }], [{ origin: 'http://localhost.elsewhere.example', host: 'localhost' }],
    [{ origin: 'http://localhost:81', host: 'localhost' }], [{ cookie: 'a=b' }], [{ cookie: 'a=b', 'sec-fetch-site': 'none' }],
  ])('with %j changes nothing and is told why', async headers => {
    const reply = await knock(headers as unknown as Record<string, string>)
    expect(reply.statusCode).toBe(403)
    expect(reply.json().code).toBe('sign-in/foreign')
    expect(reply.headers['set-cookie']).toBeUndefined()
  })

  test.each([
    [{ 'sec-fetch-site': 'same-origin' }], [{ origin: 'http://localhost', host: 'localhost' }], [{}],
  ])('is not what %j is: our own page, or a program without cookies', async headers => {
    expect((await knock(headers as Record<string, string>)).statusCode).toBe(200)
  })

  test('is known by the public address where one is set, whatever the proxy calls us', async () => {
    expect((await knock({ origin: PUBLIC, host: '127.0.0.1:8080' }, behindTls)).statusCode).toBe(200)
    expect((await knock({ origin: 'http://127.0.0.1:8080', host: '127.0.0.1:8080' }, behindTls)).statusCode).toBe(403)
  })

  test('is refused on every address that changes something, before anything is read of it', async () => {
    for (const [method, url] of [['POST', '/api/grants'], ['POST', '/api/imports'], ['DELETE', '/api/tokens/x'], ['PUT', '/api/teams/x'], ['POST', '/anything']] as const) {
      expect((await app.inject({ method, url, headers: { origin: 'https://elsewhere.example' } })).statusCode, url).toBe(403)
    }
  })
})

describe('Behind TLS', () => {
  test('cookies are Secure, and the browser is told never to come unencrypted', async () => {
    const reply = await new Browser(behindTls).signIn('malee')
    for (const cookie of [reply.headers['set-cookie']].flat()) expect(cookie).toMatch(/; Secure$/)
    expect(reply.headers['strict-transport-security']).toMatch(/max-age=31536000/)
  })

  test('known from the proxy alone they are so too; a proxy that is not trusted tells nothing', async () => {
    const trusting = (await startedTrusting()).inject({ method: 'POST', url: '/api/auth/sign-in', payload: body, headers: { 'x-forwarded-proto': 'https' } })
    expect(String((await trusting).headers['set-cookie'])).toMatch(/; Secure/)
    const plain = await app.inject({ method: 'POST', url: '/api/auth/sign-in', payload: body, headers: { 'x-forwarded-proto': 'https' } })
    expect(String(plain.headers['set-cookie'])).not.toMatch(/Secure/)
    expect(plain.headers['strict-transport-security']).toBeUndefined()
  })
})

let trusting: FastifyInstance | undefined
async function startedTrusting(): Promise<FastifyInstance> { return trusting ??= await startApp(database, { RAKKAEO_TRUST_PROXY: '127.0.0.1' }) }
beforeAll(() => startedTrusting().then(() => {}))

describe('A header that lies', () => {
  test('about the host does not get into a letter', async () => {
    await behindTls.inject({ method: 'POST', url: '/api/auth/reset/ask', payload: { email: 'malee@example.org' }, headers: { host: 'evil.example', 'x-forwarded-host': 'evil.example', 'sec-fetch-site': 'same-origin' } })
    const letter = await post.next()
    expect(letter).toContain(`${PUBLIC}/reset?token=`)
    expect(letter).not.toContain('evil')
  })

  test('about the address does not escape the lock: neither ours between pages and API, nor a proxy’s', async () => {
    const codes = []
    for (let round = 0; round < 32; round++) {
      const headers = { [ASKER_ADDRESS]: `192.0.2.${round}`, 'x-forwarded-for': `192.0.2.${round}`, 'x-rakkaeo-asker': `192.0.2.${round}` }
      codes.push((await app.inject({ method: 'POST', url: '/api/auth/sign-in', remoteAddress: '203.0.113.77', headers, payload: { name: `spray-${round}`, password: 'wrong password' } })).statusCode)
    }
    expect(codes.slice(0, 30).every(code => code === 401)).toBe(true)
    expect(codes.slice(30)).toEqual([429, 429])
  })

  test('with a line break in it, or in an address, gets into no header', async () => {
    const reply = await app.inject({ url: '/api/areas?q=a%0d%0aset-cookie:%20x=y&lang=th%0d%0ax-evil:%201', headers: { 'accept-language': 'th' } })
    expect(reply.headers['set-cookie']).toBeUndefined()
    expect(reply.headers['x-evil']).toBeUndefined()
    for (const url of ['/api/auth/callback/thaid?error=a%0d%0aset-cookie:%20x=y&state=z', '/api/%0d%0aset-cookie:%20x=y']) {
      const answer = await app.inject({ url })
      expect([answer.headers['set-cookie'] ?? ''].flat().join(), url).not.toContain('x=y')
      expect(answer.statusCode, url).toBeLessThan(500)
    }
  })
})

describe('An address that climbs', () => {
  test.each(['/api/../../../etc/passwd', '/api/%2e%2e/%2e%2e/etc/passwd', '/api/areas/..%2f..%2fetc%2fpasswd', '/api/areas/%00', '/api/areas/TH50%00', '/_app/..%2f..%2fpackage.json', '//etc/passwd', '/api/areas/%ff'])('%s finds nothing and breaks nothing', async url => {
    const reply = await app.inject({ url })
    expect([400, 404]).toContain(reply.statusCode)
    expect(reply.body).not.toMatch(/root:|"dependencies"/)
  })
})

describe('Too much', () => {
  test('in a body is refused with the limit, also when it was pressed small', async () => {
    const large = JSON.stringify({ name: 'x'.repeat(2 << 20), password: 'y' })
    const plain = await app.inject({ method: 'POST', url: '/api/auth/sign-in', headers: { 'content-type': 'application/json' }, payload: large })
    expect([plain.statusCode, plain.json().code]).toEqual([413, 'base/too-large'])
    const bomb = gzipSync(Buffer.alloc(100 << 20, ' '))
    const before = process.memoryUsage().rss
    const pressed = await app.inject({ method: 'POST', url: '/api/auth/sign-in', headers: { 'content-type': 'application/json', 'content-encoding': 'gzip' }, payload: bomb })
    expect(pressed.statusCode).toBeGreaterThanOrEqual(400)
    expect(pressed.statusCode).toBeLessThan(500)
    expect(process.memoryUsage().rss - before).toBeLessThan(60 << 20)
  })

  test('in a body that would change what objects are is refused', async () => {
    const reply = await app.inject({ method: 'POST', url: '/api/auth/sign-in', headers: { 'content-type': 'application/json' }, payload: '{"name":"malee","password":"x","__proto__":{"admin":true}}' })
    expect(reply.statusCode).toBe(400)
  })

  test('of one address at the door or in the search is refused for the rest of the minute', async () => {
    const count = async (url: string, method: 'GET' | 'POST', times: number) => {
      const codes: number[] = []
      for (let round = 0; round < times; round++) codes.push((await limited.inject({ method, url, remoteAddress: '198.51.100.20', ...(method === 'POST' && { payload: {} }) })).statusCode)
      return codes.filter(code => code === 429).length
    }
    expect(await count('/api/auth/sign-in', 'POST', 63)).toBe(3)
    expect(await count('/api/areas?q=mae&limit=1', 'GET', 403)).toBe(3)
  })

  test('time for the headers of one request ends the connection', async () => {
    expect(app.server.headersTimeout).toBe(15_000)
    // an ordinary body has half a minute, a photograph ten while it moves: server/http/patience.test.ts
    expect(PATIENCE.bodyMs).toBe(30_000)
    expect(app.server.requestTimeout).toBe(600_000)
    expect(app.server.keepAliveTimeout).toBeLessThan(120_000)
  })

  test('in the headers ends the connection with 431', async () => {
    await app.listen({ host: '127.0.0.1', port: 0 })
    const socket = connect((app.server.address() as AddressInfo).port, '127.0.0.1')
    await once(socket, 'connect')
    socket.write(`GET /api/health HTTP/1.1\r\nhost: x\r\nx: ${'a'.repeat(64 << 10)}\r\n\r\n`)
    const [first] = await once(socket, 'data')
    expect(String(first)).toMatch(/^HTTP\/1\.1 431 /)
    socket.destroy()
  })
})

test('every answer of the API says that it is no page, comes from nowhere else and is not to be guessed', async () => {
  for (const url of ['/api/areas/TH', '/api/nowhere', '/api/auth/ways', '/api/openapi.json', '/api/me']) {
    const { headers } = await app.inject({ url })
    expect(headers['content-security-policy'], url).toBe("default-src 'none'; base-uri 'none'; frame-ancestors 'none'")
    expect(headers['x-content-type-options'], url).toBe('nosniff')
    expect(headers['x-frame-options'], url).toBe('SAMEORIGIN')
    expect(headers['server'], url).toBeUndefined()
    expect(headers['x-powered-by'], url).toBeUndefined()
  }
  expect(String((await app.inject('/api')).headers['content-security-policy'])).toMatch(/style-src 'sha256-/)
})
