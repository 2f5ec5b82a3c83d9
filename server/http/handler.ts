import type { Api, BodyOf, ParamsOf, QueryOf, ReplyOf, Route } from '../../domain/base/api.ts'
import type { AreaCode } from '../../domain/base/ids.ts'
import type { Lang } from '../../domain/base/text.ts'
import type { Viewer } from '../../domain/access/access.ts'
import type { Reader, Writer } from '../db/db.ts'
import type { Witness } from '../db/scope.ts'

/** A file as it was sent. */
export type GivenFile = { name: string; bytes: Uint8Array }

/** A GET is given a Reader and so cannot write, or a Witness that can leave its trace; any other method is given the request's one transaction. */
type TxOf<R extends Route> = R extends { witnessed: true } ? Witness : R['method'] extends 'GET' ? Reader : Writer

export type Handler<R extends Route> = (call: {
  tx: TxOf<R>
  /** Who asks; sure where the route says `who`. */
  viewer: R extends { who: string } ? Viewer : Viewer | null
  /** The places where they hold the right of the route: what the database shows, and what every query states. */
  areas: readonly AreaCode[]
  params: ParamsOf<R>
  query: QueryOf<R>
  body: BodyOf<R>
  files: R extends { files: object } ? readonly GivenFile[] : undefined
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
