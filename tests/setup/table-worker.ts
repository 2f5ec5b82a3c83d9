import { TableImportId } from '../../domain/table/table.ts'
import { readEnvironment } from '../../server/base/environment.ts'
import { makeSeal } from '../../server/base/seal.ts'
import { openSpool } from '../../server/base/spool.ts'
import { openDatabase } from '../../server/db/open.ts'
import { workOn } from '../../server/table/write.work.ts'

/** A server's work on one table in a process of its own, which can be killed: `node table-worker.ts ID FOLDER`. */
const [id, folder] = process.argv.slice(2) as [string, string]
const database = await openDatabase(readEnvironment(process.env), 'command')
await workOn({ app: database.app, spool: openSpool(folder), seal: makeSeal(database.keys), signal: new AbortController().signal, tell: console.error }, TableImportId.parse(id))
await database.close()
