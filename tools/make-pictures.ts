/** `node tools/make-pictures.ts http://127.0.0.1:8080`: takes the README's pictures anew from a running site. */
import { resolve } from 'node:path'
import { chromium } from 'playwright-core'
import { getChromium } from '../tests/setup/chromium.ts'

const PICTURES = [{ file: 'home.png', path: '/' }, { file: 'place.png', path: '/place/TH50' }]
const address = process.argv[2] ?? 'http://127.0.0.1:8080'

const { path: executablePath, env } = await getChromium()
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--font-render-hinting=none'], env: { ...process.env, ...env } as Record<string, string> })
const page = await browser.newPage({ viewport: { width: 1280, height: 1000 }, locale: 'th-TH', reducedMotion: 'reduce' })
for (const { file, path } of PICTURES) {
  await page.goto(address + path, { waitUntil: 'networkidle' })
  await page.screenshot({ path: resolve(import.meta.dirname, '../docs/images', file) })
}
await browser.close()
