import type { Check } from '../../domain/dataset/dataset.check.ts'
import type { FormModel, Question } from '../../domain/dataset/dataset.form.ts'
import { keysOf } from '../../domain/dataset/rules.ts'
import { checkProblems } from '../../domain/dataset/problems.check.ts'
import { referenceIn, tokensOf, type Token } from './reference.tokens.ts'

export type Keyed = Question & { key: string }
type Target = { path: string; repeat: string | null; question: Keyed | null }

/** Names of a form as a check writes them: questions by name or key, repeats by name. */
export type Names = { context: string; find: (name: string) => Target; /** Whose answers the check may tell of. */ seen: Set<Keyed>; /** As a path may name it. */ touch: (name: string) => void }

/** @throws `check/unknown-repeat` */
export function namesFor(model: FormModel, { id, each }: Pick<Check, 'id' | 'each'>): Names {
  const repeat = each === null ? null : model.repeats.find(repeat => repeat.name === each)
  if (repeat === undefined) throw checkProblems.unknownRepeat({ id, name: each ?? '' })
  const questions = keysOf(model).flatMap(level => level.questions), seen = new Set<Keyed>()
  /** Of several with one name: the one in the same row, then that of the record. */
  const nearness = ({ repeat: of }: Question) => of === (repeat?.path ?? null) ? 0 : of === null ? 1 : 2
  const find = (name: string): Target => {
    const [question] = questions.filter(question => question.key === name || question.name === name).sort((a, b) => nearness(a) - nearness(b))
    if (question) { seen.add(question); return { path: question.path, repeat: question.repeat, question } }
    const rows = model.repeats.find(repeat => repeat.name === name)
    if (!rows) throw checkProblems.unknownQuestion({ id, name })
    return { path: rows.path, repeat: rows.repeat, question: null }
  }
  const touch = (name: string) => { for (const question of questions) if (name === '*' || question.name === name || question.path.includes(`/${name}/`)) seen.add(question) }
  return { context: repeat?.path ?? `/${model.root}`, find, seen, touch }
}

/** An expression with paths for names: relative where both stand in one row, so that each row sees its own answers. */
export function resolve(expression: string, { repeats }: FormModel, { context, find, touch }: Names): string {
  const around = repeats.map(repeat => repeat.path).filter(path => isIn(context, path)).sort((a, b) => b.length - a.length)
  const tokens = tokensOf(expression)
  let filters = 0
  for (const name of namedIn(tokens)) touch(name)
  return tokens.map(({ kind, text }) => {
    if (text === '[' || text === ']') filters += text === '[' ? 1 : -1
    const name = kind === 'reference' ? referenceIn(text)?.name : undefined
    if (name === undefined) return text
    const { path } = find(name), shared = around.find(repeat => isIn(path, repeat) && path !== repeat)
    if (shared === undefined) return ` ${path} `
    const up = '../'.repeat(context.split('/').length - shared.split('/').length)
    return ` ${filters > 0 ? 'current()/' : './'}${up}${path.slice(shared.length + 1)} `
  }).join('')
}

/** Names whose texts a path may give: of a group or a row, all that stands in it; `*` where it takes whatever is there. Rows that are only counted tell nothing. */
function namedIn(tokens: readonly Token[]): string[] {
  const solid = tokens.filter(({ kind }) => kind !== 'space')
  return solid.flatMap(({ kind, text }, i) => {
    const before = solid[i - 1], isCounted = before?.text === '(' && /^count/.test(solid[i - 2]?.text ?? ''), goesOn = solid[i + 1]?.text === '/'
    if (kind === 'name') return goesOn ? [] : [text]
    if (kind === 'reference') return isCounted || goesOn ? [] : [referenceIn(text)?.name ?? '']
    return text === '//' || text === '.' || (text === '..' && !goesOn) || (text === '*' && !VALUES.includes(before?.kind ?? '')) ? ['*'] : []
  })
}

/** After these a star multiplies. */
const VALUES = ['number', 'reference', 'name', 'close', 'string']

const isIn = (path: string, repeat: string): boolean => `${path}/`.startsWith(`${repeat}/`)
