import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { expect, onTestFinished, test } from 'vitest'
import { makeApp } from '../app.ts'
import { environmentOf } from '../../tests/setup/database.ts'
import { freshDatabase, startApp } from '../../tests/setup/fresh.ts'
import { inject } from 'vitest'
import { INSIDE } from './asker.ts'

const database = await freshDatabase('empty')
const app = await startApp(database)
const environment = environmentOf(inject('cluster'), database.name)

test('whoever asks what he already holds is told so in a few bytes', async () => {
  const first = await app.inject('/api/openapi.json')
  expect(first.headers['cache-control']).toBe('public, max-age=0, must-revalidate')
  const again = await app.inject({ url: '/api/openapi.json', headers: { 'if-none-match': first.headers.etag as string } })
  expect([again.statusCode, again.body]).toEqual([304, ''])
  expect((await app.inject({ url: '/api/openapi.json', headers: { 'if-none-match': '"another"' } })).statusCode).toBe(200)
})

test('other people’s pages may use what is open', async () => {
  expect((await app.inject('/api/area-groups')).headers['access-control-allow-origin']).toBe('*')
  expect((await app.inject('/api/health')).headers['access-control-allow-origin']).toBeUndefined()
})

test('replies are pressed the way the browser knows', async () => {
  const plain = (await app.inject('/api/openapi.json')).body
  const ask = (encoding: string) => app.inject({ url: '/api/openapi.json', headers: { 'accept-encoding': encoding } })
  expect(brotliDecompressSync((await ask('br, gzip')).rawPayload).toString()).toBe(plain)
  expect(gunzipSync((await ask('gzip')).rawPayload).toString()).toBe(plain)
})

test('a wrong address in the API is told in the language of the person', async () => {
  const thai = await app.inject({ url: '/api/no/such', headers: { 'accept-language': 'th-TH,th;q=0.9,en;q=0.5' } })
  expect([thai.statusCode, thai.headers['content-type']]).toEqual([404, 'application/problem+json; charset=utf-8'])
  expect(thai.json()).toMatchObject({ code: 'base/no-such-route', status: 404, title: expect.stringContaining('ไม่มีหน้า /api/no/such') })
  const english = await app.inject({ url: '/api/no/such?lang=en', headers: { 'accept-language': 'th' } })
  expect(english.json().title).toContain('There is no /api/no/such')
})

test('the document for programs says what a refusal looks like', async () => {
  const { openapi, paths } = (await app.inject('/api/openapi.json')).json()
  expect(openapi).toBe('3.1.0')
  const { responses, summary, description } = paths['/api/areas/{code}'].get
  expect(responses.default.content['application/problem+json'].schema.properties.code).toEqual({ type: 'string' })
  expect([summary, description]).toEqual([expect.stringMatching(/One area/), expect.stringMatching(/พื้นที่หนึ่งแห่ง/)])
})

test('a wrong value is named with what was expected', async () => {
  const answer = await app.inject('/api/areas?limit=many&lang=en')
  expect([answer.statusCode, answer.json().code, answer.json().details.field]).toEqual([400, 'base/bad-request', 'limit'])
  expect(answer.json().title).toMatch(/“limit”.*number/)
  expect((await app.inject('/api/areas?limit=many&lang=th')).json().title).toMatch(/“limit”.*ตัวเลข/)
})

test('a place that does not exist is a 404 with its code', async () => {
  const answer = await app.inject('/api/areas/TH99?lang=en')
  expect([answer.statusCode, answer.json().code, answer.json().details]).toEqual([404, 'area/not-found', { code: 'TH99' }])
})

test('one address may not ask without end, the site’s own pages may', async () => {
  const limited = await makeApp({ ...environment, rateLimit: { perMinute: 3, spareLoopback: false } }, database)
  onTestFinished(() => limited.close())
  const ask = async (remoteAddress: string) => (await limited.inject({ url: '/api/area-groups', remoteAddress })).statusCode
  const five = async (from: string) => [await ask(from), await ask(from), await ask(from), await ask(from), await ask(from)]
  expect(await five('203.0.113.9')).toEqual([200, 200, 200, 429, 429])
  expect(await ask('203.0.113.10')).toBe(200)
  expect(await five(INSIDE)).toEqual([200, 200, 200, 200, 200])
})

test('what a proxy says of the person counts only when the proxy is trusted', async () => {
  const forwarded = { 'x-forwarded-proto': 'https', 'x-forwarded-for': '203.0.113.7' }
  const alone = await app.inject({ url: '/api/health', headers: forwarded })
  expect(alone.headers['strict-transport-security']).toBeUndefined()
  const behind = await makeApp({ ...environment, trustProxy: 'loopback' }, database)
  onTestFinished(() => behind.close())
  expect((await behind.inject({ url: '/api/health', headers: forwarded })).headers['strict-transport-security']).toBe('max-age=31536000')
})

test('nobody escapes the count by writing another address before the proxy’s', async () => {
  const behind = await makeApp({ ...environment, trustProxy: 'loopback', rateLimit: { perMinute: 2, spareLoopback: true } }, database)
  onTestFinished(() => behind.close())
  const ask = async (written: string) => (await behind.inject({ url: '/api/area-groups', headers: { 'x-forwarded-for': `${written}, 203.0.113.7` } })).statusCode
  expect([await ask('1.1.1.1'), await ask('2.2.2.2'), await ask('127.0.0.1')]).toEqual([200, 200, 429])
})

test('health is good news only while the database answers', async () => {
  expect((await app.inject('/api/health')).json()).toMatchObject({ ready: true })
  const gone = await makeApp(environment, { ...database, public: { ...database.public, getExecutor: () => { throw new Error('gone') } } as never })
  onTestFinished(() => gone.close())
  const answer = await gone.inject('/api/health')
  expect([answer.statusCode, answer.json().code]).toEqual([503, 'base/not-ready'])
})

test('the readable page lists every route in both languages, with links that can be tried, and needs no script', async () => {
  const thai = await app.inject({ url: '/api', headers: { 'accept-language': 'th' } })
  expect(thai.headers['content-type']).toBe('text/html; charset=utf-8')
  expect(thai.body).toContain('<html lang="th">')
  expect(thai.body).toContain('ค้นหาและเปิดดูพื้นที่')
  expect(thai.body).not.toContain('<script')
  const english = await app.inject('/api?lang=en')
  expect(english.body).toContain('Search and list areas')
  expect(english.body).toContain('href="/api/areas/TH5007"')
})
