import { langOf } from '../../engine/form/edit.columns.ts'
import { lang } from '../base/link.ts'
import { flattenShown, pageOf, pagesOf } from '../form/pages.ts'
import { openForm, type OpenForm } from '../form/engine.ts'
import type { Question, Shown } from '../form/shown.ts'

/** A form that is being tried out: what is on the telephone's screen now. */
export class Trial {
  state: 'none' | 'opening' | 'open' | 'failed' = $state('none')
  why = $state('')
  shown: Shown[] = $state.raw([])
  at = $state(0)
  language = $state('')
  languages: string[] = $state.raw([])
  /** Questions that were left without an answer are told once one wants to go on. */
  isStrict = $state(false)
  /** Set when everything was answered as it must be: what would be sent. */
  sent: string | null = $state(null)
  readonly pages = $derived.by(() => pagesOf(this.shown))
  #form: OpenForm | null = null
  #openings = 0

  /** Opens a form anew; what was answered outside of repeats is answered again, where the question is still there. */
  async open(xform: string, files: Record<string, string>): Promise<void> {
    const number = ++this.#openings, before = flattenShown(this.shown).filter(each => each.kind === 'question')
    if (this.state !== 'open') this.state = 'opening'
    try {
      const form = await openForm(xform, files)
      if (number !== this.#openings) return
      form.setLanguage(form.languages.includes(this.language) ? this.language : form.languages.find(language => langOf(language) === lang()) ?? '')
      this.#form = form
      this.languages = form.languages
      carry(before, form)
      this.act(() => undefined)
      this.state = 'open'
    } catch (error) {
      if (number !== this.#openings) return
      this.state = 'failed'
      this.why = error instanceof Error ? error.message : String(error)
    }
  }

  /** Does something to the form and shows what came of it. */
  act(change: (form: OpenForm) => void): void {
    if (!this.#form) return
    change(this.#form)
    this.shown = this.#form.list()
    this.language = this.#form.language()
    this.at = Math.max(0, Math.min(this.at, this.pages.length - 1))
    this.sent = null
  }

  /** What is not right on the screen as it is. */
  faults(): Question[] {
    return flattenShown(this.pages[this.at]?.shown ?? []).filter((each): each is Question => each.kind === 'question' && each.fault !== '')
  }

  next(): void {
    this.isStrict = this.faults().length > 0
    if (this.isStrict) return
    if (this.at < this.pages.length - 1) this.at++
    else this.#finish()
  }

  back(): void {
    this.isStrict = false
    this.sent = null
    this.at = Math.max(0, this.at - 1)
  }

  #finish(): void {
    const wrong = new Set(this.#form?.validate()), page = this.pages.findIndex(({ shown }) => flattenShown(shown).some(each => wrong.has(each.id)))
    if (page >= 0) [this.at, this.isStrict] = [page, true]
    else this.sent = this.#form?.save() ?? null
  }

  /** Turns to the screen of a question that is being written. */
  follow(name: string): void {
    const page = pageOf(this.pages, name)
    if (page >= 0) this.at = page
  }
}

/** Answers that were given before are given again where the same question is still asked. */
function carry(before: readonly Question[], form: OpenForm): void {
  for (const { path, control, value } of before) {
    if (value === '' || control === 'file' || control === 'note') continue
    const same = flattenShown(form.list()).find((each): each is Question => each.kind === 'question' && each.path === path && each.control === control)
    if (same && !same.readonly && same.value !== value) form.answer(same.id, value)
  }
}
