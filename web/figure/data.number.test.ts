import { describe, expect, it } from 'vitest'
import type { LayerRow } from './data.ts'
import { endsOf, filesOf } from './data.number.ts'

const row = (code: string, value: number | null) => ({ area: { code }, figure: { value } }) as unknown as LayerRow
const codes = (rows: LayerRow[]) => rows.map(each => each.area.code)

describe('the ends of a list of provinces', () => {
  it('are five each, the highest first, and Bangkok without a number stands at neither', () => {
    const rows = [row('TH10', null), ...Array.from({ length: 12 }, (_, i) => row(`TH${20 + i}`, i))]
    const { top, bottom } = endsOf(rows)
    expect(codes(top)).toEqual(['TH31', 'TH30', 'TH29', 'TH28', 'TH27'])
    expect(codes(bottom)).toEqual(['TH24', 'TH23', 'TH22', 'TH21', 'TH20'])
  })
  it('never show a province twice', () => {
    const { top, bottom } = endsOf([row('TH50', 3), row('TH51', 2), row('TH52', 1)])
    expect([codes(top), codes(bottom)]).toEqual([['TH50'], ['TH52']])
  })
})

describe('the files of a number', () => {
  it('are one line per level of each source', () => {
    const entry = { series: [{ source: 'dopa-population', periods: ['2017', '2018'], levels: ['nation', 'tambon'] }] } as unknown as Parameters<typeof filesOf>[0]
    expect(filesOf(entry)).toEqual([
      { source: 'dopa-population', level: 'nation', periods: ['2017', '2018'] },
      { source: 'dopa-population', level: 'tambon', periods: ['2017', '2018'] },
    ])
  })
})
