import { JSDOM } from 'jsdom'

/** What the engine looks for on the window; Node has the rest. */
const FROM_WINDOW = ['document', 'DOMParser', 'XMLSerializer', 'Node', 'localStorage'] as const

let engine: Promise<typeof import('@getodk/xforms-engine')> | undefined

/** The engine of the form's authors, which judges ours; loaded once, it keeps to the window that it was loaded with. */
export function loadEngine() {
  return engine ??= loadBesideWindow()
}

/** It wants a window, and its XPath grammar a `__dirname`, both before it is loaded. */
function loadBesideWindow() {
  const { window } = new JSDOM('', { url: 'http://localhost/' })
  for (const name of FROM_WINDOW) {
    Object.defineProperty(globalThis, name, { value: window[name], configurable: true, writable: true })
  }
  Object.assign(globalThis, { __dirname: import.meta.dirname })
  return import('@getodk/xforms-engine')
}

/** Loads a form into the engine; `files` by name are what it asks for beside itself. */
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
