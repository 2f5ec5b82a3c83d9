import { expect, test } from 'vitest'
import { findArrowFaults } from './arrows.ts'
import { findCommandFaults } from './commands.ts'
import { findCycles } from './cycles.ts'
import { applyExceptions } from './exceptions.ts'
import { importsOf } from './imports.ts'
import { findNameFaults } from './names.ts'
import { findLongCode } from './sizes.ts'

const faultsOf = (path: string, text: string, aliases = {}) => findArrowFaults(importsOf({ path, text }, aliases)).map(fault => fault.say)

test('an import is found however it is written, with its line', () => {
  const text = "import a from './a.ts'\nimport type { B } from './b.ts'\nexport { c } from './c.ts'\ntype D = import('./d.ts').D\nconst e = await import('./e.ts')\n// import './f.ts'\n"
  expect(importsOf({ path: 'engine/geo/draw.ts', text }).map(({ to, line }) => `${line} ${to}`))
    .toEqual(['1 engine/geo/a.ts', '2 engine/geo/b.ts', '3 engine/geo/c.ts', '4 engine/geo/d.ts', '5 engine/geo/e.ts'])
})

test('a component is read in its scripts and in its markup', () => {
  const text = "<script lang=\"ts\" module>\nimport type { A } from './a.ts'\n</script>\n<script lang=\"ts\">\nimport B from './B.svelte'\n</script>\n{#await import('../c.ts')}<p></p>{/await}\n<B />"
  expect(importsOf({ path: 'web/area/View.svelte', text }).map(({ to, line }) => `${line} ${to}`)).toEqual(['2 web/area/a.ts', '5 web/area/B.svelte', '7 web/c.ts'])
})

test('the site may not reach into the server, not even for a type, not even through an alias', () => {
  expect(faultsOf('web/area/View.svelte', "<script lang=\"ts\">import type { Db } from '../../server/db/db.ts'</script>")).toEqual(['imports server/db/db.ts: web may not know server'])
  expect(faultsOf('web/area/data.ts', "import { x } from '#server/db/db.ts'", { '#server/*': './server/*' })).toEqual(['imports server/db/db.ts: web may not know server'])
  expect(faultsOf('web/area/data.ts', "import { areaApi } from '../../domain/area/api.ts'")).toEqual([])
})

test('the rules know nothing of the engine, and the house knows nothing of its tests', () => {
  expect(faultsOf('domain/area/rules.ts', "import { fold } from '../../engine/text/fold.ts'")).toEqual(['imports engine/text/fold.ts: domain may not know engine'])
  expect(faultsOf('server/area/read.ts', "import { x } from '../../tests/setup/database.ts'")).toEqual(['imports tests/setup/database.ts: server may not know tests'])
})

test('a room may not know a later room, in its own building or in another', () => {
  expect(faultsOf('server/area/read.ts', "import { listFigures } from '../figure/read.ts'")).toEqual(['imports server/figure/read.ts: the room area comes before figure'])
  expect(faultsOf('server/area/routes.ts', "import type { Figure } from '../../domain/figure/figure.ts'")).toEqual(['imports domain/figure/figure.ts: the room area comes before figure'])
  expect(faultsOf('server/figure/read.ts', "import { getArea } from '../area/read.ts'")).toEqual([])
  expect(faultsOf('engine/text/fold.ts', "import { mpi } from '../poverty/mpi.ts'")).toEqual(['imports engine/poverty/mpi.ts: the room text comes before poverty'])
  expect(faultsOf('server/area/read.ts', "import { makeApp } from '../app.ts'")).toEqual(['imports server/app.ts: app.ts assembles the rooms, no room may know it'])
  expect(faultsOf('server/app.ts', "import { areaRoutes } from './area/routes.ts'")).toEqual([])
  expect(faultsOf('server/import/read.ts', "import { parseCsv } from '../../engine/table/parse-csv.ts'")).toEqual([])
  expect(faultsOf('engine/table/cell.ts', "import { faultOf } from '../../domain/table/problems.cell.ts'")).toEqual([])
})

test('inside a room reading does not know writing, and writing does not know routes', () => {
  expect(faultsOf('server/area/read.ts', "import { loadAreas } from './write.ts'")).toEqual(['imports server/area/write.ts: read may not import write'])
  expect(faultsOf('server/area/write.load.ts', "import { areaRoutes } from './routes.ts'")).toEqual(['imports server/area/routes.ts: write may not import routes'])
  expect(faultsOf('server/profile/routes.ts', "import { areaRoutes } from '../area/routes.ts'")).toEqual(['imports server/area/routes.ts: routes may not import routes'])
  expect(faultsOf('server/area/routes.ts', "import { listAreas } from './read.search.ts'")).toEqual([])
})

test('a circle of imports is told once, type imports included', () => {
  const files = [['engine/geo/a.ts', './b.ts'], ['engine/geo/b.ts', './c.ts'], ['engine/geo/c.ts', './a.ts'], ['engine/geo/d.ts', './a.ts']]
  const imports = files.flatMap(([path, spec]) => importsOf({ path: path as string, text: `import type { X } from '${spec}'` }))
  expect(findCycles(imports).map(fault => fault.say)).toEqual(['imports itself in a circle: engine/geo/a.ts → engine/geo/b.ts → engine/geo/c.ts → engine/geo/a.ts'])
  expect(findCycles(imports.slice(0, 2))).toEqual([])
})

test('a file of 201 lines and a function of 31 lines are too long; a function in a test is not', () => {
  const long = `export function load() {\n${'  step()\n'.repeat(29)}}\n`
  expect(findLongCode([{ path: 'server/area/write.ts', text: long }]).map(fault => fault.say)).toEqual(['the function load has 31 lines, more than 30'])
  expect(findLongCode([{ path: 'web/area/View.svelte', text: `<script lang="ts">\n${long}</script>` }])).toMatchObject([{ line: 2 }])
  expect(findLongCode([{ path: 'server/area/write.test.ts', text: long }])).toEqual([])
  expect(findLongCode([{ path: 'server/area/write.ts', text: 'step()\n'.repeat(201) }])).toMatchObject([{ say: expect.stringContaining('201 lines') }])
  expect(findLongCode([{ path: 'server/area/write.ts', text: 'step()\n'.repeat(200) }])).toEqual([])
})

test('names say something, rooms are in the plan, and a room has its kinds of file', () => {
  const say = (path: string, text = '') => findNameFaults([{ path, text }]).map(fault => fault.say)
  expect(say('engine/geo/utils.ts')).toEqual(['“utils” says nothing: name what it does'])
  expect(say('server/helpers/read.ts')).toEqual(['“helpers” says nothing: name what it does', 'the room helpers is not in the plan of server'])
  expect(say('server/area/service.ts')).toEqual(['a room of server has read, write, routes, jobs; not service'])
  expect(say('domain/area/figure.ts')).toEqual(['a room of domain has area, rules, can, problems, api; not figure'])
  expect(say('engine/text/fold.ts', 'export default 1')).toEqual(['has a default export: exports have names here'])
  expect(['server/area/read.search.ts', 'domain/area/area.ts', 'server/app.ts', 'server/db/migrate.ts', 'vitest.config.ts'].flatMap(path => say(path, path === 'vitest.config.ts' ? 'export default {}' : ''))).toEqual([])
})

test('an exception covers its own fault only, and falls when nothing needs it', () => {
  const fault = { file: 'a.ts', say: 'has 201 lines' }
  expect(applyExceptions([fault, { file: 'b.ts', say: 'has 201 lines' }], [{ file: 'a.ts', about: 'lines', reason: 'one table' }])).toEqual([{ file: 'b.ts', say: 'has 201 lines' }])
  expect(applyExceptions([], [{ file: 'a.ts', about: 'lines', reason: 'one table' }])).toMatchObject([{ file: 'a.ts', say: expect.stringContaining('no longer needed') }])
})

test('the command of the README is the one that is run for us', () => {
  const readme = 'npm ci && npm start\nnpm ci && npm test'
  expect(findCommandFaults(readme, '#!/bin/bash\nnpm ci && npm test\n')).toEqual([])
  expect(findCommandFaults('npm install', '#!/bin/bash\nnpm test -- --only\n').map(fault => fault.file)).toEqual(['README.md', 'README.md', '.ci/run'])
})
