type Hit = { code: string; name: { th: string; en: string }; type: string; parents: { code: string; name: { th: string; en: string } }[] }
type Lang = 'th' | 'en'

const PAUSE_MS = 120
const TITLES: Record<string, string> = { changwat: 'จังหวัด', amphoe: 'อำเภอ', khet: 'เขต', tambon: 'ตำบล', khwaeng: 'แขวง', muban: 'หมู่บ้าน ' }

/**
 * Turns a search field into a combobox with suggestions (WAI-ARIA editable combobox with list autocomplete).
 * Without script the form sends the same words to the page of results.
 */
export function suggestOn(input: HTMLInputElement): void {
  const list = document.createElement('ul')
  const said = document.createElement('span')
  const lang = input.dataset['lang'] as Lang
  list.id = `${input.id || 'field'}-list`
  list.hidden = true
  list.setAttribute('role', 'listbox')
  list.setAttribute('aria-label', input.labels?.[0]?.textContent?.trim() ?? input.placeholder)
  said.className = 'unseen'
  said.setAttribute('role', 'status')
  input.after(list, said)
  for (const [name, value] of Object.entries({ role: 'combobox', 'aria-autocomplete': 'list', 'aria-expanded': 'false', 'aria-controls': list.id })) input.setAttribute(name, value)
  const show = (hits: Hit[]) => {
    list.replaceChildren(...(hits.length > 0 ? hits.map((hit, i) => optionOf(hit, `${list.id}-${i}`, lang)) : [emptyLine(input.dataset['none'] ?? '')]))
    said.textContent = hits.length > 0 ? (input.dataset['count'] ?? '').replace('#', String(hits.length)) : input.dataset['none'] ?? ''
    open(input, list, true)
  }
  listen(input, list, show)
}

function listen(input: HTMLInputElement, list: HTMLElement, show: (hits: Hit[]) => void): void {
  let timer = 0
  let asked: AbortController | undefined
  input.addEventListener('input', () => {
    clearTimeout(timer)
    asked?.abort()
    const q = input.value.trim()
    if (!q) return open(input, list, false)
    timer = window.setTimeout(() => {
      asked = new AbortController()
      fetch(`${input.dataset['suggest']}&q=${encodeURIComponent(q)}`, { signal: asked.signal })
        .then(reply => reply.ok ? reply.json() : { items: [] }).then(({ items }: { items: Hit[] }) => show(items)).catch(() => undefined)
    }, PAUSE_MS)
  })
  input.addEventListener('keydown', event => onKey(event, input, list))
  input.addEventListener('blur', () => window.setTimeout(() => open(input, list, false), 150))
  list.addEventListener('mousedown', event => {
    const option = (event.target as Element).closest<HTMLElement>('[data-code]')
    event.preventDefault()
    if (option) choose(input, option)
  })
}

function onKey(event: KeyboardEvent, input: HTMLInputElement, list: HTMLElement): void {
  const options = [...list.querySelectorAll<HTMLElement>('[data-code]')]
  const now = options.findIndex(option => option.getAttribute('aria-selected') === 'true')
  if (event.key === 'Escape' && !list.hidden) { event.preventDefault(); return open(input, list, false) }
  if (event.key === 'Enter' && now >= 0 && !list.hidden) { event.preventDefault(); return choose(input, options[now]!) }
  if ((event.key !== 'ArrowDown' && event.key !== 'ArrowUp') || list.hidden || options.length === 0) return
  event.preventDefault()
  const next = event.key === 'ArrowDown' ? (now + 1) % options.length : (now <= 0 ? options.length : now) - 1
  options.forEach((option, i) => option.setAttribute('aria-selected', String(i === next)))
  options[next]!.scrollIntoView({ block: 'nearest' })
  input.setAttribute('aria-activedescendant', options[next]!.id)
}

function open(input: HTMLInputElement, list: HTMLElement, isOpen: boolean): void {
  list.hidden = !isOpen
  input.setAttribute('aria-expanded', String(isOpen))
  input.removeAttribute('aria-activedescendant')
}

/** Goes to the place, or, where the form collects places (`data-fill`), sends its code. */
function choose(input: HTMLInputElement, option: HTMLElement): void {
  const code = option.dataset['code'] ?? ''
  if (input.dataset['place']) return void location.assign(input.dataset['place'] + code)
  input.value = code
  input.form?.requestSubmit()
}

function optionOf(hit: Hit, id: string, lang: Lang): HTMLElement {
  const option = document.createElement('li')
  const under = document.createElement('small')
  const name = hit.name[lang] || hit.name.th || hit.code
  option.id = id
  option.dataset['code'] = hit.code
  option.setAttribute('role', 'option')
  option.setAttribute('aria-selected', 'false')
  option.textContent = lang === 'th' ? (TITLES[hit.type] ?? '') + name : name
  under.textContent = hit.parents.filter(parent => parent.code !== 'TH').map(parent => parent.name[lang] || parent.name.th).join(' · ') || hit.code
  option.append(under)
  return option
}

function emptyLine(text: string): HTMLElement {
  const line = document.createElement('li')
  line.setAttribute('role', 'option')
  line.setAttribute('aria-disabled', 'true')
  line.textContent = text
  return line
}
