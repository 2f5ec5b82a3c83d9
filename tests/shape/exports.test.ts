import { globSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import type { Api, Route } from '../../domain/base/api.ts'

const root = resolve(import.meta.dirname, '../..')

/** Routes that answer with a file and need no entry in the register of exports, each with why. Any other one says `exports`. */
const NO_EXPORT: Record<string, string> = {
  getRecordFile: 'one file of a record, looked at on its page; each look stands in the audit',
  mapPoints: 'the points of the map on the screen; each look stands in the audit',
  getFaultyRows: 'rows that whoever fetches them gave, and that became no records',
  mapOpenPoints: 'open to anyone', exportOpen: 'open to anyone', getThingPicture: 'open to anyone', getBoundaries: 'no data of anybody', getFormFile: 'a form without answers',
  downloadProfile: 'figures', downloadFigures: 'figures', downloadCompare: 'figures', exportBoard: 'counts', exportExports: 'the register itself', downloadActivities: 'made from the definitions',
}
/** What telephones speak to: a list of things is what its holder works by, under the rules of docs/who-sees-what.md. */
const OF_TELEPHONES = /^(\/key\/:key|\/openrosa)\//

async function listRoutes(): Promise<[string, Route][]> {
  const files = globSync('domain/*/api*.ts', { cwd: root }).filter(file => file !== 'domain/base/api.ts')
  const rooms = await Promise.all(files.map(async file => Object.entries(await import(resolve(root, file)) as Record<string, Api>).filter(([name]) => name.endsWith('Api')).flatMap(([, api]) => Object.entries(api))))
  return rooms.flat()
}

/** Routes whose file could leave without its entry. */
const unentered = (routes: readonly [string, Route][]): string[] => routes
  .filter(([name, route]) => 'file' in route.reply && !(name in NO_EXPORT) && !OF_TELEPHONES.test(route.path) && !(route.exports && route.witnessed)).map(([name]) => name)

test('a route that answers with a file enters it in the register of exports, or says why it need not', async () => {
  const routes = await listRoutes()
  expect(routes.filter(([, { exports }]) => exports).length).toBeGreaterThan(1)
  expect(unentered(routes)).toEqual([])
  expect(Object.keys(NO_EXPORT).filter(name => !routes.some(([known]) => known === name))).toEqual([])
  const well: Route = { method: 'GET', path: '/wells.csv', cache: 'none', who: 'see-records', reply: { file: 'text/csv' }, summary: { th: 'บ่อ', en: 'Wells' } }
  expect(unentered([['exportWells', well], ['exportWitnessed', { ...well, witnessed: true, exports: true }], ['exportUnwitnessed', { ...well, exports: true }]])).toEqual(['exportWells', 'exportUnwitnessed'])
})

test('files leave the server by the one door, and the command line writes none of records past the register', () => {
  const files = globSync(['server/**/*.ts', 'cli/**/*.ts', 'web/routes/**/+server.ts'], { cwd: root }).filter(file => !file.endsWith('.test.ts'))
  const withWord = (word: RegExp) => files.filter(file => word.test(readFileSync(resolve(root, file), 'utf8'))).sort()
  // forms and templates, without answers
  expect(withWord(/content-disposition/).filter(file => !/^web\/routes\/(tables\/template|datasets\/\[id\]\/form\/file)\//.test(file))).toEqual(['server/http/bind.ts'])
  const writing = withWord(/\b(writeFile|createWriteStream)\b/).filter(file => file.startsWith('cli/'))
  for (const file of writing) if (file !== 'cli/export.ts') expect(readFileSync(resolve(root, file), 'utf8'), `${file} writes a file: it enters it with noteExport, or is named here`).toMatch(/noteExport|notePackage|backup/i)
})
