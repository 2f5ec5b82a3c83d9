import { afterAll } from 'vitest'
import { listModels } from '../../server/record/read.arrived.ts'
import { leaveAll } from './leave.ts'

afterAll(leaveAll)
/** A form keeps its name in every database, and is another one there: the next file has a database of its own. */
afterAll(async () => { (await listModels(undefined as never, [])).clear() })
