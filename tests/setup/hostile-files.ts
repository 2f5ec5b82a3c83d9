import { hostileBooks } from './hostile-files.books.ts'
import { hostileTexts } from './hostile-files.texts.ts'
import { hostileEncodings } from './hostile-files.encodings.ts'
import { hostileKinds } from './hostile-files.kinds.ts'
import { hostileCells } from './hostile-files.cells.ts'

/**
 * A file that somebody might send. `refused`: the file as a whole, in a sentence; `faulty`: some rows or cells are told, the others read; `good`: every
 * row is right. Columns are `name`, `national_id` (a citizen's number), `rai` (a number in rai), `visited` (a date) and `phone`; what is said of
 * cells holds for fields of these kinds.
 */
export type HostileFile = { name: string; bytes: Uint8Array; expect: 'refused' | 'faulty' | 'good' }

/** Files that are broken, lie or are merely odd, made anew each time and always the same. */
export function* hostileFiles(): Iterable<HostileFile> {
  yield* hostileKinds()
  yield* hostileEncodings()
  yield* hostileTexts()
  yield* hostileCells()
  yield* hostileBooks()
}
