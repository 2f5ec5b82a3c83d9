import { randomBytes } from 'node:crypto'
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { afterAll } from 'vitest'
import { getFreePort } from './server.ts'

/** A real OpenID provider in a process of its own, with the addresses and habits of ThaID (docs: DOPA): what we know of it is what it answers over HTTP. */
export type Provider = {
  issuer: string
  stop(): Promise<void>
  settings: Record<string, string>
  /** What a person does there: signs in as this login and agrees; gives the address their browser is sent back to. */
  signIn(url: string, login: string): Promise<string>
}

const running: (() => Promise<void>)[] = []
afterAll(async () => { for (const stop of running) await stop() })

/** `people`: what a person types at the provider, and the citizen's number it then tells. `audience`: sign id tokens for another client. */
export async function startProvider(options: { redirectUri: string; people: Record<string, string>; wrong?: 'audience' | 'key' }): Promise<Provider> {
  const port = await getFreePort()
  const issuer = `http://127.0.0.1:${port}`
  const clientId = 'rakkaeo-test', clientSecret = randomBytes(24).toString('base64url')
  const child = fork(fileURLToPath(new URL('./thaid.provider.ts', import.meta.url)), [JSON.stringify({ ...options, issuer, port, clientId, clientSecret })], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'], execArgv: [] })
  // a test that is broken off must not wait for its provider
  child.unref()
  child.channel?.unref()
  await Promise.race([once(child, 'message'), once(child, 'exit').then(() => { throw new Error('the provider did not start') })])
  const stop = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return
    const gone = once(child, 'exit')
    child.kill('SIGKILL')
    await gone
  }
  running.push(stop)
  const settings = { RAKKAEO_THAID_ISSUER: issuer, RAKKAEO_THAID_CLIENT_ID: clientId, RAKKAEO_THAID_CLIENT_SECRET: clientSecret }
  return { issuer, stop, settings, signIn: (url, login) => signInThere(issuer, url, login) }
}

/** Follows the provider's own pages like a browser: its cookies, its two forms, until it sends one away. */
async function signInThere(issuer: string, start: string, login: string): Promise<string> {
  const jar = new Map<string, string>()
  let url = start
  for (let step = 0; step < 12; step++) {
    if (!url.startsWith(issuer)) return url
    const form = /\/interaction\/[^/]+$/.test(url)
    const reply = await fetch(url, {
      redirect: 'manual', headers: { cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; ') },
      ...(form && { method: 'POST', body: new URLSearchParams(jar.has('asked') ? { prompt: 'consent' } : { prompt: 'login', login, password: 'any' }) }),
    })
    if (form) jar.set('asked', '1')
    for (const cookie of reply.headers.getSetCookie()) jar.set(cookie.split('=')[0] as string, cookie.slice(cookie.indexOf('=') + 1).split(';')[0] as string)
    const next = reply.headers.get('location')
    if (!next) throw new Error(`the provider stopped at ${url} with ${reply.status}: ${(await reply.text()).slice(0, 500)}`)
    url = new URL(next, url).href
  }
  throw new Error('the provider went round in circles')
}
