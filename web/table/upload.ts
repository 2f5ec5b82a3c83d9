import { rememberDay } from './fill.ts'

/** A file of a table goes to the API by itself, streamed and with its progress, however large; and it may be dropped where it belongs. */
export function uploadOn(form: HTMLFormElement): void {
  const drop = form.querySelector<HTMLElement>('.drop'), input = form.querySelector<HTMLInputElement>('input[type=file]')
  if (!drop || !input) return
  dropOn(drop, input)
  form.addEventListener('submit', event => {
    event.preventDefault()
    const file = input.files?.[0], { most, large } = form.dataset
    // what a browser is told while it sends it does not hear
    if (file && file.size > Number(most)) tell(form, large)
    else if (file) send(form, file)
  })
}

function dropOn(drop: HTMLElement, input: HTMLInputElement): void {
  for (const name of ['dragenter', 'dragover', 'dragleave', 'drop']) drop.addEventListener(name, event => {
    event.preventDefault()
    drop.classList.toggle('over', name === 'dragenter' || name === 'dragover')
  })
  drop.addEventListener('drop', ({ dataTransfer }) => { if (dataTransfer?.files.length) input.files = dataTransfer.files })
}

function send(form: HTMLFormElement, file: File): void {
  const way = form.querySelector<HTMLElement>('[data-way]'), bar = way?.querySelector('progress'), button = form.querySelector('button')
  const busy = (is: boolean) => { if (way) way.hidden = !is; if (button) button.disabled = is; document.documentElement.classList.toggle('leaving', is) }
  const body = new FormData(), ask = new XMLHttpRequest()
  body.append('file', file)
  ask.open('POST', form.dataset['upload'] ?? '')
  ask.setRequestHeader('accept-language', document.documentElement.lang)
  ask.upload.addEventListener('progress', ({ loaded, total }) => { if (bar) bar.value = total === 0 ? 0 : loaded / total * 100 })
  ask.addEventListener('load', () => {
    const { id, detail } = replyOf(ask)
    if (id) { rememberDay(id, file); return location.assign(`${form.dataset['then']}/${id}`) }
    busy(false)
    tell(form, detail)
  })
  ask.addEventListener('error', () => { busy(false); tell(form) })
  busy(true)
  ask.send(body)
}

/** What stands between may answer without our words. */
function replyOf({ status, responseText }: XMLHttpRequest): { id?: string | undefined; detail?: string | undefined } {
  try {
    const { id, detail } = JSON.parse(responseText) as { id?: string; detail?: string }
    return status < 400 ? { id } : { detail }
  } catch {
    return {}
  }
}

/** Why the file was not taken; without a word of the server's, that it did not arrive. */
function tell(form: HTMLFormElement, why = form.dataset['cut'] ?? ''): void {
  const told = form.querySelector<HTMLElement>('[data-told]'), text = told?.querySelector('p:last-child')
  if (!told || !text) return
  text.textContent = why
  told.hidden = false
}
