/** A button that writes a day into a field: today, or the day on which the file was last changed. Without script the form itself brings today. */
export function fillOn(button: HTMLButtonElement): void {
  const into = document.getElementById(button.dataset['into'] ?? ''), day = button.dataset['fill'] ?? dayOfFile(button.dataset['fileDay'] ?? '')
  if (!(into instanceof HTMLInputElement) || !day) return
  const shown = button.querySelector('span')
  if (shown) shown.textContent = new Intl.DateTimeFormat(document.documentElement.lang === 'th' ? 'th-TH-u-ca-buddhist' : 'en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' }).format(new Date(day))
  button.hidden = false
  button.addEventListener('click', event => { event.preventDefault(); into.value = day; into.focus() })
}

const nameOf = (id: string) => `table-day:${id}`

/** The day is the telephone's or computer's own: it is remembered there until the tab is closed. */
export function rememberDay(id: string, { lastModified }: File): void {
  sessionStorage.setItem(nameOf(id), new Date(lastModified).toLocaleDateString('sv'))
}

const dayOfFile = (id: string) => sessionStorage.getItem(nameOf(id))
