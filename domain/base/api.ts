import type { z } from 'zod'
import type { Right } from './right.ts'
import type { Text } from './text.ts'

/** A route is data: the server binds it, the site calls it, the documentation prints it. */
export type Route = {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  /** Below `/api`, with `:name` for path parameters. */
  path: `/${string}`
  summary: Text
  params?: z.ZodObject
  query?: z.ZodObject
  body?: z.ZodType
  /** The schema of a JSON reply, or the media type of a file. */
  reply: z.ZodType | { file: string }
  /** How long anybody may keep the reply without asking again: not at all, with a check by ETag, or for ever (the address names the content). */
  cache: 'none' | 'revalidate' | 'immutable'
  /**
   * Who may call it. Absent: anyone, and it reads `open` alone. `signed-in`: a person, about their own account.
   * A right: a person who holds it somewhere; the database then shows the places where they hold it, and no other.
   */
  who?: 'signed-in' | Right
  /** Another right that opens it as well; the handler asks which of the two what is asked for wants. */
  also?: Right
  /** Open to anyone, and answering more to a person who holds this right, in the places where they hold it. */
  widens?: Right
  /** The reply can hold personal or sensitive fields: one audit line is written, and committed before the body leaves. */
  witnessed?: boolean
  /** The reply is a file of records or of somebody's data: it leaves with its entry in the register of exports (server/db/register.ts). */
  exports?: boolean
  /** At most so many calls per address and minute, where the usual number is too many. */
  perMinute?: number
  /** The body is files (multipart) instead of JSON, at most so many bytes each. */
  files?: { maxBytes: number; maxFiles: number }
}
export type Api = Record<string, Route>

type In<S> = S extends z.ZodType ? z.infer<S> : Record<never, never>
export type ParamsOf<R extends Route> = In<R['params']>
export type QueryOf<R extends Route> = In<R['query']>
export type BodyOf<R extends Route> = R extends { body: infer B extends z.ZodType } ? z.infer<B> : undefined
export type ReplyOf<R extends Route> = R['reply'] extends z.ZodType ? z.infer<R['reply']> : FileReply

/**
 * A file as a reply: text at once, or bytes; or pieces that are read while they are sent, in a transaction of their own that begins
 * once the trace of the route is kept.
 */
export type FileReply = { name?: string; type?: string; body: string | Uint8Array | ((tx: never) => AsyncIterable<string | Uint8Array>) }
