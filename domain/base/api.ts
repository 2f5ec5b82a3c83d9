import type { z } from 'zod'
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
}
export type Api = Record<string, Route>

type In<S> = S extends z.ZodType ? z.infer<S> : Record<never, never>
export type ParamsOf<R extends Route> = In<R['params']>
export type QueryOf<R extends Route> = In<R['query']>
export type BodyOf<R extends Route> = R extends { body: infer B extends z.ZodType } ? z.infer<B> : undefined
export type ReplyOf<R extends Route> = R['reply'] extends z.ZodType ? z.infer<R['reply']> : FileReply

/** A file as a reply: text at once, or bytes. */
export type FileReply = { name?: string; type?: string; body: string | Uint8Array }
