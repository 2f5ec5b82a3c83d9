import { expect, test } from 'vitest'
import type { FastifyRequest } from 'fastify'
import { forgetAsker, forOnePage, INSIDE, onceAPage } from './asker.ts'

const request = (cookie: string, from = INSIDE) => ({ headers: { cookie }, raw: { socket: { remoteAddress: from } } }) as unknown as FastifyRequest
let found = 0
const find = () => ++found

test('who asks is found once for all that a page asks, for each page and each cookie anew, and anew after the page has changed something', async () => {
  await forOnePage(async () => {
    expect([onceAPage(request('mali'), find), onceAPage(request('mali'), find), onceAPage(request('somsak'), find)]).toEqual([1, 1, 2])
    await Promise.resolve()
    expect(onceAPage(request('mali'), find)).toBe(1)
    forgetAsker()
    expect([onceAPage(request('mali'), find), onceAPage(request('mali'), find)]).toEqual([3, 3])
  })
  expect(forOnePage(() => onceAPage(request('mali'), find))).toBe(4)
})

test('what comes from outside is found each time, also while a page is made', () => {
  found = 0
  expect(forOnePage(() => [onceAPage(request('mali', '10.1.1.1'), find), onceAPage(request('mali', '10.1.1.1'), find)])).toEqual([1, 2])
  expect([onceAPage(request('mali'), find), onceAPage(request('mali'), find)]).toEqual([3, 4])
})
