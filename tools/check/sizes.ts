import ts from 'typescript'
import { lineAt, scriptsOf } from './imports.ts'
import { isTest, type Fault, type Source } from './source.ts'

export const MOST_LINES_IN_FILE = 200
export const MOST_LINES_IN_FUNCTION = 30

/** Files and functions that are longer than the house allows. A test file has no limit on its functions. */
export function findLongCode(sources: Source[]): Fault[] {
  return sources.flatMap(source => [...longFile(source), ...(isTest(source.path) ? [] : longFunctions(source))])
}

function longFile({ path, text }: Source): Fault[] {
  const lines = text.trimEnd().split('\n').length
  return lines > MOST_LINES_IN_FILE ? [{ file: path, say: `has ${lines} lines, more than ${MOST_LINES_IN_FILE}: give it shelves` }] : []
}

function longFunctions(source: Source): Fault[] {
  return scriptsOf(source).flatMap(script => {
    const tree = ts.createSourceFile(source.path, script.text, ts.ScriptTarget.Latest, true)
    return functionsIn(tree).flatMap(node => {
      const first = lineAt(source.text, script.start + node.getStart(tree))
      const lines = lineAt(source.text, script.start + node.end) - first + 1
      const say = `${nameOf(node)} has ${lines} lines, more than ${MOST_LINES_IN_FUNCTION}`
      return lines > MOST_LINES_IN_FUNCTION ? [{ file: source.path, line: first, say }] : []
    })
  })
}

function functionsIn(node: ts.Node): ts.SignatureDeclaration[] {
  const inside: ts.SignatureDeclaration[] = []
  node.forEachChild(child => { inside.push(...functionsIn(child)) })
  return ts.isFunctionLike(node) && 'body' in node && node.body ? [node, ...inside] : inside
}

function nameOf(node: ts.SignatureDeclaration): string {
  const owner = node.name ?? (ts.isVariableDeclaration(node.parent) || ts.isPropertyAssignment(node.parent) ? node.parent.name : undefined)
  return owner ? `the function ${owner.getText()}` : 'a function without a name'
}
