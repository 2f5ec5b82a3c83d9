/** Shows the name and number of the shape under the pointer at once; the browser's own tip comes late and never on a phone. */
export function tipOn(map: SVGSVGElement): void {
  const tip = document.createElement('div')
  tip.className = 'tip'
  tip.hidden = true
  tip.setAttribute('aria-hidden', 'true')
  map.after(tip)
  const titles = new Map([...map.querySelectorAll('title')].map(title => [title.parentElement as Element, title.textContent ?? '']))
  for (const title of map.querySelectorAll('title')) title.remove()
  map.addEventListener('pointermove', event => {
    const text = titles.get(event.target as Element)
    tip.hidden = !text
    if (!text) return
    tip.textContent = text
    const box = map.parentElement!.getBoundingClientRect()
    tip.style.left = `${Math.min(event.clientX - box.left + 14, box.width - tip.offsetWidth - 4)}px`
    tip.style.top = `${event.clientY - box.top + 18}px`
  })
  map.addEventListener('pointerleave', () => { tip.hidden = true })
}
