import type { loadEngineForm } from '../../server/base/xforms-engine.ts'

type Instance = ReturnType<Awaited<ReturnType<typeof loadEngineForm>>['createInstance']>
/** The engine's nodes, as far as an interview looks at them. */
type AnyNode = {
  nodeType: string; valueType?: string; selectType?: string
  currentState: { reference: string; relevant: boolean; required: boolean; readonly: boolean; value: unknown; label: { asString: string } | null; hint: { asString: string } | null; children: readonly AnyNode[] | null; valueOptions: readonly { value: string; label: { asString: string } }[] | null }
  validationState: { constraint?: Violation; required?: Violation }
  setValue: (value: unknown) => void; selectValue: (value: string | null) => void; selectValues: (values: string[]) => void; addInstances: (at?: number) => void
}
type Violation = { valid: boolean; message: { asString: string } | null }

const WORDS = ['', 'สมชาย', '0812345678', '12', '<&">', ' ก ข ']
const NUMBERS = [null, -1, 0, 3, 14, 15, 30, 50, 60, 121]

/** An interviewer who answers each question by the next number that is drawn, and writes down all that is seen, in every language. */
export function interview({ root }: Instance, numbers: readonly number[]): { seen: string[]; xml: () => Promise<string> } {
  const seen: string[] = []
  let at = 0
  const draw = (below: number) => (numbers[at++ % numbers.length] as number) % below
  const visit = (node: AnyNode): void => {
    if (node.nodeType === 'repeat-range:uncontrolled') for (let more = draw(3); more > 0; more--) node.addInstances()
    answer(node, draw)
    for (const child of node.currentState.children ?? []) visit(child)
  }
  visit(root as unknown as AnyNode)
  for (const language of root.languages) {
    // a form without languages has one without a name
    if (language.language !== '') root.setLanguage(language as Parameters<typeof root.setLanguage>[0])
    describe(root as unknown as AnyNode, language.language, seen)
  }
  return { seen, xml: async () => (await root.prepareInstancePayload()).data[0].get('xml_submission_file').text() }
}

function answer(node: AnyNode, draw: (below: number) => number): void {
  const options = node.currentState.valueOptions?.map(({ value }) => value) ?? []
  if (node.currentState.readonly || !node.currentState.relevant) return
  if (node.nodeType === 'select' && node.selectType === 'select') node.selectValues(options.filter(() => draw(2) === 1))
  else if (node.nodeType === 'select') node.selectValue(options[draw(options.length + 1)] ?? null)
  else if (node.nodeType === 'input') node.setValue(valueFor(node.valueType ?? '', draw))
}

function valueFor(type: string, draw: (below: number) => number): unknown {
  const number = NUMBERS[draw(NUMBERS.length)] ?? null
  switch (type) {
    case 'int': return number === null ? null : BigInt(number)
    case 'decimal': return number === null ? null : number + 0.5
    case 'date': return ['', '2020-02-29', '2099-01-01'][draw(3)]
    case 'geopoint': return number === null ? null : { latitude: 13, longitude: 100 + number / 10, altitude: 0, accuracy: 5 }
    default: return WORDS[draw(WORDS.length)]
  }
}

function describe(node: AnyNode, language: string, seen: string[]): void {
  const { reference, relevant, required, readonly, value, label, hint, valueOptions, children } = node.currentState
  const told = [node.validationState.constraint, node.validationState.required].map(state => state && !state.valid ? state.message?.asString.trim() ?? 'wrong' : '')
  const options = valueOptions?.map(option => `${option.value}=${option.label.asString}`)
  // an id is another in every interview
  const shown = /instanceID$|deviceid$|\/(start|end)$/.test(reference) ? '' : String(value)
  seen.push([language, reference, node.nodeType, node.valueType, relevant, required, readonly, shown, label?.asString.replace(/\s+/g, ' ').trim(), hint?.asString, options, ...told].map(part => JSON.stringify(part) ?? '-').join(' '))
  for (const child of children ?? []) describe(child, language, seen)
}
