/** The word that was probably meant: few letters other, missing, added or exchanged. @example nearest('lable', ['label', 'hint']) // => 'label' */
export function nearest(word: string, known: Iterable<string>): string | null {
  const far = word.length < 6 ? 1 : 2
  let best: string | null = null, least = far + 1
  for (const candidate of known) {
    if (Math.abs(candidate.length - word.length) > far || candidate.length < 4) continue
    const distance = distanceOf(word.toLowerCase(), candidate.toLowerCase())
    if (distance < least) [best, least] = [candidate, distance]
  }
  return best
}

/** Optimal string alignment (Damerau 1964): the fewest letters to change, add, drop or exchange with their neighbour. @example distanceOf('lable', 'label') // => 1 */
export function distanceOf(a: string, b: string): number {
  const rows = [Array.from({ length: b.length + 1 }, (_, j) => j)]
  for (let i = 1; i <= a.length; i++) {
    const above = rows[i - 1] as number[], row = [i]
    for (let j = 1; j <= b.length; j++) {
      const steps = [above[j] as number + 1, row[j - 1] as number + 1, above[j - 1] as number + Number(a[i - 1] !== b[j - 1])]
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) steps.push((rows[i - 2] as number[])[j - 2] as number + 1)
      row.push(Math.min(...steps))
    }
    rows.push(row)
  }
  return rows[a.length]?.[b.length] as number
}
