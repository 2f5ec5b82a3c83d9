import { expect, test } from 'vitest'
import type { Figure, FigureStatus } from '../../domain/figure/figure.ts'
import { restsOn } from '../figure/base.ts'
import { bigValue, baseText, countText } from './finding.ts'
import { cellText } from '../figure/words.ts'

const figure = (status: FigureStatus, internal: boolean) => ({ numerator: 607.8, denominator: 1013, value: 607.8 / 1013, unit: 'ratio', status, internal }) as Figure
const indicator = { id: 'target-poor', kind: 'ratio', denominator: { th: 'คนที่สำรวจ', en: 'people surveyed' } } as never

test.each([false, true])('an estimate is marked wherever it is written out, and so is what it is made of; internal: %s', internal => {
  const texts = (status: FigureStatus) => {
    const own = figure(status, internal), headline = { own, indicator, period: '2018' } as never
    return [cellText(own), bigValue(headline), countText(headline), baseText(headline), restsOn(own, indicator), restsOn({ ...own, value: 0.5 }, { ...indicator as object, kind: 'count' } as never, own)]
  }
  const [estimated, summed] = [texts('estimated'), texts('summed')]
  expect(estimated.map(text => text.replaceAll('≈ ', ''))).toEqual(summed)
  expect(estimated.map(text => text.split('≈').length - 1)).toEqual([1, 1, 1, 1, 2, 1])
  expect(summed.join()).not.toContain('≈')
})
