const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' }
/** What XML 1.0 cannot hold, however it is written. */
const NEVER = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g

/** Text as it stands in an element or an attribute. @example xml('a < b') // => 'a &lt; b' */
export function xml(text: string): string {
  return text.replace(NEVER, '').replace(/[&<>"']/g, character => ESCAPES[character] as string)
}

/** An element with text or elements in it; one that has nothing to say is left out. */
export function element(name: string, inner: string | null): string {
  return inner === null ? '' : `<${name}>${inner}</${name}>`
}

export const XML_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
