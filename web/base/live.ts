/** How often numbers in view are asked for again. */
const EVERY_MS = 15_000

/** As long as the page is in view; what hangs is not asked for twice. */
function whileSeen(ask: () => Promise<void>): void {
  let asking = false
  setInterval(() => {
    if (document.hidden || asking) return
    asking = true
    // without a network the numbers stay as they were
    void ask().catch(() => undefined).finally(() => { asking = false })
  }, EVERY_MS)
}

type Counts = { items: { dataset: string; states: Record<string, number>; [name: string]: unknown }[] }

/** The counts of the queue, each in its place: nothing else of the page is touched. */
export function countsOn(tabs: HTMLElement): void {
  const address = tabs.dataset.counts ?? '', numbers = new Intl.NumberFormat(document.documentElement.lang === 'th' ? 'th-TH' : 'en-GB')
  whileSeen(async () => {
    const { items } = await (await fetch(address)).json() as Counts
    for (const shown of document.querySelectorAll<HTMLElement>('[data-count]')) {
      const [dataset, name = ''] = (shown.dataset.count ?? '').split(' '), item = items.find(each => each.dataset === dataset)
      if (item) shown.textContent = numbers.format(item.states[name] ?? (typeof item[name] === 'number' ? item[name] : 0))
    }
  })
}

/** A part of the page as the server writes it now, in place of what stands there; who stood on a link of it stands on the same. */
export function partOn(part: HTMLElement): void {
  whileSeen(async () => {
    const response = await fetch(location.href, { headers: { accept: 'text/html' } })
    const fresh = response.ok ? new DOMParser().parseFromString(await response.text(), 'text/html').getElementById(part.id) : null
    if (!fresh || fresh.innerHTML === part.innerHTML) return
    const held = part.contains(document.activeElement) ? document.activeElement?.getAttribute('href') : null
    part.replaceChildren(...fresh.childNodes)
    if (held) part.querySelector<HTMLElement>(`a[href="${CSS.escape(held)}"]`)?.focus({ preventScroll: true })
  })
}
