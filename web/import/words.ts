import type { ImportOutcome } from '../../domain/import/import.ts'
import { m } from '../paraglide/messages.js'

const OUTCOMES: Record<ImportOutcome, () => string> = { imported: m.import_imported, partly: m.import_partly, unchanged: m.import_unchanged, refused: m.import_refused }

export function outcomeWord(outcome: string): string {
  return Object.hasOwn(OUTCOMES, outcome) ? OUTCOMES[outcome as ImportOutcome]() : outcome
}

/** What a try-out shows would become of the files. */
export function previewWord(outcome: ImportOutcome): string {
  return { imported: m.import_would, partly: m.import_would_partly, unchanged: m.import_unchanged, refused: m.import_would_not }[outcome]()
}
