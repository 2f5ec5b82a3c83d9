import { createHash } from 'node:crypto'

export const MANUAL_STYLE = `
:root { color-scheme: light dark; --ink: #23201c; --paper: #fdfcf9; --line: #d9d3c7; --accent: #7a4a1e }
@media (prefers-color-scheme: dark) { :root { --ink: #ece7de; --paper: #1b1916; --line: #48423a; --accent: #e0a970 } }
body { font: 1.05rem/1.7 "IBM Plex Sans Thai", "Noto Sans Thai", Sarabun, Tahoma, sans-serif; color: var(--ink); background: var(--paper); max-width: 52rem; margin: 0 auto; padding: 1rem }
h1 { line-height: 1.35 } h2 { font-size: 1.15rem; margin: 2rem 0 .25rem } section { border-top: 1px solid var(--line) }
a { color: var(--accent); overflow-wrap: anywhere } code { font-family: ui-monospace, monospace; font-size: .92em; overflow-wrap: anywhere }
table { border-collapse: collapse; width: 100%; font-size: .95rem } th, td { text-align: start; vertical-align: top; padding: .25rem .5rem .25rem 0; border-bottom: 1px solid var(--line); overflow-wrap: anywhere }
thead th { font-weight: 600 } tbody th { font-weight: 400 } :focus-visible { outline: 3px solid var(--accent); outline-offset: 2px }
`
/** Lets this one style through the page's own content security policy. */
export const MANUAL_STYLE_HASH = `sha256-${createHash('sha256').update(MANUAL_STYLE).digest('base64')}`
