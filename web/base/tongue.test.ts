import fc from 'fast-check'
import { afterEach, expect, test, vi } from 'vitest'
import { deLocalizeUrl, getLocale } from './tongue.ts'

afterEach(() => { vi.unstubAllGlobals() })

/** As the site's pattern of addresses says it (vite.config.ts). */
const ENGLISH = new URLPattern({ pathname: '/en/:path(.*)?' })
const addresses = fc.array(fc.constantFrom('en', 'english', 'th', 'place', 'TH50', 'ตำบล', 'e n'), { maxLength: 4 })
  .chain(parts => fc.constantFrom('', '/', '?en=/en', '#/en/x').map(end => new URL(`https://house/${parts.join('/')}${end}`)))

test('of every address the language and the page are those of the pattern', () => {
  fc.assert(fc.property(addresses, url => {
    vi.stubGlobal('location', url)
    const english = ENGLISH.exec(url)
    expect(getLocale()).toBe(english ? 'en' : 'th')
    const { pathname, search, hash } = deLocalizeUrl(url)
    expect([pathname, search, hash]).toEqual([english ? `/${english.pathname.groups['path'] ?? ''}` : url.pathname, url.search, url.hash])
  }))
})
