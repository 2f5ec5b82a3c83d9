import { once } from 'node:events'
import type { Readable, Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { promisify } from 'node:util'
import { constants, zstdCompress } from 'node:zlib'
import { pack } from 'tar-stream'

/** What goes through memory in one piece. */
const PART_BYTES = 4 << 20
const MODE = 0o600

const compress = promisify(zstdCompress)
export const packed = (part: Buffer) => compress(part, { params: { [constants.ZSTD_c_compressionLevel]: 1 } })

/** A container that is being written, one entry after the other; its reader may be slower than we. */
export type Container = {
  add(name: string, bytes: Buffer): Promise<void>
  addStream(name: string, size: number, stream: Readable): Promise<void>
}

/** Writes a container into a stream: all of `fill`, or the error that came first. */
export async function writeContainer(out: Writable, at: Date, fill: (container: Container) => Promise<void>): Promise<void> {
  const tar = pack(), headerOf = (name: string, size: number) => ({ name, size, mtime: at, mode: MODE })
  let first: unknown = null
  const failed = (error: unknown) => { first ??= error; throw error }
  out.on('error', error => { first ??= error })
  tar.on('error', error => { first ??= error })
  const written = pipeline(tar as unknown as Readable, out).catch(failed)
  const filled = fill({
    add: (name, bytes) => new Promise((done, fail) => tar.entry(headerOf(name, bytes.length), bytes, error => error ? fail(error) : done()).on('error', fail)),
    // an entry that is given up speaks up once more, when nobody listens any longer
    addStream: (name, size, stream) => pipeline(stream, tar.entry(headerOf(name, size)).on('error', () => {}) as unknown as Writable),
  }).then(() => tar.finalize()).catch(error => { tar.destroy(error); failed(error) })
  await Promise.all([filled, written]).catch(() => { throw first })
}

/** Joins the pieces of a stream into parts of one size. */
export async function* partsOf(stream: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let pieces: Buffer[] = [], bytes = 0
  for await (const piece of stream) {
    pieces.push(piece)
    bytes += piece.length
    if (bytes < PART_BYTES) continue
    yield Buffer.concat(pieces)
    pieces = []
    bytes = 0
  }
  if (bytes > 0) yield Buffer.concat(pieces)
}

/** Writes and waits while the reader is behind. */
export async function feed(stream: Writable, bytes: Buffer): Promise<void> {
  if (!stream.write(bytes)) await once(stream, 'drain')
}
