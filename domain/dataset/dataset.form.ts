import { z } from 'zod'
import { Text } from '../base/text.ts'
import { Sensitivity } from '../access/access.ts'

/** What a question asks for, and so what its answer is once typed (domain/record/record.ts says of which shape). */
export const AnswerType = z.enum([
  'text', 'integer', 'decimal', 'boolean', 'date', 'time', 'dateTime', 'point', 'trace', 'shape', 'file', 'barcode', 'choice', 'choices', 'rank', 'trigger',
])
export type AnswerType = z.infer<typeof AnswerType>

/**
 * What an answer is to the dataset, said in the form by the column `bind::rakkaeo:role`: `place` is the area code, `title` what a list shows,
 * `photo` the picture of the thing, `date` when it was so, `national-id` the citizen's number, `consent` the choice `yes` that lets the rest be shown,
 * `not-public` the choice `yes` that keeps it from the public for good.
 */
export const QuestionRole = z.enum(['place', 'title', 'point', 'photo', 'date', 'national-id', 'consent', 'not-public'])
export type QuestionRole = z.infer<typeof QuestionRole>

export const Choice = z.object({ value: z.string(), label: Text })
export type Choice = z.infer<typeof Choice>

/** A question as the stored XForm has it, in the order of the form. Expressions are XPath as written there. */
export const Question = z.object({
  /** From the root of the instance: `/data/person/name`. */
  path: z.string(),
  name: z.string(),
  type: AnswerType,
  /** A form in one language says the same in both. A calculation has no label of its own: its name. */
  label: Text,
  hint: Text.nullable(),
  /** The path of the innermost repeat that it stands in. */
  repeat: z.string().nullable(),
  /** False: a calculation or another value that nobody is asked for. */
  asked: z.boolean(),
  required: z.string().nullable(),
  relevant: z.string().nullable(),
  constraint: z.string().nullable(),
  constraintMessage: Text.nullable(),
  calculate: z.string().nullable(),
  /** Null where the choices come from a file (`choicesFile`) or the question has none. */
  choices: z.array(Choice).nullable(),
  choicesFile: z.string().nullable(),
  appearance: z.string(),
  /** Of a file: `image/*`, `audio/*`, `video/*`, or what the form accepts. */
  mediaType: z.string().nullable(),
  sensitivity: Sensitivity,
  unit: z.string().nullable(),
  /** The field's standard term: `dwc:scientificName`, `dcterms:title`. */
  term: z.string().nullable(),
  role: QuestionRole.nullable(),
})
export type Question = z.infer<typeof Question>

export const Repeat = z.object({ path: z.string(), name: z.string(), label: Text, /** The repeat that it stands in. */ repeat: z.string().nullable() })
export type Repeat = z.infer<typeof Repeat>

/** What a submission says of a thing that lives longer than one visit (XLSForm entities). Expressions are XPath. */
export const EntityRule = z.object({
  /** The list of things: also the name of the file with those of a place, `attraction.csv`. */
  list: z.string(),
  /** Where the thing's id stands when it is an old one. */
  idExpression: z.string().nullable(),
  createIf: z.string().nullable(),
  updateIf: z.string().nullable(),
  label: z.string().nullable(),
  /** Which answers are kept of the thing: name in the list by path. */
  saveTo: z.record(z.string(), z.string()),
})
export type EntityRule = z.infer<typeof EntityRule>

/** Rows that expressions look up by `instance('id')`: they stand in the form, or in a file beside it. */
export const Lookup = z.object({ id: z.string(), file: z.string().nullable(), rows: z.array(z.record(z.string(), z.string())) })
export type Lookup = z.infer<typeof Lookup>

/** Choices that depend on other answers or stand in a file: which nodes they are, and where in a node value and label are. Expressions are XPath. */
export const Itemset = z.object({ nodeset: z.string(), value: z.string(), label: z.string() })
export type Itemset = z.infer<typeof Itemset>

/** What only checking needs to know of a form, by path. */
export const FormLogic = z.object({
  /** When a group or repeat applies, and with it all that stands inside. */
  groups: z.record(z.string(), z.string()),
  /** What the form says when an answer that it requires is missing. */
  requiredMessages: z.record(z.string(), Text),
  itemsets: z.record(z.string(), Itemset),
  lookups: z.array(Lookup),
  /** Where the form notes when it was begun and finished, and on which device. */
  start: z.string().nullable(), end: z.string().nullable(), deviceId: z.string().nullable(),
})
export type FormLogic = z.infer<typeof FormLogic>

/** A form as a whole, read from its XForm: what answers are mapped, checked and shown by. */
export const FormModel = z.object({
  formId: z.string(),
  version: z.string(),
  title: Text,
  /** Name of the root element of the instance. */
  root: z.string(),
  languages: z.array(z.string()),
  questions: z.array(Question),
  repeats: z.array(Repeat),
  /** Groups that have a title, by path. */
  groups: z.record(z.string(), Text),
  entity: EntityRule.nullable(),
  /** Files that the form wants beside it: `villages.csv`. */
  files: z.array(z.string()),
  logic: FormLogic,
})
export type FormModel = z.infer<typeof FormModel>

/** Where a form is not right, or not wise. `row` counts from 1 as a spreadsheet does; `column` is the header. */
export const FormFault = z.object({
  severity: z.enum(['error', 'warning']),
  /** `form/unknown-type`, `form/missing-label`, … */
  code: z.string(),
  sheet: z.string().nullable(),
  row: z.number().int().nullable(),
  column: z.string().nullable(),
  /** What is wrong and what to do. */
  say: Text,
})
export type FormFault = z.infer<typeof FormFault>
