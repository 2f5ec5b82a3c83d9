import { medianSorted } from 'simple-statistics'

/** 0.6745 is the 75th percentile of the normal distribution to four digits: with it, MAD is on the scale of a standard deviation. */
const OF_MAD = 0.6745
/** The same for the mean absolute deviation: the square root of π/2. */
const OF_MEAN = 1.253314
/** What Iglewicz and Hoaglin advise to look at. */
export const USUAL_LIMIT = 3.5

export type Middle = { n: number; median: number; /** Median of the absolute deviations from it, and their mean. */ mad: number; meanAd: number }

/** @example middleOf([1, 1, 2, 2, 4, 6, 9]) // => { n: 7, median: 2, mad: 1, meanAd: 16 / 7 } */
export function middleOf(values: readonly number[]): Middle {
  if (values.length === 0) return { n: 0, median: NaN, mad: NaN, meanAd: NaN }
  const median = medianOf(values), away = values.map(value => Math.abs(value - median))
  return { n: values.length, median, mad: medianOf(away), meanAd: away.reduce((sum, one) => sum + one, 0) / away.length }
}

const medianOf = (values: readonly number[]) => medianSorted(Float64Array.from(values).sort() as unknown as number[])

/**
 * The modified z-score: 0.6745 (x − median) / MAD. Where more than half of the values are the same and MAD is 0, (x − median) / (1.253314 ×
 * mean absolute deviation); 0 where all are. B. Iglewicz and D. C. Hoaglin, How to Detect and Handle Outliers, ASQC 1993; the NIST/SEMATECH
 * e-Handbook of Statistical Methods, 1.3.5.17; the second form as IBM Cognos Analytics documents it (“modified z score”).
 */
export function modifiedZ(value: number, { median, mad, meanAd }: Middle): number {
  if (mad > 0) return OF_MAD * (value - median) / mad
  return meanAd > 0 ? (value - median) / (OF_MEAN * meanAd) : 0
}

/** Amounts are skewed: incomes and areas are compared by their ratios. Near to the logarithm, and at home with 0 and less. */
export const unskew = (value: number): number => Math.asinh(value)

/** Which of the values lie farther out than the limit, on the unskewed scale, with their scores; none where there are fewer than `least`. */
export function outliersOf(values: readonly number[], limit = USUAL_LIMIT, least = 1): { at: number; score: number }[] {
  if (values.length < least) return []
  const plain = values.map(unskew), middle = middleOf(plain)
  return plain.map((value, at) => ({ at, score: modifiedZ(value, middle) })).filter(({ score }) => Math.abs(score) > limit)
}
