import type { Api } from '../../domain/base/api.ts'
import type { Fault } from './source.ts'

/** The part of an OpenAPI document that says which addresses are answered. */
export type Answered = { paths: Record<string, Record<string, { operationId?: string }>> }

/** Routes that are written in `domain` and that the running server does not answer, or that say nothing in a language. */
export function findRouteFaults(apis: Record<string, Api>, openApi: Answered): Fault[] {
  return Object.entries(apis).flatMap(([file, api]) => Object.entries(api).flatMap(([name, route]) => {
    const path = `/api${route.path.replace(/:(\w+)/g, '{$1}')}`
    const operation = openApi.paths[path]?.[route.method.toLowerCase()]
    return [
      ...(operation?.operationId === name ? [] : [{ file, say: `${name}: the server does not answer ${route.method} ${path}` }]),
      ...(route.summary.th.trim() && route.summary.en.trim() ? [] : [{ file, say: `${name} has no summary in both languages` }]),
    ]
  }))
}
