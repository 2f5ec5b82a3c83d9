import { recordApi, type ExploreFilter } from '../../domain/record/api.ts'
import type { PointSheet } from '../../domain/record/record.ts'
import { addressOf } from '../base/api.ts'

/** The sheets of points as they come, one line each: the first are drawn while others are on their way. */
export async function* readSheets(fetch: typeof globalThis.fetch, isOpen: boolean, query: ExploreFilter, signal: AbortSignal): AsyncGenerator<PointSheet> {
  const response = await fetch(isOpen ? addressOf(recordApi.mapOpenPoints, { query }) : addressOf(recordApi.mapPoints, { query }), { signal })
  if (!response.ok || !response.body) throw new Error(`points: ${response.status}`)
  // for await is not known to every telephone
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader()
  let left = ''
  for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
    const lines = (left + piece.value).split('\n')
    left = lines.pop() ?? ''
    yield* lines.flatMap(readLine)
  }
  yield* readLine(left)
}

/** Between the brackets of a list each line is a sheet. */
const readLine = (line: string): PointSheet[] => line.startsWith('{') ? [JSON.parse(line.replace(/,$/, '')) as PointSheet] : []
