import type { Text } from '../../domain/base/text.ts'
import { spotOf, valueOf, type FormRow } from './convert.columns.ts'
import type { FormFaults } from './convert.faults.ts'
import { isName } from './convert.names.ts'
import { isReference } from './reference.tokens.ts'

type Check = { expected: Text; fits: (value: string) => boolean }
/** What a parameter becomes: an attribute of the bind or of the control; null: it is looked at where the control is made. */
type Parameter = Check & { into: 'bind' | 'control' | null; as: string }

const isNumber = (value: string) => /^-?\d+(\.\d+)?$/.test(value)
const WHOLE: Check = { expected: { th: 'จำนวนเต็ม', en: 'a whole number' }, fits: value => /^\d+$/.test(value) }
const NUMBER: Check = { expected: { th: 'ตัวเลข', en: 'a number' }, fits: isNumber }
const TRUTH: Check = { expected: { th: ' true หรือ false', en: 'true or false' }, fits: value => /^(true|false)$/.test(value) }
const SEED: Check = { expected: { th: 'ตัวเลขหรือ ${คำถาม}', en: 'a number or ${question}' }, fits: value => isNumber(value) || isReference(value) }
const COLUMN: Check = { expected: { th: 'ชื่อคอลัมน์', en: 'the name of a column' }, fits: isName }
const PACKAGE: Check = { expected: { th: 'ชื่อแอป เช่น com.example.camera', en: 'the name of an app, like com.example.camera' }, fits: value => /^[A-Za-z]\w*(\.[A-Za-z]\w*)+$/.test(value) }
const QUALITY: Check = { expected: { th: ' voice-only, low, normal หรือ external', en: 'voice-only, low, normal or external' }, fits: value => /^(voice-only|low|normal|external)$/.test(value) }

const bind = (as: string, check: Check): Parameter => ({ ...check, into: 'bind', as })
const control = (as: string, check: Check): Parameter => ({ ...check, into: 'control', as })
const seen = (check: Check): Parameter => ({ ...check, into: null, as: '' })

const MOCK = { 'allow-mock-accuracy': bind('odk:allow-mock-accuracy', TRUTH) }
const SELECT = { randomize: seen(TRUTH), seed: seen(SEED) }
const PARAMETERS: Record<string, Record<string, Parameter>> = {
  text: { rows: control('rows', WHOLE) },
  photo: { 'max-pixels': bind('orx:max-pixels', WHOLE), app: control('intent', PACKAGE) },
  audio: { quality: bind('odk:quality', QUALITY) },
  geopoint: { ...MOCK, 'capture-accuracy': control('accuracyThreshold', NUMBER), 'warning-accuracy': control('unacceptableAccuracyThreshold', NUMBER) },
  geotrace: MOCK, geoshape: MOCK,
  range: { start: control('start', NUMBER), end: control('end', NUMBER), step: control('step', NUMBER) },
  'select one': SELECT, 'select multiple': SELECT, rank: SELECT, 'choices of a file': { ...SELECT, value: seen(COLUMN), label: seen(COLUMN) },
}
const NOT_YET = /^(tick_interval|placeholder|tick_labelset|incremental)$/

export type Parameters = { values: Record<string, string>; bind: Record<string, string>; control: Record<string, string> }

/** Reads `name=value name=value` of a row and says what it becomes. `type`: of the question, or `choices of a file`. */
export function parametersOf(row: FormRow, type: string, faults: FormFaults): Parameters {
  const result: Parameters = { values: {}, bind: {}, control: {} }, spot = spotOf(row, 'parameters')
  const known = PARAMETERS[type] ?? {}
  for (const part of valueOf(row, 'parameters').replace(/\s*=\s*/g, '=').split(/[\s,;]+/).filter(part => part !== '')) {
    const [, name, value] = /^([^=]+)=([^=]+)$/.exec(part) ?? []
    if (!name || !value) { faults.add('unreadableParameters', spot, { value: part }); continue }
    const parameter = Object.hasOwn(known, name) ? known[name] : undefined
    if (!parameter) {
      if (NOT_YET.test(name)) faults.add('unsupportedParameter', spot, { name })
      else faults.add('unknownParameter', spot, { name, allowed: Object.keys(known).join(', ') || '-' })
    } else if (!parameter.fits(value)) faults.add('badParameter', spot, { name, value, expected: parameter.expected })
    else {
      result.values[name] = value
      if (parameter.into) result[parameter.into][parameter.as] = value
    }
  }
  return result
}

const DEFAULT_RANGE = { start: '1', end: '10', step: '1' }

/** The range that an author means, counted in whole numbers unless a number has decimals. */
export function rangeOf(row: FormRow, { values }: Parameters, faults: FormFaults): { control: Record<string, string>; type: 'int' | 'decimal' } {
  const range = { ...DEFAULT_RANGE, ...values }
  const [start, end, step] = [range.start, range.end, range.step].map(Number) as [number, number, number]
  if (step <= 0 || step > Math.abs(end - start)) faults.add('badRange', spotOf(row, 'parameters'), {})
  return { control: range, type: [start, end, step].every(Number.isInteger) ? 'int' : 'decimal' }
}
