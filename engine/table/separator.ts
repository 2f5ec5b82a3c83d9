import type { TableShape } from '../../domain/table/table.ts'

export type Separator = NonNullable<TableShape['separator']>
const SEPARATORS: readonly Separator[] = [',', ';', '\t', '|']
const LINES = 100

/** The separator that most lines have equally many of, quoted cells apart; of two such, the one that there is more of. Titles and notes have none, or any number. */
export function separatorOf(text: string): Separator {
  const lines = text.replace(/"[^"]*"/g, '').split('\n', LINES).filter(line => line.trim() !== '')
  const scores = SEPARATORS.map(separator => {
    const counts = Map.groupBy(lines.map(line => line.split(separator).length - 1), count => count)
    const [usual, agreeing] = [...counts].filter(([count]) => count > 0).map(([count, same]) => [count, same.length] as const).sort(([a, m], [b, n]) => n - m || b - a)[0] ?? [0, 0]
    return { separator, usual, agreeing }
  })
  return scores.sort((a, b) => b.agreeing - a.agreeing || b.usual - a.usual)[0]!.separator
}
