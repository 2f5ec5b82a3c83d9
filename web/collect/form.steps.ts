import { pagesOf, flattenShown, type Page } from '../form/pages.ts'
import type { Question, Repeat, Shown } from '../form/shown.ts'

/** Where in a form one is: a page; of a page of rows then a row, a page of that row, and so on. In an address `3.1.0`. */
export type Step = readonly number[]
/** What is seen there. `rows`: the page is the list of a repeat, whose rows have pages of their own. */
export type Stand = { page: Page; at: number; of: number; row: { label: string; number: number } | null; rows: Repeat | null }

export const parseStep = (text: string): Step => /^\d+(\.\d+\.\d+)*$/.test(text) ? text.split('.').map(Number) : [0]
export const formatStep = (step: Step): string => step.join('.')

/** Null where there is no such page now. */
export function standAt(shown: readonly Shown[], [at = 0, number, ...rest]: Step, row: Stand['row'] = null): Stand | null {
  const pages = pagesOf(shown), page = pages[at], rows = page ? rowsOf(page) : null
  if (!page) return null
  if (number === undefined) return { page, at, of: pages.length, row, rows }
  const inner = rows?.rows[number]
  return rows && inner ? standAt(inner.children, rest, { label: rows.label, number: number + 1 }) : null
}

const rowsOf = ({ shown: [first, ...more] }: Page): Repeat | null => first?.kind === 'repeat' && more.length === 0 ? first : null

/** The page after this one: after the last of a row its list, after the last of all none. */
export function stepAfter(shown: readonly Shown[], step: Step): Step | null {
  const stand = standAt(shown, step)
  if (stand && stand.at < stand.of - 1) return [...step.slice(0, -1), stand.at + 1]
  return step.length > 1 ? step.slice(0, -2) : null
}

/** The page before this one: before the first of a row its list, before the first of all none. */
export function stepBefore(step: Step): Step | null {
  const last = step.at(-1) ?? 0
  if (last > 0) return [...step.slice(0, -1), last - 1]
  return step.length > 1 ? step.slice(0, -2) : null
}

/** Where a question is asked; null where it is not. */
export function stepOf(shown: readonly Shown[], id: string): Step | null {
  const pages = pagesOf(shown), at = pages.findIndex(page => flattenShown(page.shown).some(each => each.id === id)), page = pages[at]
  if (!page) return null
  const rows = rowsOf(page), number = rows?.rows.findIndex(row => flattenShown(row.children).some(each => each.id === id)) ?? -1
  const inner = rows && number >= 0 ? stepOf(rows.rows[number]!.children, id) : null
  return inner ? [at, number, ...inner] : [at]
}

/** The nearest page that is there, where a row or a page has gone. */
export function nearestStep(shown: readonly Shown[], step: Step): Step {
  for (let length = step.length; length > 1; length -= 2) if (standAt(shown, step.slice(0, length))) return step.slice(0, length)
  return [Math.max(0, Math.min(step[0] ?? 0, pagesOf(shown).length - 1))]
}

/** All questions of these, in order, with their rows'. */
export function questionsOf(shown: readonly Shown[]): Question[] {
  return flattenShown(shown).filter((each): each is Question => each.kind === 'question')
}

export const faultsOf = (shown: readonly Shown[]): Question[] => questionsOf(shown).filter(({ fault }) => fault !== '')
