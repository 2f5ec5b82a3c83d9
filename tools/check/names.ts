import { FILE_KINDS, FORBIDDEN_NAMES, NOUNS, placeOf, ROOMS, WEB_MATERIAL } from './house.ts'
import { isTest, type Fault, type Source } from './source.ts'

/** Names that say nothing, rooms that are not in the plan, files of a kind that a room does not have, and default exports. */
export function findNameFaults(sources: Source[]): Fault[] {
  return sources.flatMap(source => [sayNothing, unknownRoom, unknownKind, defaultExport].flatMap(check => {
    const say = check(source)
    return say ? [{ file: source.path, say }] : []
  }))
}

function sayNothing({ path }: Source): string | null {
  const word = path.toLowerCase().split(/[/.\-_]/).find(part => FORBIDDEN_NAMES.includes(part))
  return word ? `“${word}” says nothing: name what it does` : null
}

function unknownRoom({ path }: Source): string | null {
  const { building, room } = placeOf(path)
  const rooms = ROOMS[building]
  if (!rooms || room === '' || rooms.includes(room) || (building === 'web' && WEB_MATERIAL.includes(room))) return null
  return `the room ${room} is not in the plan of ${building}`
}

function unknownKind({ path }: Source): string | null {
  const { building, room, kind } = placeOf(path)
  const kinds = FILE_KINDS[building]
  if (!kinds || isTest(path) || !NOUNS.includes(room)) return null
  if (kinds.includes(kind) || (building === 'domain' && kind === room)) return null
  return `a room of ${building} has ${[...(building === 'domain' ? [room] : []), ...kinds].join(', ')}; not ${kind}`
}

/** A tool's own configuration must export a default. */
function defaultExport({ path, text }: Source): string | null {
  if (!path.endsWith('.ts') || /^[a-z]+\.config\.ts$/.test(path)) return null
  return /^export default /m.test(text) ? 'has a default export: exports have names here' : null
}
