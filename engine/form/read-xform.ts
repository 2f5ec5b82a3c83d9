import type { FormModel } from '../../domain/dataset/dataset.form.ts'
import { listFiles, readEntity, readLogic } from './read-xform.logic.ts'
import { xformProblems } from './read-xform.problems.ts'
import { listLeaves, readGroups, readQuestion, readRepeats } from './read-xform.questions.ts'
import { readSource } from './read-xform.source.ts'
import { attributeOf } from './read-xml.ts'

/**
 * A form as its XForm says it, be it from our converter, from pyxform or written by hand. Questions stand in the order of the instance.
 * @throws `form/…` or `xml/…` where the document cannot be a form
 */
export function readXForm(xml: string): FormModel {
  const source = readSource(xml), { root, texts } = source
  const formId = root.attributes['id']?.value ?? root.attributes['xmlns']?.value ?? ''
  if (formId === '') throw xformProblems.noFormId({ root: root.name })
  const questions = listLeaves(source).map(path => readQuestion(path, source))
  return {
    formId, version: attributeOf(root, 'version') ?? '', title: { th: source.title || formId, en: source.title || formId }, root: root.name,
    languages: texts.languages, questions, repeats: readRepeats(source), groups: readGroups(source), entity: readEntity(source), files: listFiles(source), logic: readLogic(source, questions),
  }
}
