import { sql } from 'kysely'
import { measureBoth, median, p95 } from './measure.ts'
import { inKb, inMs, type Result } from './results.ts'
import { mustAsk, type World } from './world.ts'

const TIMES = 60
/** The newest year of the registers, whose places are those of today. */
const INDICATOR = 'registered-population', PERIOD = '2021'

/** The figures that a map of the nation is coloured by, at three sizes: the whole route, and the query of the same rows alone. */
export async function benchLayer({ address, database }: World): Promise<Result[]> {
  const results: Result[] = []
  for (const level of ['province', 'district', 'tambon']) {
    const url = `${address}/api/figures?area=TH&level=${level}&indicator=${INDICATOR}&period=${PERIOD}`
    const query = () => sql`
      select area_code, numerator, denominator, status from open.figure
      where indicator_id = ${INDICATOR} and period = ${PERIOD} and level = ${level}`.execute(database.public)
    const { bytes } = await mustAsk(url)
    const rows = (await query()).rows.length
    const { ours, theirs } = await measureBoth(TIMES, () => mustAsk(url), query)
    results.push({
      task: 'figures of a map layer, whole route', size: `${rows.toLocaleString('en')} ${level}s, ${inKb(bytes)}`,
      ours: `${inMs(median(ours))}, p95 ${inMs(p95(ours))}`, beside: `the query alone ${inMs(median(theirs))}`,
      budget: 'p95 ≤ 50 ms (DHIS2 with Doris: 115 ms)',
    })
  }
  return results
}
