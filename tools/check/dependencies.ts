import type { Import } from './imports.ts'
import { isTest, type Fault } from './source.ts'

export type Manifest = {
  dependencies?: Record<string, string>; devDependencies?: Record<string, string>; optionalDependencies?: Record<string, string>
}
const DOCUMENT = 'docs/dependencies.md'
/** Folders whose code runs where only `dependencies` are promised. */
const RUNNING = /^(domain|engine|server|web|cli)\//
/** What Node, the site's framework or our own Vite plugins provide. */
const PROVIDED = /^(node:|virtual:|\$|#|\.)/

/** Packages without a line in docs/dependencies.md, lines without a package, and imports of packages that nobody declared. */
export function findDependencyFaults(manifest: Manifest, document: string, imports: Import[]): Fault[] {
  const runtime = { ...manifest.dependencies, ...manifest.optionalDependencies }
  const declared = Object.keys({ ...runtime, ...manifest.devDependencies })
  const described = describedIn(document)
  const covers = (line: string, name: string) => line === name || (line.endsWith('*') && name.startsWith(line.slice(0, -1)))
  return [
    ...declared.filter(name => !described.some(line => covers(line, name))).map(name => ({ file: DOCUMENT, say: `has no line about ${name}` })),
    ...described.filter(line => !declared.some(name => covers(line, name))).map(line => ({ file: DOCUMENT, say: `speaks of ${line}, which package.json does not have` })),
    ...imports.flatMap(found => undeclared(found, declared, Object.keys(runtime))),
  ]
}

/** The first cell of each row of the tables names the package or packages: `` `d3-geo` ``, `` `@types/*` ``. */
function describedIn(document: string): string[] {
  const cells = [...document.matchAll(/^\|([^|]*)\|/gm)].map(match => match[1] as string)
  return cells.flatMap(cell => [...cell.matchAll(/`([^`]+)`/g)].map(match => match[1] as string))
}

function undeclared({ from, spec, line }: Import, declared: string[], runtime: string[]): Fault[] {
  if (PROVIDED.test(spec)) return []
  const name = spec.split('/').slice(0, spec.startsWith('@') ? 2 : 1).join('/')
  const allowed = RUNNING.test(from) && !isTest(from) ? runtime : declared
  return [...allowed, ...typesOnly(declared, name)].includes(name) ? [] : [{ file: from, line, say: `imports ${name}, which package.json does not have${declared.includes(name) ? ' among the dependencies that run' : ''}` }]
}

/** `import type … from 'geojson'` is answered by `@types/geojson`. */
function typesOnly(declared: string[], name: string): string[] {
  return declared.includes(`@types/${name}`) ? [name] : []
}
