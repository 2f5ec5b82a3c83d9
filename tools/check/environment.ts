import ts from 'typescript'
import { lineAt, scriptsOf } from './imports.ts'
import { isTest, type Fault, type Source } from './source.ts'

/** Set by the system or by the tool that runs us, not by the person who installs. */
const OF_THE_SYSTEM = ['PATH', 'HOME', 'LANG', 'LANGUAGE', 'LC_ALL', 'LC_MESSAGES', 'TMPDIR', 'CI', 'TZ', 'NODE_ENV', 'VITEST', 'XDG_CACHE_HOME', 'PGPASSWORD', 'NO_COLOR']
const OURS = /^(RAKKAEO_[A-Z0-9_]+|DATABASE_URL)$/

/** Settings that the code reads and docs/install.md does not name, each once, and settings it names that nothing reads. */
export function findSettingFaults(sources: Source[], document: string): Fault[] {
  const read = sources.filter(({ path }) => !isTest(path)).flatMap(settingsIn)
  const named = new Set(document.match(/\b(RAKKAEO_[A-Z0-9_]+|DATABASE_URL)\b/g))
  const known = new Set(read.map(({ name }) => name))
  return [
    ...read.filter(({ name }, at) => !named.has(name) && read.findIndex(other => other.name === name) === at).map(({ name, file, line }) => ({ file, line, say: `reads ${name}, of which docs/install.md says nothing` })),
    ...[...named].filter(name => !known.has(name)).map(name => ({ file: 'docs/install.md', say: `speaks of ${name}, which nothing reads` })),
  ]
}

function settingsIn(source: Source): { name: string; file: string; line: number }[] {
  return scriptsOf(source).flatMap(script => {
    const tree = ts.createSourceFile(source.path, script.text, ts.ScriptTarget.Latest, true)
    return [...namesIn(tree)].map(({ name, at }) => ({ name, file: source.path, line: lineAt(source.text, script.start + at) }))
  })
}

/** Our own names wherever they stand as a property, and any name taken from `process.env`. */
function* namesIn(node: ts.Node): Generator<{ name: string; at: number }> {
  const name = ts.isIdentifier(node) || ts.isStringLiteral(node) ? node.text : ''
  const ofProcess = ts.isIdentifier(node) && ts.isPropertyAccessExpression(node.parent) && node.parent.expression.getText() === 'process.env'
  if (OURS.test(name) || (ofProcess && !OF_THE_SYSTEM.includes(name))) yield { name, at: node.getStart() }
  const children: ts.Node[] = []
  node.forEachChild(child => { children.push(child) })
  for (const child of children) yield* namesIn(child)
}
