import { AREA_COLUMNS, currentAreas } from './area.ts'
import { shapeCodes, writeBoundaries } from './boundary.ts'
import { writeCensus } from './census.ts'
import { GROUP_COLUMNS, groups } from './group.ts'
import { CHANGE_COLUMNS } from './change.ts'
import { withLedger } from './ledger.ts'
import { municipalParts } from './municipal.ts'
import { writeRows } from './out.ts'
import { writePopulation } from './population.ts'
import { writeRice } from './rice.ts'
import { writeSources } from './sources.ts'
import { writeTpmap } from './tpmap.ts'
import { villages } from './village.ts'

/** Makes seed/ from the shared data folder beside the checkout, ../shared/data. Running it again gives the same bytes. */
const places = currentAreas(shapeCodes())
const { areas, changes } = withLedger([...places, ...municipalParts(places), ...villages()])
const sorted = areas.toSorted((a, b) => a.code < b.code ? -1 : 1)

writeRows('area/area.csv', AREA_COLUMNS, sorted.filter(area => area.level !== 'village'))
writeRows('area/village.csv.gz', AREA_COLUMNS, sorted.filter(area => area.level === 'village'))
writeRows('area/change.csv', CHANGE_COLUMNS, changes)
writeRows('area/group.csv', GROUP_COLUMNS, groups())
writeBoundaries(sorted, changes)
writePopulation()
writeCensus()
writeRice()
writeTpmap()
writeSources(sorted, changes)
