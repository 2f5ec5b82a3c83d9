import type { RecordId } from '../../domain/base/ids.ts'
import type { FormModel } from '../../domain/dataset/dataset.form.ts'
import { keysOf, type Level } from '../../domain/dataset/rules.ts'
import type { Spot } from '../../domain/privacy/privacy.ts'
import { privacyProblems } from '../../domain/privacy/problems.ts'
import { isContact, isOfPerson, nameQuestionsOf, namesIn } from '../../domain/privacy/rules.person.ts'
import type { Meant } from '../../domain/privacy/rules.redact.ts'
import type { DatasetUnit } from '../../domain/dataset/dataset.ts'
import type { Redaction } from '../../engine/form/redact.ts'
import { coreOf, mentionsOf, type Mentions } from '../../engine/match/person.ts'
import { isSealed, type Seal } from '../base/seal.ts'
import type { Held } from '../duplicate/write.whole.ts'

/** Who is to be erased: by names, numbers and other words, gathered from all the chosen spots together. */
export type Somebody = Mentions & { names: readonly string[]; cores: ReadonlySet<string>; numbers: ReadonlySet<string>; hashes: ReadonlySet<string> }

/** Several words of one's own may be given with commas between them. */
export function somebodyOf(held: ReadonlyMap<RecordId, Held>, spots: readonly Spot[], also: string, seal: Seal): Somebody {
  const names: string[] = [], numbers: string[] = [], hashes: string[] = []
  for (const { record, repeat, row } of spots) {
    const one = held.get(record), level = one && keysOf(one.model).find(known => known.repeat === repeat)
    if (!level) throw privacyProblems.notThere({})
    names.push(...namesIn(level, repeat === null ? one.values : one.rows.find(known => known.repeat === repeat && known.position === row)?.values ?? {}))
    for (const { path, position, hash, sealed } of one.numbers) {
      if (position !== (row ?? 0) || !level.questions.some(question => question.path === path)) continue
      // as acts of people keep it, and as those of tables do
      hashes.push(hash.toString('base64'), `\\x${hash.toString('hex')}`)
      numbers.push(...openOrNone(seal, sealed))
    }
  }
  const words = also.split(/[,\n]/).map(word => word.trim()).filter(Boolean)
  return { ...mentionsOf({ names, numbers, words }), names, cores: new Set(names.map(coreOf).filter(Boolean)), numbers: new Set(numbers), hashes: new Set(hashes) }
}

/** With other keys than it was sealed with, a number is known by nothing. */
function openOrNone(seal: Seal, sealed: string): string[] {
  try {
    return [seal.open(sealed)]
  } catch {
    return []
  }
}

/** Rows of a record that are theirs: those that were chosen, those that bear their name or number, and what stands inside these. */
export function rowsOf(somebody: Somebody, { model, rows, numbers }: Held, chosen: readonly Spot[]): Held['rows'] {
  const levels = new Map(keysOf(model).map(level => [level.repeat, level])), parents = new Map(model.repeats.map(({ path, repeat }) => [path, repeat]))
  const meant = new Set(rows.filter(row => chosen.some(spot => spot.repeat === row.repeat && spot.row === row.position) || bearsName(somebody, levels.get(row.repeat), row.values)
    || numbers.some(({ path, position, hash }) => position === row.position && somebody.hashes.has(hash.toString('base64')) && levels.get(row.repeat)?.questions.some(question => question.path === path))))
  const isInside = (row: Held['rows'][number]): boolean => meant.has(row) || rows.some(above => above.repeat === parents.get(row.repeat) && above.position === row.parent && isInside(above))
  return rows.filter(isInside)
}

/** A first name alone is not enough: a household may have two of it, and only the chosen one is meant. */
function bearsName({ cores }: Somebody, level: Level | undefined, values: Record<string, unknown>): boolean {
  return level !== undefined && nameQuestionsOf(level).some(parts => {
    const said = parts.map(({ key }) => String(values[key] ?? '').trim()).filter(Boolean)
    return said.join(' ').includes(' ') && cores.has(coreOf(said.join(' ')))
  })
}

/**
 * Answers outside of rows that are theirs because they themselves were chosen there: what is kept as a person's of a place or thing (its owner,
 * who told of it), and of a household the name and how to reach it. What else tells of them is found by what it says.
 */
export function keysGone({ model }: Held, unit: DatasetUnit, chosen: readonly Spot[]): ReadonlySet<string> {
  const [level] = keysOf(model), isChosen = chosen.some(({ repeat }) => repeat === null)
  if (!level || !isChosen) return new Set()
  const names = new Set(nameQuestionsOf(level).flat().map(({ key }) => key))
  return new Set(level.questions.filter(question => isOfPerson(question) && (unit !== 'household' || names.has(question.key) || isContact(question) || question.role === 'national-id')).map(({ key }) => key))
}

/** The same of a submission, by the form that it answers: answers as they were typed, numbers sealed. */
export function redactionOf(somebody: Somebody, model: FormModel, keys: ReadonlySet<string>, chosen: readonly { repeat: string; position: number }[], seal: Seal): Exclude<Redaction, 'all'> {
  const levels = new Map(keysOf(model).map(level => [level.repeat, level])), paths = new Set((levels.get(null)?.questions ?? []).filter(({ key }) => keys.has(key)).map(({ path }) => path))
  const isNumber = (text: string): boolean => isSealed(text) && openOrNone(seal, text).some(number => somebody.numbers.has(number))
  return {
    paths, text: (text, inRow) => isNumber(text.trim()) || (inRow ? somebody.mentions(text) : somebody.calls(text)),
    row: ({ repeat, position, values }) => {
      const level = levels.get(repeat), byKey = Object.fromEntries((level?.questions ?? []).map(({ path, key }) => [key, values[path] ?? '']))
      return Object.values(values).some(isNumber) || bearsName(somebody, level, byKey) || chosen.some(one => one.repeat === repeat && one.position === position && isSameName(level, byKey, somebody))
    },
  }
}

/** A row that stands where theirs stands today, and is called alike or not at all. */
function isSameName(level: Level | undefined, values: Record<string, string>, { calls }: Somebody): boolean {
  const names = level ? namesIn(level, values) : []
  return names.length === 0 || names.some(calls)
}

/** The same of what acts keep. */
export function meantOf(somebody: Somebody, redaction: Exclude<Redaction, 'all'>, { model }: Held, keys: ReadonlySet<string>): Meant {
  const levels = new Map(keysOf(model).map(level => [level.repeat, level]))
  return {
    keys, number: hash => somebody.hashes.has(hash), text: (text, inRow) => inRow ? somebody.mentions(text) : somebody.calls(text),
    row: ({ repeat, position, values }) => redaction.row({ repeat, position, values: Object.fromEntries((levels.get(repeat)?.questions ?? []).map(({ path, key }) => [path, typeof values[key] === 'string' ? values[key] : ''])) }),
  }
}
