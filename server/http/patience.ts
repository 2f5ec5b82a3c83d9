import type { Socket } from 'node:net'
import type { FastifyRequest } from 'fastify'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Files over a slow line: as long as bytes keep coming. */
    slow?: boolean
  }
}

export type Patience = { /** For the whole body of an ordinary request. */ bodyMs: number; /** Without a byte of a slow one. */ silenceMs: number }
export const PATIENCE: Patience = { bodyMs: 30_000, silenceMs: 60_000 }

/** Who sends a body and does not come to its end is cut off: a body in half a minute, a photograph while it moves. */
export function endSlowBodies({ bodyMs, silenceMs }: Patience) {
  return async ({ raw, routeOptions }: FastifyRequest): Promise<void> => {
    if (raw.headers['content-length'] === undefined && raw.headers['transfer-encoding'] === undefined) return
    const timer = routeOptions.config.slow === true ? watchSilence(raw.socket, silenceMs, () => raw.destroy()) : setTimeout(() => raw.destroy(), bodyMs)
    const end = () => clearTimeout(timer)
    raw.once('end', end).once('close', end)
  }
}

/** Looks at what the connection has read rather than at the body, which only one may read. */
function watchSilence(socket: Socket, everyMs: number, onSilence: () => void): NodeJS.Timeout {
  let before = socket.bytesRead
  return setInterval(() => {
    if (socket.bytesRead === before) onSilence()
    before = socket.bytesRead
  }, everyMs)
}
