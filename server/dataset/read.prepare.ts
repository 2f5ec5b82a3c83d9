import type { FormFault, FormModel } from '../../domain/dataset/dataset.form.ts'
import { convertForm } from '../../engine/form/convert.ts'
import { lintForm } from '../../engine/form/lint.ts'
import { readXForm } from '../../engine/form/read-xform.ts'
import type { Workbook } from '../../engine/form/workbook.ts'

/** A form that was converted and read again as telephones will read it; without a model it cannot be published. */
export type Prepared = { faults: FormFault[]; xform: string | null; model: FormModel | null }

/** `name`: what the form is called where it has no id of its own. */
export function prepareForm(workbook: Workbook, name: string): Prepared {
  const { xform, faults } = convertForm(workbook, { name })
  const told = [...faults, ...lintForm(workbook)]
  if (xform === null || told.some(fault => fault.severity === 'error')) return { faults: told, xform, model: null }
  return { faults: told, xform, model: readXForm(xform) }
}
