import { expect, test } from 'vitest'
import { addressOf, readEnvironment } from './environment.ts'

const faultOf = (variables: Record<string, string>) => {
  try { readEnvironment(variables); return null } catch (error) { return error as Error & { code: string } }
}

test('without any setting the site is for this machine alone, on the embedded database, with the demo world', () => {
  expect(readEnvironment({})).toMatchObject({ port: 8080, host: '127.0.0.1', url: null, databaseUrl: null, demo: true, trustProxy: false, rateLimit: { perMinute: 1200, spareLoopback: true } })
})

test('the demo world, whose passwords are printed, stays away when others can come in, unless it is asked for', () => {
  const remote = { DATABASE_URL: 'postgres://me@db.example/rakkaeo', RAKKAEO_KEYS: '/etc/rakkaeo.keys' }
  expect(readEnvironment({ RAKKAEO_HOST: '0.0.0.0' }).demo).toBe(false)
  expect(readEnvironment(remote).demo).toBe(false)
  expect(readEnvironment({ RAKKAEO_URL: 'https://data.example' }).demo).toBe(false)
  expect(readEnvironment({ RAKKAEO_TRUST_PROXY: '1' }).demo).toBe(false)
  expect(readEnvironment({ RAKKAEO_URL: 'http://localhost:8080' }).demo).toBe(true)
  expect(readEnvironment({ ...remote, RAKKAEO_DEMO: '1' }).demo).toBe(true)
})

test('each wrong setting is told by its name and value', () => {
  expect(faultOf({ RAKKAEO_PORT: 'eighty' })?.message).toMatch(/RAKKAEO_PORT=“eighty”/)
  expect(faultOf({ RAKKAEO_PORT: '70000' })?.code).toBe('start/bad-setting')
  expect(faultOf({ RAKKAEO_URL: 'ftp://data.example' })?.message).toMatch(/RAKKAEO_URL/)
  expect(faultOf({ DATABASE_URL: 'mysql://x/y', RAKKAEO_KEYS: '/k' })?.message).toMatch(/DATABASE_URL/)
})

test('a database server without a place for the keys is refused', () => {
  expect(faultOf({ DATABASE_URL: 'postgres://me@db.example/rakkaeo' })?.code).toBe('start/keys-not-set')
})

test('an empty variable is one that is not set', () => {
  expect(readEnvironment({ RAKKAEO_PORT: '', DATABASE_URL: '', RAKKAEO_KEYS: '' })).toMatchObject({ port: 8080, databaseUrl: null })
})

test('a proxy on this machine is trusted by a word, others by their networks', () => {
  expect(readEnvironment({ RAKKAEO_TRUST_PROXY: '1' }).trustProxy).toBe('loopback')
  expect(readEnvironment({ RAKKAEO_TRUST_PROXY: '10.0.0.0/8,127.0.0.1' }).trustProxy).toBe('10.0.0.0/8,127.0.0.1')
})

test('links begin with the public address where there is one', () => {
  expect(addressOf(readEnvironment({ RAKKAEO_URL: 'https://data.example/' }))).toBe('https://data.example')
  expect(addressOf(readEnvironment({ RAKKAEO_HOST: '::1', RAKKAEO_PORT: '80' }))).toBe('http://[::1]:80')
})
