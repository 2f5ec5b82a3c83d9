import { viewerOn } from '../record/viewer.ts'

/**
 * A reviewer's hands stay on the keys: each key presses what bears it, and the next record comes in place of this one without a new page.
 * Without script the same buttons and links do the same.
 */
export function reviewOn(bar: HTMLElement): void {
  for (const form of bar.querySelectorAll('form')) form.addEventListener('submit', event => {
    event.preventDefault()
    void go(form.action, { method: 'POST', body: new FormData(form, event.submitter) }, () => form.submit())
  })
  for (const link of bar.querySelectorAll<HTMLAnchorElement>('a[data-key]')) link.addEventListener('click', event => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return
    event.preventDefault()
    void go(link.href, {}, () => location.assign(link.href))
  })
  fetchAhead(bar)
}

/** As in lists of letters: down and up. */
const ALIKE: Record<string, string> = { j: 'n', k: 'p' }

/** Once for the page, however many records go through it. */
export function keysOn(): void {
  document.addEventListener('keydown', event => {
    if (event.ctrlKey || event.metaKey || event.altKey || (event.target as Element).closest('input, select, textarea, dialog[open]')) return
    const pressed = document.querySelector<HTMLElement>(`[data-review] [data-key="${CSS.escape(ALIKE[event.key] ?? event.key)}"]`)
    if (!pressed) return
    event.preventDefault()
    pressed.click()
    pressed.closest('details')?.querySelector('textarea')?.focus()
  })
  window.addEventListener('popstate', () => location.reload())
}

type Page = { html: string; url: string }
/** The record that comes next, fetched while one looks at this one; asked for once. */
let ahead: { href: string; page: Promise<Page> } | null = null

async function ask(address: string, how: RequestInit = {}): Promise<Page> {
  const response = await fetch(address, { ...how, headers: { accept: 'text/html' } })
  return { html: await response.text(), url: response.redirected || how.method === undefined ? response.url : '' }
}

/** With its first pictures, so that they stand there when it does. */
function fetchAhead(bar: HTMLElement): void {
  const href = bar.querySelector<HTMLAnchorElement>('a[rel=next]')?.href
  ahead = href ? { href, page: ask(href) } : null
  void ahead?.page.then(({ html }) => {
    for (const picture of new DOMParser().parseFromString(html, 'text/html').querySelectorAll('main img')) new Image().src = picture.getAttribute('src') ?? ''
  }, () => { ahead = null })
}

/** The answer to a link or a form. Where an act leads on to the next record, that one is here already and is not asked for again. */
async function answerTo(address: string, how: RequestInit): Promise<Page> {
  if (how.method === undefined) return ahead?.href === address ? ahead.page : ask(address)
  if (!ahead) return ask(address, how)
  const next = ahead, response = await fetch(address, { ...how, redirect: 'manual', headers: { accept: 'text/html' } })
  return response.type === 'opaqueredirect' ? next.page : { html: await response.text(), url: '' }
}

/** Brings what the server answers, a page of this kind or another, in place of what stands there. */
async function go(address: string, how: RequestInit, otherwise: () => void): Promise<void> {
  document.documentElement.classList.add('leaving')
  try {
    const { html, url } = await answerTo(address, how)
    const answer = new DOMParser().parseFromString(html, 'text/html'), main = answer.querySelector('main'), bar = main?.querySelector<HTMLElement>('[data-review]')
    if (!main || !bar) return location.assign(url || address)
    document.querySelector('main')?.replaceWith(main)
    document.title = answer.title
    if (url) history.pushState(null, '', url)
    for (const photos of main.querySelectorAll<HTMLElement>('[data-photos]')) viewerOn(photos)
    reviewOn(bar)
    scrollTo(0, 0)
  } catch {
    otherwise()
  } finally {
    document.documentElement.classList.remove('leaving')
  }
}
