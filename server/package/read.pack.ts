import { createHash } from 'node:crypto'
import { PassThrough, Readable } from 'node:stream'
import { finished } from 'node:stream/promises'
import yazl from 'yazl'

/** Puts files into a ZIP one after the other, each while it is read; nothing is held but the piece under way and the names. */
export type Packer = { add(name: string, content: AsyncIterable<string | Uint8Array> | Readable | string, how?: 'small' | 'as it is'): Promise<void> }

/** What `fill` puts in, as the pieces of a ZIP. Whoever stops asking stops the filling. */
export async function* packed(at: Date, fill: (packer: Packer) => Promise<void>): AsyncGenerator<Uint8Array> {
  const zip = new yazl.ZipFile(), out = new PassThrough()
  let current: Readable | undefined
  zip.on('error', error => out.destroy(error as Error))
  out.on('close', () => current?.destroy())
  zip.outputStream.pipe(out)
  const add: Packer['add'] = async (name, content, how = 'small') => {
    if (out.destroyed) throw new Error('nobody reads on')
    current = typeof content === 'string' ? Readable.from([Buffer.from(content)]) : content instanceof Readable ? content : Readable.from(content, { objectMode: false })
    zip.addReadStream(current, name, { mtime: at, compressionLevel: how === 'small' ? 1 : 0 })
    await finished(current, { writable: false })
  }
  const filling = fill({ add }).then(() => zip.end(), error => out.destroy(error as Error))
  try {
    yield* out as AsyncIterable<Uint8Array>
  } finally {
    out.destroy()
    await filling
  }
}

export type Measured = { rows: number; bytes: number; sha256: string }

/** Lines as they pass, counted and hashed. */
export async function* measured(lines: AsyncIterable<string | Uint8Array>, told: (what: Measured) => void): AsyncGenerator<Buffer> {
  const hash = createHash('sha256')
  let rows = 0, bytes = 0
  for await (const piece of lines) {
    const buffer = typeof piece === 'string' ? Buffer.from(piece) : Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength)
    hash.update(buffer)
    bytes += buffer.length
    for (let at = buffer.indexOf(NEW_LINE); at >= 0; at = buffer.indexOf(NEW_LINE, at + 1)) rows++
    yield buffer
  }
  told({ rows, bytes, sha256: hash.digest('hex') })
}

const NEW_LINE = 10
/** A line of JSON for each row: such text holds no control characters, so that nothing of it is quoted again. */
export const LINES = `format csv, quote E'\\x01', delimiter E'\\x02'`

/** The lines of what comes in pieces. One that is longer than `most` is told. */
export async function* linesIn(pieces: AsyncIterable<Buffer>, most: number, tooLong: () => Error): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  let left = ''
  for await (const piece of pieces) {
    const lines = (left + decoder.decode(piece, { stream: true })).split('\n')
    left = lines.pop() ?? ''
    if (left.length > most) throw tooLong()
    yield* lines
  }
  if (left + decoder.decode() !== '') yield left
}
