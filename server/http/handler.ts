import type { Api, BodyOf, ParamsOf, QueryOf, ReplyOf, Route } from '../../domain/base/api.ts'
import type { Lang } from '../../domain/base/text.ts'
import type { Reader, Writer } from '../db/db.ts'

/** A GET is given a Reader and so cannot write; any other method is given the request's one transaction. */
export type Handler<R extends Route> = (call: {
  tx: R['method'] extends 'GET' ? Reader : Writer
  params: ParamsOf<R>
  query: QueryOf<R>
  body: BodyOf<R>
  /** The language of the person who asks. */
  lang: Lang
}) => Promise<ReplyOf<R>>

/** The handlers of a room, by the names of its routes. */
export type Handlers<A extends Api> = { [Name in keyof A]: Handler<A[Name]> }

/** A room as the server mounts it: its routes as data and what answers them. */
export type Room = { api: Api; handlers: Record<string, Handler<Route>> }

/** Puts routes and handlers together; the compiler checks that each route has its handler. */
export function room<A extends Api>(api: A, handlers: Handlers<A>): Room {
  return { api, handlers: handlers as unknown as Room['handlers'] }
}
