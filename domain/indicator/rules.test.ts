import { expect, test } from 'vitest'
import { AreaCode } from '../base/ids.ts'
import { gapOf, isPublicLevel } from './rules.ts'

const tpmap = { publicLevel: 'province', notCovered: [AreaCode.parse('TH10')] } as const
const survey = { publicLevel: tpmap.publicLevel, notCovered: [...tpmap.notCovered] }

test('the survey is public for provinces and the nation, not below', () => {
  expect((['nation', 'province', 'district', 'municipal-part', 'village'] as const).map(level => isPublicLevel(survey, level))).toEqual([true, true, false, false, false])
})

test('Bangkok and every khwaeng in it were not asked; a tambon of Chiang Mai is not published; a province without a row is missing', () => {
  expect(['TH10', 'TH100101', 'TH500701', 'TH5007', 'TH50'].map(code => gapOf(survey, AreaCode.parse(code))))
    .toEqual(['not-covered', 'not-covered', 'not-published', 'not-published', 'missing'])
})
