import type { StyleSpecification } from 'maplibre-gl'
import { collect } from './land.ts'

/** The colours of the page, by their names in tokens.css. */
export type Colours = (name: string) => string

const FONT = ['Plex Thai']
/** Up to this zoom neighbours are drawn as one circle with their number. */
const LAST_CLUSTERED = 14
const CLUSTER_PIXELS = 52

/** Sources: what lies below, the points, and the record that is looked at. Nothing comes from elsewhere: letters are drawn with the page's own type. */
export function styleOf(colour: Colours): StyleSpecification {
  const empty = collect([])
  return {
    version: 8,
    sources: {
      land: { type: 'geojson', data: empty, tolerance: .5 }, inner: { type: 'geojson', data: empty }, names: { type: 'geojson', data: empty }, 'inner-names': { type: 'geojson', data: empty },
      points: { type: 'geojson', data: empty, cluster: true, clusterRadius: CLUSTER_PIXELS, clusterMaxZoom: LAST_CLUSTERED, maxzoom: LAST_CLUSTERED + 2 }, chosen: { type: 'geojson', data: empty },
    },
    layers: [...groundLayers(colour), ...nameLayers(colour), ...pointLayers(colour)],
  }
}

function groundLayers(colour: Colours): StyleSpecification['layers'] {
  return [
    { id: 'sea', type: 'background', paint: { 'background-color': colour('--rice') } },
    { id: 'land', type: 'fill', source: 'land', paint: { 'fill-color': colour('--map-land'), 'fill-antialias': false } },
    { id: 'inner', type: 'line', source: 'inner', minzoom: 7.5, paint: { 'line-color': colour('--hatch'), 'line-width': 1 } },
    { id: 'border', type: 'line', source: 'land', paint: { 'line-color': colour('--line-strong'), 'line-width': ['interpolate', ['linear'], ['zoom'], 5, .6, 9, 1.8] } },
  ]
}

function nameLayers(colour: Colours): StyleSpecification['layers'] {
  const paint = { 'text-color': colour('--ink-soft'), 'text-halo-color': colour('--map-land'), 'text-halo-width': 1.4 }
  const layout = { 'text-field': ['get', 'name'], 'text-font': FONT, 'text-size': 13, 'text-padding': 4 } as const
  return [
    { id: 'names', type: 'symbol', source: 'names', minzoom: 6, maxzoom: 10, layout: { ...layout, 'text-field': ['get', 'name'] }, paint },
    { id: 'inner-names', type: 'symbol', source: 'inner-names', minzoom: 9.5, layout: { ...layout, 'text-field': ['get', 'name'] }, paint },
  ]
}

function pointLayers(colour: Colours): StyleSpecification['layers'] {
  return [
    { id: 'clusters', type: 'circle', source: 'points', filter: ['has', 'point_count'], paint: {
      'circle-color': colour('--ink'), 'circle-opacity': .86, 'circle-stroke-color': colour('--paper'), 'circle-stroke-width': 1.5, 'circle-radius': ['step', ['get', 'point_count'], 15, 100, 19, 1000, 24, 10_000, 29],
    } },
    { id: 'counts', type: 'symbol', source: 'points', filter: ['has', 'point_count'], layout: { 'text-field': ['number-format', ['get', 'point_count'], {}], 'text-font': FONT, 'text-size': 13, 'text-allow-overlap': true, 'text-ignore-placement': true }, paint: { 'text-color': colour('--paper') } },
    { id: 'chosen', type: 'circle', source: 'chosen', paint: { 'circle-radius': 18, 'circle-color': colour('--focus'), 'circle-opacity': .25, 'circle-stroke-color': colour('--focus'), 'circle-stroke-width': 3 } },
    { id: 'points', type: 'symbol', source: 'points', filter: ['!', ['has', 'point_count']], layout: { 'icon-image': ['get', 'dataset'], 'icon-allow-overlap': true, 'icon-ignore-placement': true } },
    { id: 'chosen-mark', type: 'symbol', source: 'chosen', layout: { 'icon-image': ['get', 'dataset'], 'icon-allow-overlap': true, 'icon-ignore-placement': true } },
  ]
}

const SIZE = 48, LETTER = '600 26px "Plex Thai", sans-serif', RATIO = 2

/** The mark of a dataset: a disc in the colour of its group with its letter, so that colour is not all. */
export function drawMark(letter: string, fill: string, ink: string): { image: ImageData; pixelRatio: number } {
  const canvas = document.createElement('canvas')
  canvas.width = canvas.height = SIZE
  const pen = canvas.getContext('2d', { willReadFrequently: true }) as CanvasRenderingContext2D
  pen.beginPath()
  pen.arc(SIZE / 2, SIZE / 2, SIZE / 2 - 3, 0, 2 * Math.PI)
  pen.fillStyle = fill
  pen.fill()
  pen.lineWidth = 3
  pen.strokeStyle = ink
  pen.stroke()
  pen.font = LETTER
  pen.fillStyle = ink
  pen.textAlign = 'center'
  pen.textBaseline = 'middle'
  pen.fillText(letter, SIZE / 2, SIZE / 2 + 2)
  return { image: pen.getImageData(0, 0, SIZE, SIZE), pixelRatio: RATIO }
}
