import type { AnyNode, InstanceData } from '@getodk/xforms-engine'
import { JSDOM } from 'jsdom'

/** What the engine looks for on the window; Node has the rest. */
const FROM_WINDOW = ['document', 'DOMParser', 'XMLSerializer', 'Node', 'localStorage'] as const

let engine: Promise<typeof import('@getodk/xforms-engine')> | undefined

/** The engine of the form's authors, which judges ours; loaded once, it keeps to the window and the zone that it was loaded with. */
export function loadEngine() {
  return engine ??= loadBesideWindow()
}

/** It wants a window, and its XPath grammar a `__dirname`, both before it is loaded; its days are those of the zone of the process. */
function loadBesideWindow() {
  const { window } = new JSDOM('', { url: 'http://localhost/' })
  for (const name of FROM_WINDOW) {
    Object.defineProperty(globalThis, name, { value: window[name], configurable: true, writable: true })
  }
  Object.assign(globalThis, { __dirname: import.meta.dirname })
  process.env['TZ'] = 'Asia/Bangkok'
  return import('@getodk/xforms-engine')
}

export type EngineForm = Awaited<ReturnType<typeof loadEngineForm>>

/** Loads a form into the engine; `files` by name are what it asks for beside itself, and blank where they are not given. */
export async function loadEngineForm(xml: string, files: Record<string, string> = {}) {
  const { loadForm } = await loadEngine()
  const form = await loadForm(xml, {
    missingResourceBehavior: 'BLANK',
    fetchFormAttachment: async url => {
      const content = files[decodeURIComponent(String(url).split('/').at(-1) ?? '')]
      return new Response(content ?? '', { status: content === undefined ? 404 : 200, headers: { 'content-type': 'text/csv' } })
    },
  })
  if (form.status === 'failure') throw form.error
  return form
}

/** An answer as the engine has it. `reference`: its path with the places of its rows, `/data/person[2]/name`. */
export type EngineAnswer = { reference: string; isRange: boolean; relevant: boolean; required: boolean; keepsConstraint: boolean; text: string }

/** Opens a submission as an app would that goes on with it at that moment: what does not apply or is no answer goes, calculations are made anew. */
export async function openInEngine(form: EngineForm, xml: string, at: Date): Promise<EngineAnswer[]> {
  const data = new FormData(), { now } = Date
  data.set('xml_submission_file', new File([xml], 'xml_submission_file', { type: 'text/xml' }))
  Date.now = () => at.getTime()
  try {
    const { root } = await form.restoreInstance({ data: [data as InstanceData] })
    return answersIn(root)
  } finally {
    Date.now = now
  }
}

function answersIn(node: AnyNode): EngineAnswer[] {
  const { currentState: state, validationState, nodeType } = node
  if (state.children !== null) return state.children.flatMap(answersIn)
  const keepsConstraint = !('constraint' in validationState) || validationState.constraint.valid
  return [{ reference: state.reference, isRange: nodeType === 'range', relevant: state.relevant, required: state.required, keepsConstraint, text: 'instanceValue' in state ? state.instanceValue : '' }]
}
