import { expect, test } from 'vitest'
import { axe } from '../setup/axe.ts'
import { visitAs } from '../setup/staff.ts'
import { DESKTOP, PHONE, useBrowser, visit } from '../setup/visit.ts'

useBrowser()

const DOOR = ['/sign-in', '/en/sign-in?step=second', '/reset', '/first?token=abcdefghijklmnopqrstuvwxyz', '/invite/abcdefghijklmnopqrstuvwxyz']
const INSIDE: [who: string, pages: string[]][] = [
  ['mali', ['/desk', '/en/desk', '/place/TH580703', '/account', '/people', '/teams', '/phones', '/audit', '/imports', '/tables', '/tables?dataset=otop-product', '/board', '/duplicates', '/datasets/attraction/checks', '/datasets/attraction/ladder', '/place/TH580703/quality', '/place/TH580703/everything', '/privacy', '/privacy/person', '/privacy/exports', '/privacy/activities']],
  ['pricha', ['/imports', '/en/people']],
  ['khamkaeo', ['/desk']],
]
const LOOKS = [
  { name: 'dark on a phone', options: { ...PHONE, colorScheme: 'dark' as const } },
  { name: 'light on a desk', options: { ...DESKTOP, colorScheme: 'light' as const } },
]

test.each(LOOKS)('no page behind the door has a fault of accessibility or is wider than the screen, $name', { timeout: 300_000 }, async ({ options }) => {
  const faults: string[] = []
  for (const [who, pages] of [[null, DOOR] as const, ...INSIDE]) {
    const { page, watch, leave } = who === null ? await visit(options) : await visitAs(who, options)
    for (const path of pages) {
      await page.goto(path)
      const { violations } = await axe(page).analyze()
      faults.push(...violations.flatMap(fault => fault.nodes.map(node => `${path} ${fault.id}: ${node.target.join(' ')} ${node.any[0]?.message ?? fault.help}`)))
      if (await page.evaluate(() => document.documentElement.scrollWidth > innerWidth)) faults.push(`${path} is wider than the screen`)
    }
    // a style that the browser refuses to apply is told here and nowhere else
    faults.push(...watch.errors.filter(error => /Content Security Policy/.test(error)))
    await leave()
  }
  expect(faults).toEqual([])
})
