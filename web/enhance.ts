import { suggestOn } from './area/suggest.ts'
import { countsOn, partOn } from './base/live.ts'
import { swapOn } from './base/swap.ts'
import { savePicture } from './figure/picture.ts'
import { tipOn } from './figure/pointer.ts'
import { viewerOn } from './record/viewer.ts'
import { keysOn, reviewOn } from './review/keys.ts'
import { fillOn } from './table/fill.ts'
import { followOn } from './table/follow.ts'
import { uploadOn } from './table/upload.ts'

/** All that the reading pages do beyond what a plain document does. Every page can be read and used without it. */
function enhance(): void {
  for (const input of document.querySelectorAll<HTMLInputElement>('input[data-suggest]')) suggestOn(input)
  for (const form of document.querySelectorAll<HTMLFormElement>('form[data-swap]')) swapOn(form)
  for (const map of document.querySelectorAll<SVGSVGElement>('svg[data-map]')) tipOn(map)
  for (const photos of document.querySelectorAll<HTMLElement>('[data-photos]')) viewerOn(photos)
  for (const bar of document.querySelectorAll<HTMLElement>('[data-review]')) { reviewOn(bar); keysOn() }
  for (const tabs of document.querySelectorAll<HTMLElement>('[data-counts]')) countsOn(tabs)
  for (const part of document.querySelectorAll<HTMLElement>('[data-live]')) partOn(part)
  for (const form of document.querySelectorAll<HTMLFormElement>('form[data-upload]')) uploadOn(form)
  for (const job of document.querySelectorAll<HTMLElement>('[data-follow]')) followOn(job)
  for (const button of document.querySelectorAll<HTMLButtonElement>('button[data-into]')) fillOn(button)
  for (const button of document.querySelectorAll<HTMLElement>('button[data-save]')) {
    button.hidden = false
    button.addEventListener('click', () => void savePicture(button))
  }
}

/** A page that is a program takes over first what the server wrote; it says when it has. */
if (document.querySelector('[data-program=waiting]')) document.addEventListener('program', enhance, { once: true })
else enhance()

/** `/` goes to the search, unless one is typing. */
document.addEventListener('keydown', event => {
  if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey || (event.target as Element).closest('input, select, textarea')) return
  event.preventDefault()
  document.querySelector<HTMLInputElement>('header input[type=search]')?.focus()
})

/** A slow page says that it is on its way. */
document.addEventListener('submit', () => document.documentElement.classList.add('leaving'))
document.addEventListener('click', event => {
  const link = (event.target as Element).closest?.<HTMLAnchorElement>('a[href]')
  if (!link || link.hasAttribute('download') || event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey || link.origin !== location.origin) return
  if (link.pathname + link.search !== location.pathname + location.search) document.documentElement.classList.add('leaving')
})
window.addEventListener('pageshow', () => document.documentElement.classList.remove('leaving'))

if ('serviceWorker' in navigator && window.isSecureContext) void navigator.serviceWorker.register('/service-worker.js', { type: 'module' }).catch(() => undefined)
