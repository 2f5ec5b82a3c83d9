/** The plan of the house, as docs/decisions and the style say it: who may know whom, and in which order rooms stand. */

/** A building may import from itself and from these. */
export const BUILDINGS: Record<string, string[]> = {
  domain: [],
  engine: ['domain'],
  server: ['domain', 'engine'],
  web: ['domain', 'engine'],
  cli: ['domain', 'engine', 'server'],
}

export const NOUNS = [
  'area', 'access', 'audit', 'team', 'dataset', 'round', 'import', 'count', 'record', 'review', 'duplicate', 'check', 'collect', 'household', 'asset', 'indicator', 'figure',
  'poverty', 'link', 'plan', 'case', 'alert', 'board', 'report', 'publication', 'table', 'change', 'package', 'privacy', 'backup', 'profile',
]

/** A room may import from rooms written before it, type imports included. */
export const ROOMS: Record<string, string[]> = {
  domain: ['base', ...NOUNS],
  engine: ['base', 'stats', 'geo', 'text', 'match', 'table', 'form', 'measure', 'poverty', 'network'],
  server: ['base', 'db', 'http', 'auth', ...NOUNS],
  web: ['base', 'form', ...NOUNS, 'explore', 'routes'],
}

/** Folders of the site that hold no code of ours. */
export const WEB_MATERIAL = ['messages', 'static', 'paraglide', 'build']

/** Inside the server's rooms: `routes, jobs → write → read → db`. */
export const KIND_ARROWS: Record<string, string[]> = {
  routes: ['routes', 'write', 'read'],
  jobs: ['jobs', 'write', 'read'],
  write: ['write', 'read'],
  read: ['read'],
}

/** What a room of nouns is made of; a shelf is `read.search.ts`. */
export const FILE_KINDS: Record<string, string[]> = {
  domain: ['rules', 'can', 'problems', 'api'],
  server: ['read', 'write', 'routes', 'jobs'],
}

export const FORBIDDEN_NAMES = ['index', 'utils', 'util', 'helpers', 'helper', 'common', 'misc', 'manager']

export type Place = { building: string; room: string; file: string; kind: string }

/** @example placeOf('server/area/read.search.ts') // => { building: 'server', room: 'area', file: 'read.search.ts', kind: 'read' } */
export function placeOf(path: string): Place {
  const parts = path.split('/')
  const file = parts.at(-1) ?? ''
  return { building: parts[0] ?? '', room: parts.length > 2 ? parts[1] ?? '' : '', file, kind: file.split('.')[0] ?? '' }
}
