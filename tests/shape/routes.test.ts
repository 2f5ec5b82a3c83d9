import { globSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import type { Api } from '../../domain/base/api.ts'
import { findRouteFaults, type Answered } from '../../tools/check/routes.ts'
import { freshDatabase, startApp } from '../setup/fresh.ts'

const root = resolve(import.meta.dirname, '../..')

/** Every `…Api` that a room of `domain` exports. */
async function listApis(): Promise<Record<string, Api>> {
  const files = globSync('domain/*/api.ts', { cwd: root }).filter(file => file !== 'domain/base/api.ts').sort()
  const rooms = await Promise.all(files.map(async file => {
    const exported = Object.entries(await import(resolve(root, file)) as Record<string, unknown>).filter(([name]) => name.endsWith('Api'))
    return exported.map(([name, api]) => [`${file} ${name}`, api as Api] as const)
  }))
  return Object.fromEntries(rooms.flat())
}

test('every route that is written in domain is answered by the server and stands in OpenAPI, in both languages', async () => {
  const app = await startApp(await freshDatabase('empty'))
  const openApi = (await app.inject('/api/openapi.json')).json<Answered>()
  const apis = await listApis()
  expect(Object.keys(apis).length).toBeGreaterThan(3)
  expect(findRouteFaults(apis, openApi)).toEqual([])
})

test('a route without a handler is found', () => {
  const api = { getWell: { method: 'GET', path: '/wells/:id', cache: 'none', reply: { file: 'text/plain' }, summary: { th: 'บ่อน้ำ', en: '' } } } as const satisfies Api
  expect(findRouteFaults({ 'domain/well/api.ts wellApi': api }, { paths: { '/api/wells/{id}': { post: { operationId: 'getWell' } } } }).map(fault => fault.say))
    .toEqual(['getWell: the server does not answer GET /api/wells/{id}', 'getWell has no summary in both languages'])
})
