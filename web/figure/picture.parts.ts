const SVG = 'http://www.w3.org/2000/svg'
const FACE = "'Plex Thai', 'Noto Sans Thai', sans-serif"
/** The mean width of a letter of our face as a part of its size. */
const LETTER = 0.57
/** What a picture takes along from the page's styles, so that it looks the same elsewhere. */
const TAKEN = ['fill', 'fill-opacity', 'stroke', 'stroke-width', 'stroke-dasharray', 'stroke-linejoin', 'vector-effect', 'opacity', 'font-family', 'font-size', 'font-weight', 'text-anchor', 'dominant-baseline', 'paint-order']

export function node(name: string, attributes: Record<string, string | number>): SVGElement {
  const made = document.createElementNS(SVG, name)
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value))
  return made
}

export function label(line: string, x: number, y: number, size: number, color: string): SVGElement {
  const made = node('text', { x, y, fill: color, 'font-size': size, 'font-family': FACE, 'font-weight': size > 14 ? 600 : 500 })
  made.textContent = line
  return made
}

/** A copy of a drawing whose looks no longer depend on the page. */
export function copy(drawn: SVGSVGElement): SVGSVGElement {
  const twin = drawn.cloneNode(true) as SVGSVGElement
  const [from, to] = [[drawn, ...drawn.querySelectorAll('*')], [twin, ...twin.querySelectorAll('*')]]
  from.forEach((each, i) => {
    const look = getComputedStyle(each)
    const isPattern = each.getAttribute('fill')?.startsWith('url')
    for (const name of TAKEN) {
      const value = look.getPropertyValue(name)
      if (value && !(name === 'fill' && isPattern)) to[i]!.setAttribute(name, value)
    }
    to[i]!.removeAttribute('class')
  })
  return twin
}

/** Lines that fit a width, broken between words; Thai words carry no spaces, so the browser's dictionary finds them. */
export function wrap(line: string, width: number, size: number): string[] {
  const most = Math.floor(width / (size * LETTER))
  const words = [...new Intl.Segmenter(document.documentElement.lang, { granularity: 'word' }).segment(line)].map(each => each.segment)
  return words.reduce<string[]>((lines, word) => {
    const last = lines.at(-1) ?? ''
    return visible(last + word) <= most ? [...lines.slice(0, -1), last + word] : [...lines, word.trimStart()]
  }, ['']).filter(Boolean)
}

/** Signs above and below a Thai letter take no room. */
function visible(line: string): number {
  return line.replace(/[\u0E31\u0E34-\u0E3A\u0E47-\u0E4E]/g, '').length
}

/** The page's own faces as data, because a picture may load nothing. */
export async function fontStyle(): Promise<string> {
  const rules = [...document.styleSheets].flatMap(sheet => [...sheet.cssRules]).filter(rule => rule instanceof CSSFontFaceRule && rule.cssText.includes('Plex Thai'))
  return (await Promise.all(rules.map(async rule => {
    const address = /url\("?([^")]+)/.exec(rule.cssText)?.[1] ?? ''
    const reply = await fetch(new URL(address, rule.parentStyleSheet?.href ?? location.href))
    const bytes = [...new Uint8Array(await reply.arrayBuffer())].map(byte => String.fromCharCode(byte)).join('')
    return rule.cssText.replace(/url\([^)]*\)/, `url(data:font/woff2;base64,${btoa(bytes)})`)
  }))).join('')
}
