import type { Locator, Page } from 'playwright-core'

/** Runs in the page: looks, before each press of Tab, at what has the focus. Ends where it began. */
function watchFocus(): void {
  const seen: Element[] = [], faults: string[] = []
  const told = (each: Element) => `${each.tagName.toLowerCase()} “${(each.textContent || each.getAttribute('name') || each.id).trim().slice(0, 40)}”`
  const isSeen = (each: Element) => {
    const [box] = each.getClientRects(), { outlineStyle, outlineWidth } = getComputedStyle(each)
    if (!box || outlineStyle === 'none' || parseFloat(outlineWidth) < 2) return false
    const there = document.elementFromPoint(box.left + Math.min(box.width, innerWidth) / 2, box.top + Math.min(box.height, 40) / 2)
    return there !== null && (each.contains(there) || there.contains(each))
  }
  /** Of radio buttons of one name the keyboard stops at one; the arrow keys do the rest. */
  const isSkipped = (each: Element) => each instanceof HTMLInputElement && each.type === 'radio' && each !== ([...document.querySelectorAll<HTMLInputElement>(`input[type=radio][name="${CSS.escape(each.name)}"]`)].filter(one => one.form === each.form).sort((one, other) => Number(other.checked) - Number(one.checked))[0])
  const canStop = (each: Element) => (each as HTMLElement | SVGElement).tabIndex >= 0 && each.checkVisibility({ visibilityProperty: true }) && !each.matches(':disabled, [type=hidden]') && !isSkipped(each)
  const walk = { isDone: false, found: () => {
    const stops = [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex]')].filter(canStop)
    const order = seen.map(each => stops.indexOf(each)).filter(at => at >= 0)
    return [...faults, ...stops.filter(each => !seen.includes(each)).map(each => `never reached: ${told(each)}`), ...order.some((at, i) => i > 0 && at < order[i - 1]!) ? ['the order is not that of the page'] : []]
  } }
  let isLost = false
  addEventListener('keydown', ({ key }) => {
    const now = document.activeElement
    if (key !== 'Tab' || walk.isDone) return
    if (now === null || now === document.body) { isLost = seen.length > 0; return }
    walk.isDone = seen.length > 1 && now === seen[0]
    if (walk.isDone || now === seen.at(-1)) return
    if (isLost) faults.push(`lost before ${told(now)}`)
    if (!isSeen(now)) faults.push(`not seen: ${told(now)}`)
    seen.push(now)
  }, true)
  Object.assign(window, { walk })
}
declare global { interface Window { walk: { isDone: boolean; found(): string[] }; goOn(): void } }

/** From the top of a page through all that one can stop at, with everything unfolded but the menu. */
export async function walk(page: Page, path: string): Promise<string[]> {
  await page.goto(path)
  await page.locator('[aria-busy=true]').waitFor({ state: 'detached' })
  await page.evaluate(() => { for (const each of document.querySelectorAll<HTMLDetailsElement>('main details')) each.open = true })
  await page.evaluate(watchFocus)
  for (let presses = 0; presses < 60 && !await page.evaluate(() => window.walk.isDone); presses++) {
    for (let each = 0; each < 10; each++) await page.keyboard.press('Tab')
  }
  const isDone = await page.evaluate(() => window.walk.isDone)
  return [...isDone ? [] : ['the end was not reached'], ...await page.evaluate(() => window.walk.found())].map(fault => `${path} ${fault}`)
}

/** Tab by Tab to where one wants to be; there further Tabs are of no effect, so that they need not be counted. */
export async function reach(page: Page, target: Locator): Promise<void> {
  await target.evaluate(each => {
    const stay = (event: KeyboardEvent) => { if (event.key === 'Tab' && document.activeElement === each) event.preventDefault() }
    addEventListener('keydown', stay, true)
    window.goOn = () => removeEventListener('keydown', stay, true)
  })
  const isThere = () => target.evaluate(each => each === document.activeElement)
  for (let presses = 0; presses < 60 && !await isThere(); presses++) {
    for (let each = 0; each < 6; each++) await page.keyboard.press('Tab')
  }
  await page.evaluate(() => window.goOn())
  if (!await isThere()) throw new Error(`the keyboard does not reach ${String(target)} on ${page.url()}`)
}

export async function press(page: Page, target: Locator, key = 'Enter'): Promise<void> {
  await reach(page, target)
  await page.keyboard.press(key)
}

export async function write(page: Page, target: Locator, text: string): Promise<void> {
  await press(page, target, 'Control+A')
  await page.keyboard.type(text)
}

/** What is said in Thai: neither names, nor what is marked as Thai. All invented people are of one family. */
export async function thaiOn(page: Page, path: string): Promise<string[]> {
  await page.goto(path)
  return thaiHere(page)
}

export async function thaiHere(page: Page): Promise<string[]> {
  const said = await page.evaluate(() => [...document.querySelectorAll('*')].filter(each => !each.closest('[lang=th], script, style')).flatMap(each => [
    ...[...each.childNodes].filter(node => node.nodeType === Node.TEXT_NODE).map(node => node.textContent ?? ''), ...['aria-label', 'placeholder', 'title', 'alt', 'content'].map(name => each.getAttribute(name) ?? ''),
  ]))
  return [...new Set(said.map(text => text.replace(/[\u0E00-\u0E7F]+ \(?ตัวอย่าง\)?|จองคำ/g, '').trim()).filter(text => /[\u0E00-\u0E7F]/.test(text)))].map(text => `${page.url()} ${text}`)
}
