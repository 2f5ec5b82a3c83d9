import type { PointSheet } from '../../domain/record/record.ts'
import { startOf, unpackPoints } from '../../domain/record/rules.explore.ts'
import { filterOf, findCard, listOf, type Card, type ExploreChoice, type Found, type List } from './data.ts'
import type { MapPoint, PointMap } from './map.ts'
import { readSheets } from './sheets.ts'

type Told = (change: { box?: string | null; record?: string | null }) => void
/** Whoever moves the map is asked for no list before they rest. */
const PAUSE_MS = 350

/** What is on the screen: points, the list of what is in view, and the record that is looked at. `tell` keeps the address in step. */
export class Explorer {
  list = $state.raw<List>({ items: [], count: 0, next: null })
  card = $state.raw<Card | null>(null)
  state = $state<'loading' | 'ready' | 'failed'>('loading')
  /** Of the list alone: the points may be there all the same. */
  isListFailed = $state(false)
  shown = $state(0)
  more = $state(0)
  choice = $state.raw<ExploreChoice>({ record: null, after: null })
  #map: PointMap | null = null
  #points: MapPoint[] = []
  #loaded = ''
  #isOpen = true
  #isStarted = false
  /** All that was asked for is there. */
  #isWhole = false
  #asking = new AbortController()
  #listing = new AbortController()
  #rest = 0
  readonly #tell: Told

  constructor(tell: Told) {
    this.#tell = tell
  }

  /** What the page came with; points are asked for where others are meant than those that are there. */
  take(choice: ExploreChoice, { list, card, isOpen }: Found): void {
    this.#isOpen = isOpen
    this.choice = choice
    this.list = list
    this.card = card
    this.#listing.abort()
    if (this.#isStarted) this.#refresh()
  }

  /** In the browser: the points are on their way while the map is still being fetched. */
  start(): void {
    this.#isStarted = true
    this.#refresh()
  }

  show(map: PointMap): void {
    this.#map = map
    void this.#draw()
    this.#refresh()
  }

  #refresh(): void {
    const { box, ...filter } = filterOf(this.choice), wanted = JSON.stringify(filter)
    if (wanted !== this.#loaded) void this.load()
    else if (box) this.#map?.goTo(box)
    void this.#map?.showChosen(this.card, !box)
  }

  async load(): Promise<void> {
    const { box: _, ...filter } = filterOf(this.choice)
    this.#loaded = JSON.stringify(filter)
    this.#asking.abort()
    const asking = this.#asking = new AbortController()
    this.state = 'loading'
    this.#points = []
    this.#isWhole = false
    this.more = 0
    try {
      for await (const sheet of readSheets(fetch, this.#isOpen, filter, asking.signal)) this.#add(sheet)
      this.#isWhole = true
      await this.#draw()
    } catch {
      if (!asking.signal.aborted) this.state = 'failed'
    }
  }

  /** The first sheet is drawn as soon as it is there. */
  #add(sheet: PointSheet): void {
    const isFirst = this.#points.length === 0
    for (const { start, lon, lat } of unpackPoints(sheet)) this.#points.push({ type: 'Feature', properties: { start, dataset: sheet.dataset }, geometry: { type: 'Point', coordinates: [lon, lat] } })
    this.more += sheet.more
    if (isFirst) void this.#draw()
  }

  async #draw(): Promise<void> {
    if (!this.#map) return
    const points = this.#points
    if (this.choice.box === undefined) this.#map.fit(points)
    await this.#map.showPoints(points)
    if (points !== this.#points) return
    this.shown = points.length
    if (this.#isWhole) this.state = 'ready'
  }

  /** Somebody moved the map: the list follows, and the address. */
  moved(box: string): void {
    if (this.choice.box === box) return
    clearTimeout(this.#rest)
    this.#rest = window.setTimeout(() => {
      this.choice = { ...this.choice, box, after: null }
      this.#tell({ box })
      void this.relist()
    }, PAUSE_MS)
  }

  fitAll(): void {
    const { box: _, ...rest } = this.choice
    this.choice = { ...rest, after: null }
    this.#map?.fit(this.#points)
    this.#tell({ box: null })
    void this.relist()
  }

  async relist(): Promise<void> {
    this.#listing.abort()
    const listing = this.#listing = new AbortController()
    const list = await this.#page(null, listing.signal)
    if (list && !listing.signal.aborted) this.list = list
  }

  /** The next ones, below those that are there. */
  async goOn(): Promise<void> {
    const { items, next } = this.list, listing = this.#listing, page = await this.#page(next, listing.signal)
    if (page && !listing.signal.aborted) this.list = { ...page, items: [...items, ...page.items] }
  }

  async #page(after: string | null, signal: AbortSignal): Promise<List | null> {
    try {
      const list = await listOf(url => fetch(url, { signal }), this.#isOpen, this.choice, after)
      this.isListFailed = false
      return list
    } catch {
      this.isListFailed = !signal.aborted
      return null
    }
  }

  async choose(start: string): Promise<void> {
    this.#set(this.list.items.find(card => startOf(card.id) === start) ?? await findCard(fetch, this.#isOpen, start, this.choice.purpose).catch(() => null))
  }

  leave(): void {
    this.#set(null)
  }

  #set(card: Card | null): void {
    this.card = card
    this.choice = { ...this.choice, record: card?.id ?? null }
    this.#tell({ record: card?.id ?? null })
    void this.#map?.showChosen(card, true)
  }
}
