import { createHmac } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import { beforeAll, describe, expect, test } from 'vitest'
import { freshDatabase, startApp, type Fresh } from '../setup/fresh.ts'
import { Browser, listNotes, makePerson, PASSWORD } from '../setup/people.ts'

let database: Fresh
let app: FastifyInstance
beforeAll(async () => { database = await freshDatabase(); app = await startApp(database) })

const STEP_SECONDS = 30

/** What an authenticator app shows for the address of the QR (RFC 6238), on a phone whose clock is off by so many seconds. */
function codeOf(uri: string, clockOffSeconds = 0): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
  const bits = [...(new URL(uri).searchParams.get('secret') as string)].map(letter => alphabet.indexOf(letter).toString(2).padStart(5, '0')).join('')
  const secret = Buffer.from(bits.match(/.{8}/g)?.map(byte => parseInt(byte, 2)) ?? [])
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(Math.floor((Date.now() / 1000 + clockOffSeconds) / STEP_SECONDS)))
  const hash = createHmac('sha1', secret).update(counter).digest()
  return String((hash.readUInt32BE((hash[19] as number) & 15) & 0x7fffffff) % 1_000_000).padStart(6, '0')
}

async function turnOn(userName: string): Promise<{ browser: Browser; uri: string; codes: string[]; id: Awaited<ReturnType<typeof makePerson>> }> {
  const id = await makePerson(database, { userName })
  const browser = new Browser(app)
  await browser.signIn(userName)
  const { uri, codes } = (await browser.post('/api/auth/second-factor', { password: PASSWORD })).json()
  expect((await browser.post('/api/auth/second-factor/confirm', { code: codeOf(uri) })).statusCode).toBe(200)
  return { browser, uri, codes, id }
}

describe('A second factor', () => {
  test('is begun with the password, holds after a first code, and is then asked for at every sign-in', async () => {
    const { browser, uri, id } = await turnOn('wipa')
    expect(uri).toMatch(/^otpauth:\/\/totp\/Rakkaeo:wipa\?/)
    expect((await browser.get('/api/auth/account')).json().secondFactor).toBe(true)
    const phone = new Browser(app)
    expect((await phone.signIn('wipa')).json()).toEqual({ secondFactor: true })
    expect((await phone.get('/api/auth/account')).statusCode).toBe(401)
    expect((await phone.post('/api/auth/sign-in/second', { kind: 'app', code: '000000' })).json()).toMatchObject({ code: 'sign-in/wrong-code', detail: expect.stringContaining('ตั้งเวลาอัตโนมัติ') })
    expect((await phone.post('/api/auth/sign-in/second', { kind: 'app', code: codeOf(uri) })).statusCode).toBe(200)
    expect((await phone.get('/api/auth/account')).json().userName).toBe('wipa')
    expect(await listNotes(database, id)).toEqual(['sign-in.ok (password)', 'second-factor.on', 'sign-in.fail (second-factor)', 'sign-in.ok (second-factor)'])
  })

  test('bears a phone whose clock is half a minute off, not one that is five minutes off', async () => {
    const { uri } = await turnOn('clock')
    for (const off of [-STEP_SECONDS, STEP_SECONDS]) {
      const phone = new Browser(app)
      await phone.signIn('clock')
      expect((await phone.post('/api/auth/sign-in/second', { kind: 'app', code: codeOf(uri, off) })).statusCode, `${off} s`).toBe(200)
    }
    for (const off of [-300, 300]) {
      const phone = new Browser(app)
      await phone.signIn('clock')
      expect((await phone.post('/api/auth/sign-in/second', { kind: 'app', code: codeOf(uri, off) })).json().code, `${off} s`).toBe('sign-in/wrong-code')
    }
  })

  test('can be replaced by each recovery code once', async () => {
    const { codes } = await turnOn('lost-phone')
    expect(codes.length).toBeGreaterThanOrEqual(8)
    const phone = new Browser(app)
    await phone.signIn('lost-phone')
    expect((await phone.post('/api/auth/sign-in/second', { kind: 'recovery', code: codes[0] })).statusCode).toBe(200)
    const again = new Browser(app)
    await again.signIn('lost-phone')
    expect((await again.post('/api/auth/sign-in/second', { kind: 'recovery', code: codes[0] })).json().code).toBe('sign-in/wrong-code')
    expect((await again.post('/api/auth/sign-in/second', { kind: 'recovery', code: codes[1] })).statusCode).toBe(200)
  })

  test('of one moment opens once: who looked over the shoulder is late', async () => {
    const { uri } = await turnOn('watched')
    const [phone, thief] = [new Browser(app), new Browser(app)]
    await phone.signIn('watched')
    await thief.signIn('watched')
    const code = codeOf(uri, STEP_SECONDS)
    expect((await phone.post('/api/auth/sign-in/second', { kind: 'app', code })).statusCode).toBe(200)
    expect((await thief.post('/api/auth/sign-in/second', { kind: 'app', code })).json().code).toBe('sign-in/wrong-code')
  })

  test('is not guessed: after five wrong codes one begins again with the password', async () => {
    const { uri } = await turnOn('guessed')
    const thief = new Browser(app)
    await thief.signIn('guessed')
    for (let round = 0; round < 5; round++) await thief.post('/api/auth/sign-in/second', { kind: 'app', code: `00000${round}` })
    expect((await thief.post('/api/auth/sign-in/second', { kind: 'app', code: codeOf(uri) })).json().code).toBe('sign-in/second-expired')
  })

  test('without a password before it opens nothing', async () => {
    const { uri } = await turnOn('only-code')
    expect((await new Browser(app).post('/api/auth/sign-in/second', { kind: 'app', code: codeOf(uri) })).json().code).toBe('sign-in/second-expired')
  })

  test('is ended, and gets new recovery codes, with the password only', async () => {
    const { browser, codes } = await turnOn('ends')
    expect((await browser.post('/api/auth/second-factor/end', { password: 'wrong password' })).json().code).toBe('sign-in/wrong-password')
    const fresh = (await browser.post('/api/auth/second-factor/codes', { password: PASSWORD })).json().codes
    expect(fresh).not.toContain(codes[0])
    expect((await browser.post('/api/auth/second-factor/confirm', { code: '000000' })).json().code).toBe('sign-in/second-state')
    expect((await browser.post('/api/auth/second-factor/end', { password: PASSWORD })).statusCode).toBe(200)
    expect((await new Browser(app).signIn('ends')).json()).toEqual({ secondFactor: false })
  })
})
