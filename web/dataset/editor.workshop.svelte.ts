import { datasetApi } from '../../domain/dataset/api.ts'
import type { AreaCode, DatasetId } from '../../domain/base/ids.ts'
import type { FormFault } from '../../domain/dataset/dataset.form.ts'
import { outlineOf } from '../../engine/form/edit.outline.ts'
import { isOldStyle, withNamespace } from '../../engine/form/edit.settings.ts'
import type { Workbook } from '../../engine/form/workbook.ts'
import { ask } from './editor.ask.ts'
import { toldFaults } from './editor.faults.ts'

/** `overtaken`: somebody else kept a newer draft meanwhile; nothing of theirs is written over without a word. */
export type Saving = 'kept' | 'waiting' | 'keeping' | 'failed' | 'overtaken'
export type Draft = { workbook: Workbook; changedAt: string | null; changedBy: string | null }
type Given = { id: DatasetId; area: AreaCode; draft: Draft; base: Workbook | null; faults: FormFault[] }

const KEEP_AFTER_MS = 1200, CHECK_AFTER_MS = 500, MOST_STEPS = 100

/** The form in work on a person's screen: each change can be undone, is kept by itself, and checked by the server. */
export class Workshop {
  readonly id: DatasetId
  readonly area: AreaCode
  /** The nation's form, behind which a place's questions stand; null: the form is this place's own. */
  readonly base: Workbook | null
  workbook: Workbook = $state.raw({ sheets: [] })
  selected: number | null = $state(null)
  saving: Saving = $state('kept')
  /** Why the draft was not kept or not checked. */
  trouble = $state('')
  theirs: Draft | null = $state.raw(null)
  keptAt: string | null = $state(null)
  faults: FormFault[] = $state.raw([])
  xform: string | null = $state.raw(null)
  past: Workbook[] = $state.raw([])
  future: Workbook[] = $state.raw([])
  readonly outline = $derived.by(() => outlineOf(this.workbook))
  /** What the editor must not touch: it would not know where things belong. */
  readonly isLocked = $derived.by(() => this.outline === null || isOldStyle(this.workbook))
  #lastKey = ''
  #timers: Partial<Record<'keep' | 'check', ReturnType<typeof setTimeout>>> = {}
  #checks = 0
  /** Drafts leave one after the other: a second one must know when the first was kept. */
  #line: Promise<void> = Promise.resolve()

  constructor({ id, area, draft, base, faults }: Given) {
    this.id = id
    this.area = area
    this.base = base
    this.workbook = draft.workbook
    this.keptAt = draft.changedAt
    this.faults = faults
  }

  /** `key`: changes of one thing that follow each other (letters of a text) are one step back. */
  change(next: Workbook, key = ''): void {
    if (next === this.workbook) return
    if (key === '' || key !== this.#lastKey) this.past = [...this.past, this.workbook].slice(-MOST_STEPS)
    this.#lastKey = key
    this.future = []
    this.#set(withNamespace(next))
  }

  undo(): void {
    const before = this.past.at(-1)
    if (!before) return
    this.past = this.past.slice(0, -1)
    this.future = [...this.future, this.workbook]
    this.#set(before)
  }

  redo(): void {
    const next = this.future.at(-1)
    if (!next) return
    this.future = this.future.slice(0, -1)
    this.past = [...this.past, this.workbook]
    this.#set(next)
  }

  #set(workbook: Workbook): void {
    this.workbook = workbook
    if (this.saving !== 'overtaken') this.#soon('keep', KEEP_AFTER_MS)
    this.#soon('check', CHECK_AFTER_MS)
  }

  #soon(what: 'keep' | 'check', ms: number): void {
    if (what === 'keep') this.saving = 'waiting'
    clearTimeout(this.#timers[what])
    this.#timers[what] = setTimeout(() => void this[what](), ms)
  }

  keep(): Promise<void> {
    return this.#line = this.#line.then(() => this.#keepNow())
  }

  async #keepNow(): Promise<void> {
    const workbook = this.workbook
    this.saving = 'keeping'
    const answer = await ask(datasetApi.saveDraft, { params: { id: this.id }, body: { area: this.area, workbook, ifChangedAt: this.keptAt } })
    if (!answer.ok && await this.#isOvertaken()) return
    this.trouble = answer.ok ? '' : answer.say
    if (answer.ok) this.keptAt = answer.reply.changedAt
    if (this.workbook === workbook) this.saving = answer.ok ? 'kept' : 'failed'
  }

  /** Looks whether the draft is still the one that was last seen here. */
  async #isOvertaken(): Promise<boolean> {
    const answer = await ask(datasetApi.getDraft, { params: { id: this.id }, query: { area: this.area } })
    if (!answer.ok || answer.reply.changedAt === this.keptAt) return false
    this.theirs = answer.reply
    this.saving = 'overtaken'
    return true
  }

  /** Called when the page is looked at again. */
  async look(): Promise<void> {
    if (this.saving === 'kept') await this.#isOvertaken()
  }

  takeTheirs(): void {
    if (!this.theirs) return
    const { workbook, changedAt } = this.theirs
    this.past = [...this.past, this.workbook]
    this.#end(changedAt)
    this.workbook = workbook
    this.saving = 'kept'
    void this.check()
  }

  keepOurs(): void {
    this.#end(this.theirs?.changedAt ?? null)
    void this.keep()
  }

  #end(changedAt: string | null): void {
    this.keptAt = changedAt
    this.theirs = null
    this.selected = null
  }

  async check(): Promise<void> {
    const number = ++this.#checks
    const answer = await ask(datasetApi.checkForm, { body: { dataset: this.id, area: this.area, workbook: this.workbook } })
    if (number !== this.#checks) return
    if (!answer.ok) return void (this.trouble = answer.say)
    this.faults = toldFaults(answer.reply.faults, this.base)
    this.xform = answer.reply.xform
  }
}
