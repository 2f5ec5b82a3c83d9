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
}

/** Once for the page, however many records go through it. */
export function keysOn(): void {
  document.addEventListener('keydown', event => {
    if (event.ctrlKey || event.metaKey || event.altKey || (event.target as Element).closest('input, select, textarea, dialog[open]')) return
    const pressed = document.querySelector<HTMLElement>(`[data-review] [data-key="${CSS.escape(event.key)}"]`)
    if (!pressed) return
    event.preventDefault()
    pressed.click()
    pressed.closest('details')?.querySelector('textarea')?.focus()
  })
  window.addEventListener('popstate', () => location.reload())
}

/** Brings what the server answers, a page of this kind or another, in place of what stands there. */
async function go(address: string, how: RequestInit, otherwise: () => void): Promise<void> {
  document.documentElement.classList.add('leaving')
  try {
    const response = await fetch(address, { ...how, headers: { accept: 'text/html' } })
    const answer = new DOMParser().parseFromString(await response.text(), 'text/html'), main = answer.querySelector('main'), bar = main?.querySelector<HTMLElement>('[data-review]')
    if (!main || !bar) return location.assign(response.redirected ? response.url : address)
    document.querySelector('main')?.replaceWith(main)
    document.title = answer.title
    if (response.redirected || how.method === undefined) history.pushState(null, '', response.url)
    for (const photos of main.querySelectorAll<HTMLElement>('[data-photos]')) viewerOn(photos)
    reviewOn(bar)
    scrollTo(0, 0)
  } catch {
    otherwise()
  } finally {
    document.documentElement.classList.remove('leaving')
  }
}
