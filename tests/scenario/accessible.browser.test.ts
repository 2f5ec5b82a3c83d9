import { expect, test } from 'vitest'
import { axe } from '../setup/axe.ts'
import { DESKTOP, PHONE, useBrowser, visit } from '../setup/visit.ts'

useBrowser()

/** Each kind of page once, and each kind of place that has other parts on its page. */
const PAGES = [
  '/', '/en', '/place/TH50', '/en/place/TH5007', '/place/TH500701', '/place/TH10', '/place/TH104701', '/place/TH50070101', '/rank', '/rank?indicator=registered-population&level=tambon',
  '/compare', '/compare?places=TH50,TH57,TH10', '/data', '/data/target-poor', '/search?q=แม่ริม', '/search?q=ฮฮฮฮ', '/about', '/nowhere', '/offline', '/api',
]
const LOOKS = [
  { name: 'light on a phone', options: { ...PHONE, colorScheme: 'light' as const } },
  { name: 'dark on a desk', options: { ...DESKTOP, colorScheme: 'dark' as const } },
]

for (const { name, options } of LOOKS) {
  test(`no page has a fault of accessibility, ${name}`, { timeout: 300_000 }, async () => {
    const { page, leave } = await visit(options)
    const faults: string[] = []
    for (const path of PAGES) {
      await page.goto(path)
      const { violations } = await axe(page).analyze()
      faults.push(...violations.flatMap(fault => fault.nodes.map(node => `${path} ${fault.id}: ${node.target.join(' ')} ${node.any[0]?.message ?? fault.help}`)))
    }
    expect(faults).toEqual([])
    await leave()
  })
}

test('a fault of accessibility would be found', async () => {
  const { page, leave } = await visit()
  await page.setContent('<html lang="th"><title>x</title><main><h1>x</h1><img src="data:,"><p style="color:#ccc;background:#fff">จางจนอ่านไม่ออก</p></main>')
  const { violations } = await axe(page).analyze()
  expect(violations.map(fault => fault.id)).toEqual(expect.arrayContaining(['image-alt', 'color-contrast']))
  await leave()
})
