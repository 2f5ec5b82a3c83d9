/**
 * Photographs in the page itself, one after the other: the links to the large ones open a dialog instead of another page. The arrow keys go on
 * and back, Esc closes, and whoever looked is back at the photograph that was opened.
 */
export function viewerOn(photos: HTMLElement): void {
  const dialog = photos.querySelector('dialog'), links = [...photos.querySelectorAll<HTMLAnchorElement>('a[data-photo]')]
  const picture = dialog?.querySelector('img'), say = dialog?.querySelector('p')
  if (!dialog || !picture || !say) return
  let at = 0
  const show = (next: number) => {
    at = (next + links.length) % links.length
    const link = links[at] as HTMLAnchorElement
    picture.src = link.href
    picture.alt = link.dataset['photo'] ?? ''
    say.textContent = links.length > 1 ? `${at + 1} / ${links.length} · ${picture.alt}` : picture.alt
  }
  links.forEach((link, i) => link.addEventListener('click', event => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return
    event.preventDefault()
    show(i)
    dialog.showModal()
  }))
  dialog.addEventListener('keydown', ({ key }) => {
    if (key === 'ArrowRight') show(at + 1)
    if (key === 'ArrowLeft') show(at - 1)
  })
  dialog.addEventListener('click', ({ target }) => {
    const step = (target as HTMLElement).closest<HTMLElement>('[data-step]')?.dataset['step']
    if (step) show(at + Number(step))
    // beside the picture
    else if (target === dialog) dialog.close()
  })
  dialog.addEventListener('close', () => { picture.removeAttribute('src') })
}
