import { langOf } from '../../engine/form/edit.columns.ts'
import type { AreaCode } from '../../domain/base/ids.ts'
import { lang } from '../base/link.ts'
import { openForm, type OpenForm, type Saved } from '../form/engine.ts'
import { pagesOf } from '../form/pages.ts'
import type { Question, Shown } from '../form/shown.ts'
import { instanceOf, nameOf } from './form.show.ts'
import { questionsOf } from './form.steps.ts'
import { collectProblems } from './problems.ts'
import type { Draft, Shelf } from './shelf.ts'
import { sayOf } from './words.ts'

const KEEP_AFTER_MS = 250

export type Carried = { xform: string; files: Record<string, string> }
/** An answer that is known before its question is asked: the place, and the thing that is visited again. */
export type Known = { path: string; value: string }

/** An interview that is being filled in. What was answered is kept after every answer, its photographs at once. */
export class Visit {
  shown: Shown[] = $state.raw([])
  language = $state('')
  keeping: 'kept' | 'later' | 'failed' = $state('kept')
  trouble = $state('')
  files: ReadonlyMap<string, File> = $state.raw(new Map())
  /** The page that was seen last. */
  at = ''
  readonly pages = $derived.by(() => pagesOf(this.shown))
  readonly languages: string[]
  readonly draft: Draft
  readonly #form: OpenForm
  readonly #shelf: Shelf
  readonly #placePath: string | null
  #known: Known[]
  #timer: ReturnType<typeof setTimeout> | undefined
  #kept: Promise<void> = Promise.resolve()
  #isOver = false

  private constructor(form: OpenForm, shelf: Shelf, about: Omit<Draft, 'instanceId' | 'title'>, known: Known[], placePath: string | null) {
    this.#form = form
    this.#shelf = shelf
    this.#known = known
    this.#placePath = placePath
    const { dataset, version, formArea, formFiles, formName, place, about: thing } = about
    this.draft = { dataset, version, formArea, formFiles, formName, place, about: thing, instanceId: instanceOf(form.save()), title: null }
    this.languages = form.languages
    form.setLanguage(form.languages.find(language => langOf(language) === lang()) ?? '')
    this.#look()
  }

  /** Opens a form, empty or as it was kept. */
  static async open(shelf: Shelf, about: Omit<Draft, 'instanceId' | 'title'>, { xform, files }: Carried, known: Known[], placePath: string | null, saved?: Saved): Promise<Visit> {
    const visit = new Visit(await openForm(xform, files, saved), shelf, about, known, placePath)
    visit.files = new Map(saved?.files.map(file => [file.name, file]))
    return visit
  }

  /** Does something to the form, shows what came of it, and keeps it. */
  act(change: (form: OpenForm) => void): void {
    change(this.#form)
    this.#look()
    this.keepSoon()
  }

  speak(language: string): void {
    this.#form.setLanguage(language)
    this.#look()
  }

  /** @throws where the phone is full: then the answer before it still stands. */
  async takeFile(question: Question, file: File): Promise<void> {
    const before = question.value
    if (this.#timer !== undefined || !this.#isKept) await this.keep()
    await this.#shelf.putFile(this.draft.instanceId, file.name, file)
    this.files = new Map([...this.files, [file.name, file]])
    this.act(form => form.answer(question.id, file))
    await this.keep()
    if (before) await this.#drop(before)
  }

  async dropFile(question: Question): Promise<void> {
    const name = question.value
    this.act(form => form.answer(question.id, null))
    await this.keep()
    await this.#drop(name)
  }

  async #drop(name: string): Promise<void> {
    this.files = new Map([...this.files].filter(([each]) => each !== name))
    await this.#shelf.dropFile(this.draft.instanceId, name)
  }

  keepSoon(): void {
    this.keeping = 'later'
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => void this.keep().catch(() => undefined), KEEP_AFTER_MS)
  }

  #isKept = false
  /** One after the other: what was answered last is kept last. */
  keep(): Promise<void> {
    clearTimeout(this.#timer)
    this.#timer = undefined
    if (this.#isOver) return this.#kept
    this.#kept = this.#kept.catch(() => undefined).then(async () => {
      const xml = this.#form.save()
      await this.#shelf.save(this.#named(xml), xml, this.at || null)
      this.#isKept = true
      if (this.#timer === undefined) [this.keeping, this.trouble] = ['kept', '']
    })
    this.#kept.catch((error: unknown) => { [this.keeping, this.trouble] = ['failed', sayOf(error)] })
    return this.#kept
  }

  /** The page is left: what waits is kept now. */
  async leave(): Promise<void> {
    if (this.#timer !== undefined) await this.keep()
  }

  /** It is deleted: what waits to be kept would bring it back. */
  async end(): Promise<void> {
    this.#isOver = true
    clearTimeout(this.#timer)
    await this.#kept.catch(() => undefined)
  }

  /** Into the outbox. Returns the first question that is not answered as it must be, or null once it waits to be sent. */
  async finish(): Promise<string | null> {
    const [wrong] = this.#form.validate()
    if (wrong !== undefined) return wrong
    const { xml, files, missing } = await this.#form.handOver()
    if (missing[0] !== undefined) throw collectProblems.fileMissing({ name: missing[0] })
    await this.leave()
    await this.#shelf.save(this.#named(xml), xml, null)
    await this.#shelf.finish(this.draft.instanceId, files.map(({ name }) => name))
    this.#isOver = true
    return null
  }

  /** What is known is answered as soon as its question is asked, once. */
  #look(): void {
    this.shown = this.#form.list()
    for (const { path, value } of [...this.#known]) {
      const question = questionsOf(this.shown).find(each => each.path === path)
      if (!question) continue
      this.#known = this.#known.filter(each => each.path !== path)
      if (question.value === '' && question.options().some(option => option.value === value)) {
        this.#form.answer(question.id, value)
        this.shown = this.#form.list()
      }
    }
    this.language = this.#form.language()
  }

  /** What it is called, and where it is, follow from the answers. */
  #named(xml: string): Draft {
    return Object.assign(this.draft, { title: nameOf(xml), place: this.#placeOf() })
  }

  #placeOf(): AreaCode | null {
    const value = this.#placePath && questionsOf(this.shown).find(({ path }) => path === this.#placePath)?.value
    return value ? value as AreaCode : this.draft.place
  }
}
