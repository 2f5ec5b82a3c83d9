import { hostileBooks } from './hostile-files.books.ts'
import { hostileCells } from './hostile-files.cells.ts'
import { hostileEncodings } from './hostile-files.encodings.ts'
import { hostileKinds } from './hostile-files.kinds.ts'
import type { HostileFile } from './hostile-files.table.ts'
import { hostileTexts } from './hostile-files.texts.ts'

/** Files that are broken, lie or are merely odd, made anew each time and always the same. */
export function* hostileFiles(): Iterable<HostileFile> {
  yield* hostileKinds()
  yield* hostileEncodings()
  yield* hostileTexts()
  yield* hostileCells()
  yield* hostileBooks()
}
