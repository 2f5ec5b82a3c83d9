/**
 * A form of files answers in place: only the part of the page that tells what came of it is exchanged, so that the chosen files stay in
 * their field and need not be chosen again. An answer on another page is followed.
 */
export function swapOn(form: HTMLFormElement): void {
  form.addEventListener('submit', event => {
    event.preventDefault()
    void send(form, event.submitter as HTMLButtonElement | null)
  })
}

async function send(form: HTMLFormElement, button: HTMLButtonElement | null): Promise<void> {
  const id = form.dataset['swap'] ?? ''
  const buttons = [...form.querySelectorAll('button')]
  for (const each of buttons) each.disabled = true
  try {
    const response = await fetch(button?.getAttribute('formaction') ?? form.getAttribute('action') ?? '', { method: 'POST', body: new FormData(form), headers: { accept: 'text/html' } })
    if (response.redirected) return location.assign(response.url)
    const answer = new DOMParser().parseFromString(await response.text(), 'text/html').getElementById(id)
    if (!answer) return form.submit()
    document.getElementById(id)?.replaceWith(answer)
    answer.focus()
  } catch {
    form.submit()
  } finally {
    for (const each of buttons) each.disabled = false
    document.documentElement.classList.remove('leaving')
  }
}
