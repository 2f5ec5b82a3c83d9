import type { AreaCode } from '../base/ids.ts'
import type { Text } from '../base/text.ts'
import { isWithin } from '../area/rules.ts'
import type { Sensitivity, Viewer } from '../access/access.ts'
import { ROLES, type Clearance } from '../access/can.ts'
import { ROLE_NAMES } from '../access/rules.ts'

export const SENSITIVITY_NAMES: Record<Sensitivity, Text> = {
  open: { th: 'ข้อมูลเปิด', en: 'open fields' },
  internal: { th: 'ข้อมูลภายใน', en: 'internal fields' },
  personal: { th: 'ข้อมูลส่วนบุคคล', en: 'personal fields' },
  sensitive: { th: 'ข้อมูลอ่อนไหว', en: 'sensitive fields' },
}

const ORDER: Clearance[] = ['with-purpose', 'own', 'no', 'yes']

/** “Withheld: …, because …; ask ….” */
export function sayWithheld({ grants }: Viewer, sensitivity: Sensitivity, area: AreaCode): { why: Text; ask: Text } {
  const what = SENSITIVITY_NAMES[sensitivity]
  const best = grants.filter(grant => isWithin(area, grant.area)).map(grant => ({ role: grant.role, may: ROLES[grant.role].clearance[sensitivity] }))
    .sort((a, b) => ORDER.indexOf(a.may) - ORDER.indexOf(b.may))[0]
  const ask = { th: 'ผู้ประสานระดับตำบลของพื้นที่', en: 'the tambon integrator of the place' }
  if (best?.may === 'with-purpose') return { why: { th: `ต้องบอกก่อนว่าจะดู${what.th}ไปเพื่ออะไร`, en: `Say first what the ${what.en} are looked at for.` }, ask }
  const role = best ? ROLE_NAMES[best.role] : { th: 'บทบาทของคุณ', en: 'your role' }
  if (best?.may === 'own') return { why: { th: `${role.th}เห็น${what.th}เฉพาะรายการที่ตนบันทึก`, en: `A ${role.en} sees ${what.en} only of records of their own.` }, ask }
  return { why: { th: `บทบาท${role.th}ไม่รวม${what.th}`, en: `The role ${role.en} does not include ${what.en}.` }, ask }
}
