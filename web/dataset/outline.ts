import type { Text } from '../../domain/base/text.ts'
import type { FormModel, Question, Repeat } from '../../domain/dataset/dataset.form.ts'
import { keysOf } from '../../domain/dataset/rules.ts'

export type Keyed = Question & { key: string }
/** A run of questions that stand in one group (`path`) with its title, or a repeat with an outline of its own. */
export type Block = { kind: 'questions'; path: string; title: Text | null; questions: Keyed[] } | { kind: 'repeat'; repeat: Repeat; blocks: Block[] }

/** A form as one reads it on paper: its groups and repeats, in its own order. */
export function outlineOf(model: FormModel, inside: string | null = null): Block[] {
  const keys = new Map(keysOf(model).flatMap(level => level.questions).map(question => [question.path, question]))
  const inner = model.repeats.filter(repeat => repeat.repeat === inside)
  const blocks: Block[] = []
  for (const { path } of model.questions) {
    const question = keys.get(path) as Keyed
    const repeat = inner.find(each => path.startsWith(`${each.path}/`))
    if (question.repeat === inside) addQuestion(blocks, question, model)
    else if (repeat && !blocks.some(block => block.kind === 'repeat' && block.repeat === repeat)) blocks.push({ kind: 'repeat', repeat, blocks: outlineOf(model, repeat.path) })
  }
  return blocks
}

function addQuestion(blocks: Block[], question: Keyed, { groups }: FormModel): void {
  const path = parentPath(question.path), last = blocks.at(-1)
  if (last?.kind === 'questions' && last.path === path) last.questions.push(question)
  else blocks.push({ kind: 'questions', path, title: groups[path] ?? null, questions: [question] })
}

/** @example parentPath('/data/owner/name') // => '/data/owner' */
export function parentPath(path: string): string {
  return path.slice(0, path.lastIndexOf('/'))
}
