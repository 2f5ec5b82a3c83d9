import { LngLatBounds, Map as Drawn, NavigationControl, ScaleControl, setWorkerUrl, type GeoJSONSource, type MapMouseEvent } from 'maplibre-gl'
import 'maplibre-gl/dist/maplibre-gl.css'
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?url'
import type { Feature, Point } from 'geojson'
import { NATION } from '../../domain/area/rules.ts'
import { AreaCode } from '../../domain/base/ids.ts'
import { boxOf, startOf } from '../../domain/record/rules.explore.ts'
import { m } from '../paraglide/messages.js'
import { GROUP_COLOURS, type Badge } from './badge.ts'
import type { Card } from './data.ts'
import { collect, landOf, type Land } from './land.ts'
import { drawMark, styleOf } from './map.style.ts'

export type MapPoint = Feature<Point, { start: string; dataset: string }>
/** What the map tells: somebody moved it (west,south,east,north), or chose a point. */
export type Hears = { moved(box: string): void; chose(start: string): void }

const THAILAND: [number, number, number, number] = [97.2, 5.5, 105.8, 20.6], AROUND: [number, number, number, number] = [88, -2, 115, 28]
const FADE_MS = 120, FINGER = 8, NEAR = 14, INNER_FROM = 7.5, MOST_INNER = 6

/** The map, behind the few things that are asked of it. */
export class PointMap {
  readonly #map: Drawn
  readonly #hears: Hears
  readonly #inner = new Map<string, Land>()
  /** Its style is there, and takes what is to be shown: points need not wait for the first picture of the land. */
  readonly #ready: Promise<unknown>
  #chosen: string | null = null

  /** `box`: where it begins. */
  constructor(container: HTMLElement, { badges, box, hears }: { badges: readonly Badge[]; box: string | undefined; hears: Hears }) {
    setWorkerUrl(workerUrl)
    const colour = (name: string) => getComputedStyle(container).getPropertyValue(name).trim()
    this.#hears = hears
    this.#map = new Drawn({
      container, style: styleOf(colour), bounds: box ? boundsOf(box) : THAILAND, maxBounds: AROUND, maxZoom: 18, attributionControl: false, dragRotate: false, pitchWithRotate: false, touchPitch: false, renderWorldCopies: false,
      // without fading, what stands where is settled anew in each frame
      fadeDuration: FADE_MS,
      // a finger that scrolls the page is not caught by the map
      cooperativeGestures: matchMedia('(pointer: coarse)').matches, locale: wordsOf(),
    })
    this.#map.touchZoomRotate.disableRotation()
    this.#map.addControl(new NavigationControl({ showCompass: false }), 'top-right').addControl(new ScaleControl(), 'bottom-left')
    for (const { id, letter, group } of badges) {
      const { image, pixelRatio } = drawMark(letter, colour(GROUP_COLOURS[group]), colour('--paper'))
      void this.#map.once('style.load', () => { if (!this.#map.hasImage(id)) this.#map.addImage(id, image, { pixelRatio }) })
    }
    this.#ready = this.#map.once('style.load')
    this.#listen()
  }

  #listen(): void {
    const map = this.#map
    void this.#ready.then(() => this.#showNation())
    map.on('moveend', event => {
      if (!('isQuiet' in event)) this.#hears.moved(this.box())
      void this.#showInner()
    })
    map.on('click', event => this.#click(event))
    map.on('mousemove', event => { map.getCanvas().style.cursor = this.#under(event).length > 0 ? 'pointer' : '' })
  }

  async #showNation(): Promise<void> {
    const { shapes, names } = await landOf(fetch, NATION)
    this.#source('land').setData(collect(shapes))
    this.#source('names').setData(collect(names))
    void this.#map.once('idle', () => { void this.#showInner() })
  }

  /** Near enough, the tambons of the provinces in view. */
  async #showInner(): Promise<void> {
    if (this.#map.getZoom() < INNER_FROM || !this.#map.getLayer('land')) return
    const codes = [...new Set(this.#map.queryRenderedFeatures({ layers: ['land'] }).map(({ properties }) => String(properties['code'])))].filter(code => !this.#inner.has(code))
    if (codes.length === 0 || codes.length > MOST_INNER) return
    for (const code of codes) this.#inner.set(code, await landOf(fetch, AreaCode.parse(code)).catch(() => ({ shapes: [], names: [] })))
    const all = [...this.#inner.values()]
    this.#source('inner').setData(collect(all.flatMap(({ shapes }) => shapes)))
    this.#source('inner-names').setData(collect(all.flatMap(({ names }) => names)))
  }

  #under({ point: { x, y } }: MapMouseEvent) {
    return this.#map.getLayer('points') ? this.#map.queryRenderedFeatures([[x - FINGER, y - FINGER], [x + FINGER, y + FINGER]], { layers: ['points', 'clusters'] }) : []
  }

  /** A circle opens; of points on one spot the next is chosen each time. */
  #click(event: MapMouseEvent): void {
    const under = this.#under(event), cluster = under.find(({ properties }) => 'cluster_id' in properties), starts = under.flatMap(({ properties }) => properties['start'] ? [String(properties['start'])] : [])
    const next = starts[(starts.indexOf(this.#chosen ?? '') + 1) % starts.length]
    if (next) this.#hears.chose(next)
    else if (cluster) void this.#open(cluster.properties['cluster_id'] as number, (cluster.geometry as Point).coordinates as [number, number])
  }

  async #open(cluster: number, center: [number, number]): Promise<void> {
    this.#map.easeTo({ center, zoom: await this.#source('points').getClusterExpansionZoom(cluster) + .1 })
  }

  #source(name: string): GeoJSONSource {
    return this.#map.getSource(name) as GeoJSONSource
  }

  /** Resolves when they stand on the screen. */
  async showPoints(points: MapPoint[]): Promise<void> {
    await this.#ready
    await this.#source('points').setData(collect(points))
    const drawn = this.#map.once('render')
    this.#map.triggerRepaint()
    await drawn
  }

  /** The record that is looked at; `isSought`: brought into view where it lies outside. */
  async showChosen(card: Card | null, isSought: boolean): Promise<void> {
    const at = card?.point
    this.#chosen = card && startOf(card.id)
    await this.#ready
    this.#source('chosen').setData(collect(at ? [{ type: 'Feature', properties: { dataset: card?.dataset }, geometry: { type: 'Point', coordinates: [at.lon, at.lat] } }] : []))
    if (at && isSought && !this.#map.getBounds().contains([at.lon, at.lat])) this.#map.easeTo({ center: [at.lon, at.lat], zoom: Math.max(this.#map.getZoom(), NEAR) })
  }

  /** As near as all of these allow; it is not told as a move. */
  fit(points: readonly MapPoint[]): void {
    if (points.length === 0) return
    const bounds = points.reduce((all, { geometry: { coordinates: [lon = 0, lat = 0] } }) => all.extend([lon, lat]), new LngLatBounds())
    this.#map.fitBounds(bounds, { padding: 48, maxZoom: NEAR, animate: false }, { isQuiet: true })
  }

  goTo(box: string): void {
    if (box !== this.box()) this.#map.fitBounds(boundsOf(box), { animate: false }, { isQuiet: true })
  }

  box(): string {
    const bounds = this.#map.getBounds()
    return [bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth()].map(degrees => degrees.toFixed(4)).join(',')
  }

  /** For measuring: the map itself. */
  get drawn(): Drawn { return this.#map }

  end(): void { this.#map.remove() }
}

function boundsOf(box: string): [number, number, number, number] {
  const { west, south, east, north } = boxOf(box)
  return [west, south, east, north]
}

function wordsOf(): Record<string, string> {
  return {
    'Map.Title': m.explore_map_title(), 'NavigationControl.ZoomIn': m.explore_zoom_in(), 'NavigationControl.ZoomOut': m.explore_zoom_out(), 'ScaleControl.Kilometers': m.explore_km(), 'ScaleControl.Meters': m.explore_m(),
    'CooperativeGesturesHandler.WindowsHelpText': m.explore_gesture_ctrl(), 'CooperativeGesturesHandler.MacHelpText': m.explore_gesture_cmd(), 'CooperativeGesturesHandler.MobileHelpText': m.explore_gesture_fingers(),
  }
}
