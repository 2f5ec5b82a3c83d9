import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'

/**
 * Looks for faults of accessibility, by every rule, in the page itself (ours have no frames) and without writing down each place that is
 * good: the same faults for a third of the work.
 */
export function axe(page: Page): AxeBuilder {
  return new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ['violations'] })
}
