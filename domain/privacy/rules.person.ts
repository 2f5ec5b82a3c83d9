import type { Question } from '../dataset/dataset.form.ts'
import type { Level } from '../dataset/rules.ts'
import type { Answers } from '../record/record.ts'

type Keyed = Question & { key: string }
const GIVEN = 'schema:givenName', FAMILY = 'schema:familyName', NAME = 'schema:name'

/** The questions that hold somebody's name, at this level of a form: first name and family name, or one that has both; else whatever is kept as a person's and called a name. */
export function nameQuestionsOf({ questions }: Level): Keyed[][] {
  const withTerm = (term: string) => questions.find(question => question.term === term), given = withTerm(GIVEN), family = withTerm(FAMILY)
  if (given) return [family ? [given, family] : [given]]
  return questions.filter(question => isOfPerson(question) && question.type === 'text' && (question.asked || question.term === NAME) && (question.term === NAME || question.role === 'title' || /name|ชื่อ/i.test(`${question.name} ${question.label.th}`))).map(question => [question])
}

/** The names that answers give, each as one text. */
export function namesIn(level: Level, values: Answers): string[] {
  return nameQuestionsOf(level).map(parts => parts.map(({ key }) => String(values[key] ?? '').trim()).filter(Boolean).join(' ')).filter(Boolean)
}

/** What is kept as a person's, and not for everyone. */
export const isOfPerson = ({ sensitivity }: Pick<Question, 'sensitivity'>): boolean => sensitivity === 'personal' || sensitivity === 'sensitive'

/** By which somebody is reached: it is the person's whose name stands beside it. */
export const isContact = ({ name, term }: Pick<Question, 'name' | 'term'>): boolean => term === 'schema:telephone' || term === 'schema:email' || /phone|tel$|email|line_id/i.test(name)
