import { version } from '$app/env'
import type { AreaCode, PersonId } from '../../domain/base/ids.ts'
import { isWithin } from '../../domain/area/rules.ts'
import type { KitReturned } from '../../domain/collect/collect.ts'
import { warmForm } from '../form/engine.ts'
import { formatAddress, parseAddress, type Address } from './address.ts'
import { isKitReply, kitAddress } from './addresses.ts'
import { Visit, type Known } from './form.visit.svelte.ts'
import { installer } from './install.svelte.ts'
import { loadKit, readForm, refreshKit, type CarriedForm, type CarriedKit } from './kit.ts'
import { makeOutbox, type Outbox, type OutboxStatus } from './outbox.ts'
import { addPerson, listPeople, unlock, type PhonePerson } from './people.ts'
import { keepReporting, keepStorage } from './phone.ts'
import { openShelf, type Entry, type Holder, type Shelf } from './shelf.ts'
import { sayOf } from './words.ts'

type Me = { id: PersonId; name: string }

/** What the collector's screens show: who is here, what this phone carries, what was written down, and where one is. */
export class Collector {
  phase: 'opening' | 'who' | 'open' = $state('opening')
  people: PhonePerson[] = $state.raw([])
  /** Signed in to the site, and not on this phone yet. */
  newcomer: Me | null = $state.raw(null)
  holder: Holder | null = $state.raw(null)
  kit: CarriedKit | null = $state.raw(null)
  /** Why what the phone carries could not be renewed. */
  kitTrouble = $state('')
  refreshing = $state(false)
  entries: Entry[] = $state.raw([])
  address: Address = $state.raw({ screen: 'home' })
  visit: Visit | null = $state.raw(null)
  isOnline = $state(true)
  shelf: Shelf | null = null
  outbox: Outbox | null = null
  sending: OutboxStatus | null = $state.raw(null)
  /** The integrator revoked this phone: what this person had on it is gone. */
  wasRevoked = $state(false)
  readonly unsent = $derived.by(() => this.holder ? this.entries.filter(({ state }) => state !== 'sent').length : this.people.reduce((sum, { unsent }) => sum + unsent, 0))
  #ends: (() => void)[] = []
  #forms = new Map<string, Promise<{ xform: string; files: Record<string, string> }>>()

  async begin(): Promise<void> {
    this.isOnline = navigator.onLine
    this.read()
    this.people = await listPeople()
    const [only, ...others] = this.people
    if (only && others.length === 0 && !only.hasPin) return this.enter(await unlock(only.id, ''))
    this.phase = 'who'
    await this.lookWhoIsSignedIn()
  }

  /** Without a network nobody new can come. */
  async lookWhoIsSignedIn(): Promise<void> {
    const said: unknown = await fetch(kitAddress()).then(response => response.ok ? response.json() : null).catch(() => null)
    const kit = isKitReply(said) ? said.kit : null
    this.newcomer = kit && !this.people.some(({ id }) => id === kit.me.id) ? kit.me : null
  }

  async lookWhoIsHere(): Promise<void> {
    this.people = await listPeople()
  }

  /** @throws where it is not the PIN of whoever is here. */
  async check(pin: string): Promise<void> {
    if (this.holder) await unlock(this.holder.person, pin)
  }

  async unlock(person: PersonId, pin: string): Promise<void> {
    await this.enter(await unlock(person, pin))
  }

  async join(me: Me, pin: string): Promise<void> {
    await this.enter(await addPerson(me, pin))
  }

  async enter(holder: Holder): Promise<void> {
    const shelf = openShelf(holder)
    this.shelf = shelf
    this.outbox = makeOutbox(shelf, { version })
    this.#ends = [
      shelf.watch(entries => { this.entries = entries }), this.outbox.watch(status => { this.sending = status }),
      keepReporting(shelf, version, () => { this.wasRevoked = true; void this.leave({ isWiped: true }) }),
    ]
    this.entries = await shelf.list()
    this.kit = await loadKit(holder)
    this.holder = holder
    this.phase = 'open'
    this.outbox.start()
    void keepStorage()
    void installer.carry()
    if (this.kit) void this.refresh()
    else await this.refresh()
  }

  /** Somebody else takes the phone; what the first one wrote down stays closed. */
  async leave({ isWiped = false } = {}): Promise<void> {
    await (isWiped ? this.visit?.end() : this.visit?.leave().catch(() => undefined))
    this.outbox?.stop()
    for (const end of this.#ends) end()
    this.shelf?.close()
    Object.assign(this, { visit: null, shelf: null, outbox: null, sending: null, holder: null, kit: null, entries: [], phase: 'who' })
    this.#forms.clear()
    this.go({ screen: 'home' })
    this.people = await listPeople()
    await this.lookWhoIsSignedIn()
  }

  async refresh(): Promise<void> {
    if (!this.holder || this.refreshing) return
    this.refreshing = true
    try {
      this.kit = await refreshKit(this.holder)
      this.kitTrouble = ''
    } catch (error) {
      this.kitTrouble = sayOf(error)
    } finally {
      this.refreshing = false
    }
  }

  read(): void {
    this.address = parseAddress(location.hash)
  }

  go(address: Address, { instead = false } = {}): void {
    if (instead) location.replace(formatAddress(address))
    else location.hash = formatAddress(address)
    this.read()
  }

  formOf(area: AreaCode, dataset: string): CarriedForm | null {
    return this.kit?.forms.find(form => form.id === dataset && form.area === area) ?? null
  }

  /** The form's text and tables, read once; the engine begins with them while one still chooses. */
  async carried(form: { formFiles: Record<string, string> }): Promise<{ xform: string; files: Record<string, string> }> {
    if (!this.holder) throw new Error('nobody is here')
    const key = JSON.stringify(form.formFiles), known = this.#forms.get(key) ?? readForm(this.holder, form)
    this.#forms.set(key, known)
    known.catch(() => this.#forms.delete(key))
    return known
  }

  async warm(form: CarriedForm): Promise<void> {
    const { xform, files } = await this.carried(form)
    await warmForm(xform, files)
  }

  async start(form: CarriedForm, place: AreaCode | null, thing: string | null): Promise<void> {
    const known: Known[] = [...place && form.place ? [{ path: form.place, value: place }] : [], ...thing && form.thing ? [{ path: form.thing.question, value: thing }] : []]
    const about = { dataset: form.id, version: form.version, formArea: form.area, formFiles: form.formFiles, formName: form.title, place, about: thing }
    await this.visit?.leave()
    this.visit = await Visit.open(this.#need(), about, await this.carried(form), known, form.place)
    this.go({ screen: 'fill', id: this.visit.draft.instanceId, step: '0' }, { instead: true })
  }

  /** What came back and was not sent again from this telephone since. A kit of before has no such list. */
  get returned(): KitReturned[] {
    return (this.kit?.returned ?? []).filter(({ record, at }) => !this.entries.some(({ about, state, finishedAt }) => about === record && state !== 'draft' && (finishedAt ?? '') > at))
  }

  /** The form by which it is visited again; null where its dataset has none, or not all of it is here. */
  formFor({ dataset, area }: KitReturned): CarriedForm | null {
    return this.kit?.forms.find(form => form.id === dataset && isWithin(area, form.area) && form.thing?.updates && form.isWhole) ?? null
  }

  /** Mends what came back: goes on with the draft that was begun, or begins one. */
  async mend(returned: KitReturned, form: CarriedForm): Promise<void> {
    const begun = this.entries.find(({ about, state }) => about === returned.record && state === 'draft')
    if (begun) this.go({ screen: 'fill', id: begun.instanceId, step: '' })
    else await this.start(form, returned.area, returned.record)
  }

  /** Opens a draft again. Returns where its person was. */
  async reopen(id: string): Promise<string> {
    if (this.visit?.draft.instanceId === id) return this.visit.at
    await this.visit?.leave()
    const shelf = this.#need(), { entry, xml, at, files } = await shelf.read(id)
    const form = this.formOf(entry.formArea, entry.dataset)
    const known = entry.about && form?.thing ? [{ path: form.thing.question, value: entry.about }] : []
    this.visit = await Visit.open(shelf, entry, await this.carried(entry), known, form?.place ?? null, { xml, files: [...files.values()] })
    return at ?? '0'
  }

  #need(): Shelf {
    if (!this.shelf) throw new Error('nobody is here')
    return this.shelf
  }
}
