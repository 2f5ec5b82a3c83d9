/** What a picture of a chart takes along from the page's styles, so that it looks the same elsewhere. */
const TAKEN = ['fill', 'fill-opacity', 'stroke', 'stroke-width', 'stroke-dasharray', 'stroke-linejoin', 'vector-effect', 'opacity', 'font-family', 'font-size', 'font-weight', 'text-anchor', 'dominant-baseline', 'paint-order']
const EDGE = 24
const LINE = 22
const PNG_WIDTH = 1600

/** Saves the chart around a button as a picture with its title, legend and source. */
export async function savePicture(button: HTMLElement): Promise<void> {
  const figure = button.closest('figure')
  const drawn = figure?.querySelector<SVGSVGElement>('.drawing svg')
  if (!figure || !drawn) return
  const svg = compose(figure, drawn)
  const name = `rakkaeo-${location.pathname.split('/').filter(Boolean).join('-') || 'home'}-${figure.dataset['chart']}`
  const text = new XMLSerializer().serializeToString(svg)
  if (button.dataset['save'] === 'svg') return save(new Blob([text], { type: 'image/svg+xml' }), `${name}.svg`)
  const style = await fontStyle()
  save(await paint(text.replace('<g', `<style>${style}</style><g`), Number(svg.getAttribute('width')), Number(svg.getAttribute('height'))), `${name}.png`)
}

/** The drawing with a heading above, the legend and the source below. */
function compose(figure: HTMLElement, drawn: SVGSVGElement): SVGSVGElement {
  const box = drawn.getBoundingClientRect()
  const page = getComputedStyle(document.documentElement)
  const width = Math.max(640, Math.round(box.width) + 2 * EDGE)
  const size = { width: width - 2 * EDGE, height: box.height * (width - 2 * EDGE) / box.width }
  const heading = [text(figure, 'figcaption h3'), text(figure, 'figcaption p')]
  const below = [...[...figure.querySelectorAll('.legend li')].map(line => line.querySelector('span')?.textContent?.trim() ?? ''), text(figure, '.source'), location.href]
  const shades = [...figure.querySelectorAll('.legend li rect')].map(rect => getComputedStyle(rect).fill)
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg')
  const lines = (texts: string[], y: number, indent: (i: number) => number) => texts.map((line, i) => line && label(line, EDGE + indent(i), y + i * LINE, i === 0 && y < 60 ? 18 : 14, page.color)).filter(node => node !== '')
  const top = EDGE + heading.filter(Boolean).length * LINE + 8
  const height = Math.ceil(top + size.height + (below.length + 1) * LINE + EDGE)
  for (const [key, value] of Object.entries({ xmlns: svg.namespaceURI!, width: String(width), height: String(height), viewBox: `0 0 ${width} ${height}` })) svg.setAttribute(key, value)
  const inner = copy(drawn)
  for (const [key, value] of Object.entries({ x: EDGE, y: top, width: size.width, height: size.height })) inner.setAttribute(key, String(value))
  const floor = top + size.height + 1.5 * LINE
  const group = document.createElementNS(svg.namespaceURI, 'g')
  group.append(plate(0, 0, width, height, page.backgroundColor), ...lines(heading, EDGE + 12, () => 0), inner,
    ...shades.map((shade, i) => plate(EDGE, floor + i * LINE - 12, 26, 15, shade)), ...lines(below, floor, i => i < shades.length ? 36 : 0))
  svg.append(group)
  return svg
}

/** A copy whose looks no longer depend on the page. */
function copy(drawn: SVGSVGElement): SVGSVGElement {
  const twin = drawn.cloneNode(true) as SVGSVGElement
  const [from, to] = [[drawn, ...drawn.querySelectorAll('*')], [twin, ...twin.querySelectorAll('*')]]
  from.forEach((node, i) => {
    const look = getComputedStyle(node)
    for (const name of TAKEN) {
      const value = look.getPropertyValue(name)
      if (value && !(name === 'fill' && node.getAttribute('fill')?.startsWith('url'))) to[i]!.setAttribute(name, value)
    }
    to[i]!.removeAttribute('class')
  })
  return twin
}

function text(figure: HTMLElement, selector: string): string {
  return figure.querySelector(selector)?.textContent?.replace(/\s+/g, ' ').trim() ?? ''
}

function label(line: string, x: number, y: number, size: number, color: string): SVGElement {
  const node = document.createElementNS('http://www.w3.org/2000/svg', 'text')
  for (const [key, value] of Object.entries({ x, y, fill: color, 'font-size': size, 'font-family': "'Plex Thai', 'Noto Sans Thai', sans-serif", 'font-weight': size > 14 ? 600 : 500 })) node.setAttribute(key, String(value))
  node.textContent = line
  return node
}

function plate(x: number, y: number, width: number, height: number, fill: string): SVGElement {
  const node = document.createElementNS('http://www.w3.org/2000/svg', 'rect')
  for (const [key, value] of Object.entries({ x, y, width, height, fill: fill.startsWith('url') ? 'none' : fill })) node.setAttribute(key, String(value))
  return node
}

/** The page's own faces as data, because a picture may load nothing. */
async function fontStyle(): Promise<string> {
  const rules = [...document.styleSheets].flatMap(sheet => [...sheet.cssRules]).filter(rule => rule instanceof CSSFontFaceRule && rule.cssText.includes('Plex Thai'))
  return (await Promise.all(rules.map(async rule => {
    const address = /url\("?([^")]+)/.exec(rule.cssText)?.[1] ?? ''
    const bytes = new Uint8Array(await (await fetch(new URL(address, rule.parentStyleSheet?.href ?? location.href))).arrayBuffer())
    return rule.cssText.replace(/url\([^)]*\)/, `url(data:font/woff2;base64,${btoa([...bytes].map(byte => String.fromCharCode(byte)).join(''))})`)
  }))).join('')
}

async function paint(svg: string, width: number, height: number): Promise<Blob> {
  const image = new Image()
  const address = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }))
  await new Promise((done, fail) => { image.onload = done; image.onerror = fail; image.src = address })
  const canvas = document.createElement('canvas')
  canvas.width = PNG_WIDTH
  canvas.height = Math.round(height * PNG_WIDTH / width)
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
