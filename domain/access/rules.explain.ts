import type { Right } from '../base/right.ts'
import type { Text } from '../base/text.ts'
import type { Role } from './access.ts'
import { RIGHT_NAMES, ROLE_NAMES } from './rules.ts'

/** “You may … because you are … in …; given by ….” */
export function sayMay(right: Right, role: Role, area: Text, giver: string | null): Text {
  const what = RIGHT_NAMES[right], who = ROLE_NAMES[role]
  return {
    th: `คุณ${what.th}ได้ เพราะคุณเป็น${who.th}ของ${area.th} ${giver === null ? '(ผู้ดูแลเครื่องแม่ข่ายเป็นผู้มอบสิทธิ)' : `(${giver} เป็นผู้มอบสิทธิ)`}`,
    en: `You may ${what.en} because you are ${who.en} of ${area.en} (${giver === null ? 'given by the operator of the server' : `given by ${giver}`}).`,
  }
}

/** What is missing: `here` the roles that reach this place and do not include the right, `elsewhere` the places where the viewer holds it. */
export type Missing = { right: Right; area: Text; here: readonly { role: Role; area: Text }[]; elsewhere: readonly Text[]; byToken: boolean; ask: Text }

/** “You may not … in …, because …; ask ….” */
export function sayMayNot({ right, area, here, elsewhere, byToken, ask }: Missing): Text {
  const what = RIGHT_NAMES[right], why = byToken ? BY_TOKEN : whyNot(here, elsewhere)
  const help = byToken ? { th: '', en: '' } : { th: ` ติดต่อ${ask.th}`, en: ` Ask ${ask.en}.` }
  return { th: `คุณ${what.th}ของ${area.th}ไม่ได้ เพราะ${why.th}${help.th}`, en: `You may not ${what.en} in ${area.en}, because ${why.en}.${help.en}` }
}

const BY_TOKEN: Text = { th: 'โทเค็นนี้จำกัดไว้เฉพาะพื้นที่อื่น', en: 'this token is limited to other places' }
const MOST_TOLD = 5

function whyNot(here: Missing['here'], elsewhere: Missing['elsewhere']): Text {
  const [role] = here
  if (role) return { th: `บทบาท${ROLE_NAMES[role.role].th}ของ${role.area.th}ไม่รวมเรื่องนี้`, en: `${ROLE_NAMES[role.role].en} of ${role.area.en} does not include it` }
  if (elsewhere.length === 0) return { th: 'คุณยังไม่มีบทบาทในพื้นที่นี้', en: 'you hold no role there' }
  const told = elsewhere.slice(0, MOST_TOLD), more = elsewhere.length - told.length
  return {
    th: `คุณทำได้เฉพาะใน${told.map(name => name.th).join(' ')}${more > 0 ? ` และอีก ${more} แห่ง` : ''}`,
    en: `you may only do so in ${told.map(name => name.en).join(', ')}${more > 0 ? ` and ${more} more` : ''}`,
  }
}
