/** How often a job is asked for. */
const EVERY_MS = 600

/** A job's progress as it goes; once it is done, the page as it is then. Without script the page asks for itself again. */
export function followOn(part: HTMLElement): void {
  const bar = part.querySelector('progress'), told = part.querySelector('[data-done]')
  const ask = async () => {
    const reply = await fetch(part.dataset['follow'] ?? '')
    const { state, progress } = await reply.json() as { state: string; progress: { done: number; of: number } | null }
    if (state !== part.dataset['state']) return location.reload()
    if (progress && bar && told) {
      bar.max = Math.max(1, progress.of)
      bar.value = progress.done
      told.textContent = `${Math.floor(bar.value / bar.max * 100)}%`
    }
    setTimeout(again, EVERY_MS)
  }
  // without a network for a moment, it is asked for later
  const again = () => void ask().catch(() => setTimeout(again, EVERY_MS * 5))
  setTimeout(again, EVERY_MS)
}
