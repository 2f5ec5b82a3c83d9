import type { FormFault } from '../../domain/dataset/dataset.form.ts'
import { formFaultOf, type FormDetails, type FormProblem, type FormSpot } from '../../domain/dataset/problems.form.ts'

/** What was found in a form, each thing once. */
export type FormFaults = {
  add: <K extends FormProblem>(code: K, spot: FormSpot, details: FormDetails<K>) => void
  errors: () => number
  /** Errors first, each by sheet and row. */
  list: () => FormFault[]
}

const SHEETS = [null, 'settings', 'survey', 'choices', 'external_choices', 'entities']
const orderOf = ({ severity, sheet, row }: FormFault) => [Number(severity === 'warning'), SHEETS.indexOf(sheet), row ?? 0]

export function makeFormFaults(): FormFaults {
  const found = new Map<string, FormFault>()
  const list = () => [...found.values()]
  return {
    add: (code, spot, details) => {
      const fault = formFaultOf(code, spot, details)
      found.set(JSON.stringify(fault), fault)
    },
    errors: () => list().filter(({ severity }) => severity === 'error').length,
    list: () => list().sort((a, b) => {
      const [left, right] = [orderOf(a), orderOf(b)]
      return left.map((part, i) => part - (right[i] as number)).find(part => part !== 0) ?? 0
    }),
  }
}
