import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { PointSheet } from '../../domain/record/record.ts'
import { packPoints, unpackPoints, type Located } from '../../domain/record/rules.explore.ts'
import { readSheets } from './sheets.ts'

const degrees = (most: number) => fc.integer({ min: -most * 100_000, max: most * 100_000 }).map(whole => whole / 100_000)
const point: fc.Arbitrary<Located> = fc.record({ start: fc.stringMatching(/^[0-9a-f]{16}$/), lon: degrees(180), lat: degrees(90), type: fc.option(fc.constantFrom('cave', 'น้ำตก', '"', ',\n')) })
const sheet = fc.array(point, { maxLength: 30 }).map((points): PointSheet => ({ dataset: 'attraction' as PointSheet['dataset'], more: 0, ...packPoints(points) }))

test('points come out of a sheet as they went in', () => {
  fc.assert(fc.property(fc.array(point), points => { expect(unpackPoints({ dataset: 'attraction' as PointSheet['dataset'], more: 0, ...packPoints(points) })).toEqual(points) }))
})

test('sheets are read wherever the network cuts them', async () => {
  await fc.assert(fc.asyncProperty(fc.array(sheet, { maxLength: 4 }), fc.integer({ min: 1, max: 40 }), async (sheets, size) => {
    const bytes = new TextEncoder().encode(sheets.length === 0 ? '[]' : `[\n${sheets.map(one => JSON.stringify(one)).join(',\n')}\n]`)
    const body = new ReadableStream<Uint8Array>({ start(stream) { for (let i = 0; i < bytes.length; i += size) stream.enqueue(bytes.slice(i, i + size)); stream.close() } })
    const met: PointSheet[] = []
    for await (const one of readSheets(() => Promise.resolve(new Response(body)), false, {}, new AbortController().signal)) met.push(one)
    expect(met).toEqual(sheets)
  }), { numRuns: 60 })
})

test('a refusal is no empty map', async () => {
  await expect(readSheets(() => Promise.resolve(new Response('{}', { status: 429 })), false, {}, new AbortController().signal).next()).rejects.toThrow('429')
})
