/** The numbers at the head of a place's page, in the order of the page. */
export const HEADLINES = [
  'target-poor', 'poor', 'poor-households', 'poor-registered',
  'registered-population', 'registered-houses', 'persons-surveyed', 'households-surveyed',
  'elderly', 'disabled', 'chronic', 'happiness', 'welfare-registered', 'welfare-validated',
  'census-population', 'census-households', 'census-household-size',
  'rice-planted-rai', 'rice-production-tonnes', 'rice-yield',
] as const

/** The numbers that are shown over the years, where there is more than one year. */
export const OVER_YEARS = [
  'registered-population', 'registered-population-male', 'registered-population-female', 'registered-houses',
  'target-poor', 'poor', 'rice-planted-rai', 'rice-harvested-rai', 'rice-production-tonnes', 'rice-yield',
] as const
