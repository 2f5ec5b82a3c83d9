import type { Shown } from './shown.ts'

/** What stands on one screen of the telephone, below the names of the groups around it. */
export type Page = { headings: string[]; shown: Shown[] }

/** A group that is meant for one screen is one; loose questions that follow each other share one; a repeat has its own. */
export function pagesOf(shown: readonly Shown[], headings: string[] = []): Page[] {
  const pages: Page[] = []
  let loose: Page | null = null
  for (const each of shown) {
    if (each.kind === 'question') {
      if (!loose) pages.push(loose = { headings, shown: [] })
      loose.shown.push(each)
      continue
    }
    loose = null
    const inner = each.label ? [...headings, each.label] : headings
    if (each.kind === 'repeat') pages.push({ headings, shown: [each] })
    else if (each.isScreen) pages.push({ headings: inner, shown: each.children })
    else pages.push(...pagesOf(each.children, inner))
  }
  return pages
}

/** Everything on a screen, rows of repeats too. */
export function flattenShown(shown: readonly Shown[]): Shown[] {
  return shown.flatMap(each => [each, ...flattenShown(each.kind === 'group' ? each.children : each.kind === 'repeat' ? each.rows : [])])
}

/** The screen where a question of this name stands; -1 where it is not shown now. */
export function pageOf(pages: readonly Page[], name: string): number {
  return pages.findIndex(page => flattenShown(page.shown).some(each => each.path.split('/').at(-1) === name))
}
