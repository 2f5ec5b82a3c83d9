import { copy, fontStyle, label, node, wrap } from './picture.parts.ts'

const EDGE = 24
const LINE = 22
const NARROWEST = 640
const PNG_WIDTH = 1600
const KEY = { width: 26, height: 15, indent: 36 }

/** What stands around a drawing in a saved picture. */
type Words = { title: string[]; say: string[]; keys: { shade: string; text: string }[]; below: string[] }
type Size = { width: number; height: number }

/** Saves the chart around a button as a picture that carries its title, legend, source and address. */
export async function savePicture(button: HTMLElement): Promise<void> {
  const figure = button.closest('figure')
  const drawn = figure?.querySelector<SVGSVGElement>('.drawing svg')
  if (!figure || !drawn) return
  const svg = compose(figure, drawn)
  const name = `rakkaeo-${location.pathname.split('/').filter(Boolean).join('-') || 'home'}-${figure.dataset['chart']}`
  const text = new XMLSerializer().serializeToString(svg)
  if (button.dataset['save'] === 'svg') return save(new Blob([text], { type: 'image/svg+xml' }), `${name}.svg`)
  const style = await fontStyle()
  const size = { width: Number(svg.getAttribute('width')), height: Number(svg.getAttribute('height')) }
  save(await paint(text.replace('<g', `<style>${style}</style><g`), size), `${name}.png`)
}

/** The drawing with a heading above, the legend and the source below. */
function compose(figure: HTMLElement, drawn: SVGSVGElement): SVGElement {
  const box = drawn.getBoundingClientRect()
  const width = Math.max(NARROWEST, Math.round(box.width) + 2 * EDGE)
  const inner = { width: width - 2 * EDGE, height: box.height * (width - 2 * EDGE) / box.width }
  const words = wordsOf(figure, inner.width)
  const top = EDGE + (words.title.length + words.say.length) * LINE + 8
  const height = Math.ceil(top + inner.height + (words.keys.length + words.below.length + 1) * LINE + EDGE)
  const page = getComputedStyle(document.documentElement)
  const drawing = copy(drawn)
  for (const [key, value] of Object.entries({ x: EDGE, y: top, ...inner })) drawing.setAttribute(key, String(value))
  const group = node('g', {})
  group.append(node('rect', { width, height, fill: page.backgroundColor }), ...headingOf(words, page.color), drawing, ...footOf(words, top + inner.height + 1.5 * LINE, page.color))
  const svg = node('svg', { width, height, viewBox: `0 0 ${width} ${height}` })
  svg.append(group)
  return svg
}

function wordsOf(figure: HTMLElement, width: number): Words {
  const textOf = (selector: string, size: number) => wrap(figure.querySelector(selector)?.textContent?.replace(/\s+/g, ' ').trim() ?? '', width, size)
  const keys = [...figure.querySelectorAll('.legend li')].map(line => {
    const rect = line.querySelector('rect')
    return { shade: rect ? getComputedStyle(rect).fill : 'none', text: line.querySelector('span')?.textContent?.trim() ?? '' }
  })
  return { title: textOf('figcaption .title', 18), say: [...textOf('figcaption p', 14), ...textOf('.key', 14)], keys, below: [...textOf('.source', 14), location.href] }
}

function headingOf({ title, say }: Words, color: string): SVGElement[] {
  return [...title, ...say].map((line, i) => label(line, EDGE, EDGE + 12 + i * LINE, i < title.length ? 18 : 14, color))
}

function footOf({ keys, below }: Words, floor: number, color: string): SVGElement[] {
  return [
    ...keys.flatMap(({ shade, text }, i) => [
      node('rect', { x: EDGE, y: floor + i * LINE - 12, width: KEY.width, height: KEY.height, fill: shade, stroke: color, 'stroke-opacity': 0.3 }),
      label(text, EDGE + KEY.indent, floor + i * LINE, 14, color),
    ]),
    ...below.map((line, i) => label(line, EDGE, floor + (keys.length + i) * LINE + 4, 14, color)),
  ]
}

async function paint(svg: string, size: Size): Promise<Blob> {
  const image = new Image()
  const address = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }))
  await new Promise((done, fail) => { image.onload = done; image.onerror = fail; image.src = address })
  const canvas = document.createElement('canvas')
  canvas.width = PNG_WIDTH
  canvas.height = Math.round(size.height * PNG_WIDTH / size.width)
  canvas.getContext('2d')!.drawImage(image, 0, 0, canvas.width, canvas.height)
  URL.revokeObjectURL(address)
  return new Promise((done, fail) => canvas.toBlob(blob => blob ? done(blob) : fail(new Error('no picture')), 'image/png'))
}

function save(blob: Blob, name: string): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(blob)
  link.download = name
  link.click()
  window.setTimeout(() => URL.revokeObjectURL(link.href), 10_000)
}
