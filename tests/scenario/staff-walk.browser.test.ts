import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { expect, inject, test } from 'vitest'
import { DEMO_PASSWORD, signIn, visitAs } from '../setup/staff.ts'
import { useBrowser, visit } from '../setup/visit.ts'
import { press, reach, thaiHere, thaiOn, walk, write } from '../setup/walk.ts'
import { word } from '../setup/words.ts'

useBrowser()

/** The same server may have seen this test before. */
const tag = Date.now().toString(36)

const PAGES = {
  mali: ['/desk', '/people', '/teams', '/phones', '/audit', '/account', '/imports', '/tables?dataset=otop-product', '/datasets/attraction/records', '/datasets/new?area=TH580703'],
  pricha: ['/desk', '/people', '/teams', '/imports', '/account', '/datasets/attraction/form?area=TH'],
}

/** The first link of a list leads to a page of its own. */
async function firstOf(page: Page, list: string): Promise<string> {
  await page.goto(list)
  return await page.locator('main .rows a').first().getAttribute('href') as string
}

const button = (page: Page, key: string) => page.locator('main').getByRole('button', { name: word(key), exact: true })
const summary = (page: Page, key: string) => page.locator('main summary', { hasText: word(key) })

/** In by the keyboard, with the link that skips what stands on every page. */
async function comeIn(page: Page, who: string): Promise<void> {
  await page.goto('/sign-in')
  await page.keyboard.press('Tab')
  expect(await page.locator('.skip').evaluate(each => each === document.activeElement && each.getBoundingClientRect().left >= 0), 'the first stop is the link to the content, and it is seen').toBe(true)
  await page.keyboard.press('Enter')
  await page.keyboard.press('Tab')
  expect(await page.evaluate(() => document.activeElement?.getAttribute('name')), 'behind it comes the first field').toBe('name')
  await page.keyboard.type(who)
  await page.keyboard.press('Tab')
  await page.keyboard.type(DEMO_PASSWORD)
  await page.keyboard.press('Enter')
  await page.waitForURL('**/desk')
}

/** A team is made, changed, invited into, all without a mouse; what is wrong is said at its field, and there one goes on. */
async function keepTeam(page: Page): Promise<void> {
  const name = page.locator('main [name=nameTh]'), places = page.locator('main textarea[name=places]')
  await page.goto('/teams')
  await press(page, summary(page, 'team_make'))
  await write(page, name, `ทีมเดิน ${tag}`)
  await write(page, page.locator('main [name=nameEn]'), `Walkers ${tag}`)
  await write(page, page.locator('main [name=universityTh]'), 'มหาวิทยาลัยตัวอย่าง')
  await write(page, page.locator('main [name=universityEn]'), 'Example University')
  await write(page, places, 'TH580703')
  await press(page, button(page, 'team_make_go'), 'Space')
  await page.getByText(word('done_team')).waitFor()

  await press(page, summary(page, 'team_change_open'))
  expect(await places.inputValue()).toBe('TH580703 ตำบลถ้ำลอด')
  await write(page, name, `ทีมเดินป่า ${tag}`)
  await write(page, places, 'ไม่มีที่ไหนเลย')
  await press(page, button(page, 'team_change_go'))
  await page.locator('#team-wrong').waitFor()
  await expect.poll(() => places.evaluate(each => each === document.activeElement && each.matches('[aria-invalid=true][aria-describedby~=team-wrong]')), { message: 'the field that is wrong has the focus and says why' }).toBe(true)
  await write(page, places, 'TH500701')
  await press(page, button(page, 'team_change_go'))
  await page.locator('#team-wrong', { hasText: 'TH500701' }).waitFor()
  expect(await name.inputValue(), 'what was typed is kept').toBe(`ทีมเดินป่า ${tag}`)
  await write(page, places, 'TH580703 ตำบลถ้ำลอด')
  await reach(page, button(page, 'team_change_go'))
  await page.keyboard.press('Shift+Tab')
  expect(await places.evaluate(each => each === document.activeElement), 'backwards as forwards').toBe(true)
  await press(page, button(page, 'team_change_go'))
  await page.getByText(word('team_changed')).waitFor()
  expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe(`ทีมเดินป่า ${tag}`)

  await press(page, page.locator('[name=uses]'), 'ArrowUp')
  await press(page, button(page, 'invite_go'))
  await page.getByRole('img', { name: word('invite_qr') }).waitFor()
  expect(await page.locator('.poster').innerText(), 'the arrow made it two').toContain('ใช้ได้ 2 คน')
  await press(page, button(page, 'invite_end'))
  await page.getByText(word('done_invite_ended')).waitFor()
}

test('Mali does all her work with the keyboard: every stop is seen, in the order of the page, and every form can be sent', { timeout: 180_000 }, async () => {
  const { page, watch, leave } = await visit()
  await comeIn(page, 'mali')
  const faults: string[] = []
  for (const path of [...PAGES.mali, await firstOf(page, '/people'), await firstOf(page, '/teams')]) faults.push(...await walk(page, path))
  expect(faults).toEqual([])
  await keepTeam(page)

  await page.goto('/teams?q=แม่ฮ่องสอน')
  await press(page, page.locator('main .rows a').first())
  await press(page, summary(page, 'team_change_open'))
  await press(page, button(page, 'team_change_go'))
  expect(await page.getByRole('alert').innerText(), 'a team that also works elsewhere is changed by whoever holds all of it').toContain(word('team_not_whole'))

  await page.goto('/people')
  await write(page, page.locator('main [name=q]'), 'คำแก้ว')
  await page.keyboard.press('Enter')
  await press(page, page.getByRole('link', { name: 'คำแก้ว ตัวอย่าง' }))
  await write(page, page.locator('main textarea[name=places]'), 'TH500701')
  await press(page, button(page, 'grant_give_go'))
  await page.getByRole('alert').waitFor()
  await page.goto('/account')
  await press(page, summary(page, 'second_start'))
  await write(page, page.locator('details[open] [name=password]'), 'not my password')
  await page.keyboard.press('Enter')
  await page.getByRole('alert').waitFor()
  await press(page, summary(page, 'token_make'))
  await write(page, page.getByLabel(word('token_name')), tag)
  await press(page, button(page, 'token_make'), 'Space')
  await page.getByText(word('token_once')).waitFor()
  await press(page, page.getByRole('button', { name: word('token_revoke_named', 'th', { name: tag }) }))
  await page.getByText(word('done_revoked')).waitFor()
  await press(page, page.locator('.me summary'))
  await press(page, page.getByRole('button', { name: word('sign_out'), exact: true }))
  await page.getByText(word('done_out')).waitFor()
  expect(watch.errors.filter(each => !/status of 40[0134]/.test(each)), 'only refusals').toEqual([])
  await leave()
})

test('Pricha imports, invites and helps without a mouse', { timeout: 180_000 }, async () => {
  const { page, leave } = await visit()
  await comeIn(page, 'pricha')
  const team = await firstOf(page, '/teams'), faults: string[] = []
  for (const path of [...PAGES.pricha, await firstOf(page, '/people'), team]) faults.push(...await walk(page, path))
  expect(faults).toEqual([])
  await page.goto(team)
  const role = page.locator('main select[name=role]'), first = await role.inputValue()
  await press(page, role, 'ArrowDown')
  expect(await role.inputValue(), 'the arrow keys choose').not.toBe(first)
  await page.goto('/imports')
  const asked = page.waitForEvent('filechooser')
  await press(page, page.locator('main [type=file]'))
  await (await asked).setFiles({ name: 'letter.csv', mimeType: 'text/csv', buffer: Buffer.from('a,b\n1,2\n') })
  await press(page, button(page, 'import_preview'))
  await page.locator('#outcome h2').waitFor()
  expect(await page.evaluate(() => document.activeElement?.id), 'one goes on where the answer is').toBe('outcome')
  await page.goto('/people?q=natthaphon')
  await press(page, page.locator('main .rows a').first())
  await press(page, summary(page, 'reset_link_make'))
  await press(page, button(page, 'reset_link_go'))
  await page.locator('.secret').waitFor()
  await leave()
})

test('in English no Thai sentence is left: pages, empty lists, refusals and what is not there', { timeout: 180_000 }, async () => {
  const faults: string[] = []
  for (const [who, pages] of Object.entries(PAGES)) {
    const { page, leave } = await visitAs(who)
    const more = ['/people?q=zzz', '/teams?q=zzz', '/audit?action=zzz', '/nowhere', '/imports/00000000-0000-4000-8000-000000000000', '/datasets/attraction/records?q=zzz', '/datasets', '/place/TH580703', await firstOf(page, '/people'), await firstOf(page, '/teams?q=แม่ฮ่องสอน')]
    // What a dataset is for the national catalogue is chosen among the catalogue's own words, which are Thai.
    for (const path of [...pages.filter(path => !path.startsWith('/datasets/new')), ...more]) faults.push(...await thaiOn(page, `/en${path}`))
    await page.goto('/en/teams')
    await page.locator('main details summary').click()
    for (const [name, text] of [['nameTh', 'A'], ['universityTh', 'B'], ['places', 'nowhere at all']]) await page.locator(`main [name=${name}]`).fill(text as string)
    await page.getByRole('button', { name: word('team_make_go', 'en') }).click()
    await page.locator('#team-wrong').waitFor()
    faults.push(...await thaiHere(page))
    await leave()
  }
  expect(faults).toEqual([])
})

test.each([['th', ''], ['en', '/en']] as const)('what is too large, or no form at all, is refused with a page in the person’s language (%s)', { timeout: 60_000 }, async (lang, prefix) => {
  const { page, leave } = await visit()
  await signIn(page, 'pricha')
  await page.waitForURL('**/desk')
  const cookie = (await page.context().cookies()).map(each => `${each.name}=${each.value}`).join('; ')
  const send = (path: string, type: string, body: BodyInit) => fetch(`${inject('address')}${prefix}${path}`, { method: 'POST', headers: { cookie, 'content-type': type, 'sec-fetch-site': 'same-origin' }, body })
  const form = 'application/x-www-form-urlencoded', files = 'multipart/form-data; boundary=x'
  for (const [status, limit, reply] of [
    [413, '256 KB', await send('/teams?/make', form, `nameTh=${'a'.repeat(300 << 10)}`)],
    [413, '9 MB', await send('/datasets/attraction/form?/upload', files, Buffer.alloc(10 << 20))], [415, 'application/json', await send('/teams?/make', 'application/json', '{}')],
  ] as const) {
    const text = await reply.text()
    expect([reply.status, reply.headers.get('content-type')], limit).toEqual([status, 'text/html'])
    expect(text).toContain(`<html lang="${lang}">`)
    for (const said of [limit, word('fault_home', lang), 'ปรีชา']) expect(text).toContain(said)
  }
  await leave()
})

test('a browser that is still sending too large a file is shown the page that says so', { timeout: 60_000 }, async () => {
  const folder = await mkdtemp(join(tmpdir(), 'rakkaeo-large-')), large = join(folder, 'large.csv')
  await writeFile(large, '')
  await truncate(large, 130 << 20)
  const { page, leave } = await visitAs('pricha')
  await page.goto('/imports')
  await page.locator('main [type=file]').setInputFiles(large)
  await button(page, 'import_preview').click()
  await page.getByRole('heading', { name: word('fault_asked') }).waitFor()
  expect(await page.locator('main').innerText()).toContain('129 MB')
  await leave()
  await rm(folder, { recursive: true })
})
