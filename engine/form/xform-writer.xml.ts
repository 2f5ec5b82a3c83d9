/** An element to be written; a text stands for itself. */
export type Xml = { tag: string; attributes: Record<string, string>; children: (Xml | string)[] }

export function element(tag: string, attributes: Record<string, string | null> = {}, children: (Xml | string)[] = []): Xml {
  const kept = Object.entries(attributes).filter((entry): entry is [string, string] => entry[1] !== null)
  return { tag, attributes: Object.fromEntries(kept), children }
}

/** With a line for each element, but nothing added where there is text. */
export function toXml(root: Xml): string {
  return `<?xml version="1.0"?>\n${write(root, '')}\n`
}

function write({ tag, attributes, children }: Xml, indent: string): string {
  const head = `${tag}${Object.entries(attributes).map(([name, value]) => ` ${name}="${escapeAttribute(value)}"`).join('')}`
  if (children.length === 0) return `<${head}/>`
  const isMixed = children.some(child => typeof child === 'string'), deeper = `${indent}  `
  const inside = children.map(child => typeof child === 'string' ? escapeText(child) : write(child, isMixed ? '' : deeper))
  return isMixed ? `<${head}>${inside.join('')}</${tag}>` : `<${head}>\n${inside.map(line => `${deeper}${line}\n`).join('')}${indent}</${tag}>`
}

/** Characters that XML cannot hold, whatever program put them into a cell. */
const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g

function escapeText(text: string): string {
  return text.replace(FORBIDDEN, '').replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('\r', '&#13;')
}

function escapeAttribute(text: string): string {
  return escapeText(text).replaceAll('"', '&quot;').replaceAll('\n', '&#10;').replaceAll('\t', '&#9;')
}
