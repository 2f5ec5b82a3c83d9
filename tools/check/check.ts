/** `npm run check`: the shape of the house, told in sentences; exit code 1 when something is not as it should be. */
import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { findArrowFaults } from './arrows.ts'
import { findCommandFaults } from './commands.ts'
import { findCycles } from './cycles.ts'
import { findDependencyFaults } from './dependencies.ts'
import { findSettingFaults } from './environment.ts'
import { applyExceptions, EXCEPTIONS } from './exceptions.ts'
import { importsOf } from './imports.ts'
import { findDeadLinks } from './links.ts'
import { findMessageFaults } from './messages.ts'
import { findNameFaults } from './names.ts'
import { findLongCode } from './sizes.ts'
import { listDocuments, listSources, type Fault } from './source.ts'
import { checkTypes } from './types.ts'
import { findAvoidedWords, parseAvoided } from './words.ts'

const root = resolve(import.meta.dirname, '../..')
const read = (path: string) => existsSync(join(root, path)) ? readFileSync(join(root, path), 'utf8') : ''
const MESSAGES = ['web/messages/th.json', 'web/messages/en.json']

const types = checkTypes(root)
const faults = applyExceptions([...shapeFaults(), ...textFaults()], EXCEPTIONS)
for (const { file, line, say } of faults) console.error(`${file}${line ? `:${line}` : ''} ${say}`)
for (const { name, code, output } of await types) if (code !== 0) console.error(`\n${name} is not content:\n${output}`)
const content = faults.length === 0 && (await types).every(({ code }) => code === 0)
console.log(content ? 'The shape is as it should be.' : `${faults.length} faults of shape.`)
process.exitCode = content ? 0 : 1

function shapeFaults(): Fault[] {
  const sources = listSources(root)
  const manifest = JSON.parse(read('package.json'))
  const imports = sources.flatMap(source => importsOf(source, manifest.imports))
  return [
    ...findArrowFaults(imports), ...findCycles(imports), ...findLongCode(sources), ...findNameFaults(sources),
    ...findDependencyFaults(manifest, read('docs/dependencies.md'), imports),
    ...findSettingFaults(sources, read('docs/install.md')),
  ]
}

function textFaults(): Fault[] {
  const documents = listDocuments(root)
  const messages = MESSAGES.map(path => ({ path, text: read(path) }))
  const avoided = parseAvoided(read('docs/glossary.md'))
  return [
    ...findDeadLinks(documents, path => existsSync(join(root, path))),
    ...findMessageFaults({ th: JSON.parse(read(MESSAGES[0] as string) || '{}'), en: JSON.parse(read(MESSAGES[1] as string) || '{}') }),
    ...findAvoidedWords([...messages, ...documents.filter(({ path }) => path !== 'docs/glossary.md')], avoided),
    ...findCommandFaults(read('README.md'), read('.ci/run')),
  ]
}
