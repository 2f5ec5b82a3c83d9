import { readdirSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { FormModel } from '../../domain/dataset/dataset.form.ts'
import type { Answers } from './answers.ts'
import { makeTrees } from './check.refill.ts'
import { asAnswers } from './check.stand.ts'
import { buildTree, templateOf } from './check.tree.ts'
import type { FormNode } from './compile.values.ts'
import { convertForm } from './convert.ts'
import { readWorkbook } from './read-workbook.ts'
import { readXForm } from './read-xform.ts'

const SHIPPED = new URL('../../seed/dataset/', import.meta.url), RUNS = 20

/** What expressions can see of a document. */
const seen = ({ name, text, path, order, position, row, answered, children }: FormNode): unknown[] => [name, text, path, order, position, row, answered, children.map(seen)]

/** Answers to some of the questions; now and then one that does not fit, a row of a repeat, an id. */
function answersOf(model: FormModel): fc.Arbitrary<Answers> {
  const paths = model.questions.filter(({ repeat }) => repeat === null).map(({ path }) => path), repeat = model.repeats.find(({ repeat }) => repeat === null)
  const value = fc.oneof(fc.constant(null), fc.string(), fc.double({ noNaN: true }), fc.boolean(), fc.constant({ lat: 18.79, lon: 98.98, altitude: null, accuracy: null }), fc.array(fc.string(), { maxLength: 3 }))
  return fc.record({ values: fc.dictionary(fc.constantFrom(...paths), value), unfit: fc.subarray(paths, { maxLength: 2 }), id: fc.option(fc.uuid()), isInRows: fc.nat(4).map(turn => turn === 0 && repeat !== undefined) })
    .map(({ values, unfit, id, isInRows }) => ({
      ...asAnswers(model, { values: {}, rows: [] }), values, instanceId: id, unfit: unfit.map(path => ({ path, row: null, text: `? ${path}`, expected: 'integer' as const })),
      rows: isInRows ? [{ repeat: repeat?.path ?? '', position: 1, parent: null, values: {} }] : [],
    }))
}

test.each(readdirSync(SHIPPED))('the document of %s that is written anew is the one that would be built, whatever stood in it before', async id => {
  const model = readXForm(convertForm(await readWorkbook('form.md', readFileSync(new URL(`${id}/form.md`, SHIPPED))), { name: id }).xform as string), template = templateOf(model)
  fc.assert(fc.property(fc.array(answersOf(model), { minLength: 2, maxLength: 6 }), sheets => {
    const treeOf = makeTrees(template)
    for (const answers of sheets) expect(seen(treeOf(answers) as FormNode)).toEqual(seen(buildTree(template, answers)))
  }), { numRuns: RUNS })
})
