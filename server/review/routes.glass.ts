import type { glassApi } from '../../domain/review/api.glass.ts'
import { reviewProblems } from '../../domain/review/problems.ts'
import type { Letter, SendMail } from '../auth/mail.ts'
import type { Seal } from '../base/seal.ts'
import { narrow } from '../db/place.ts'
import { note } from '../db/note.ts'
import { throughGlass } from '../db/scope.ts'
import type { Handlers } from '../http/handler.ts'
import { getFound, getRecord } from '../record/read.ts'
import { asIfThere, getGlass, listGlass, listOwnGlass } from './read.glass.ts'
import { breakGlass, endGlass } from './write.glass.ts'

export type GlassParts = { seal: Seal; minutes: number; /** Null: this installation sends no e-mail. */ mail: SendMail | null; tell: (message: string) => void }

export function makeGlassRoutes({ seal, minutes, mail, tell }: GlassParts): Handlers<typeof glassApi> {
  return {
    breakGlass: async ({ tx, viewer, areas, body }) => {
      const { addresses } = await breakGlass(tx, viewer, areas, body, minutes)
      for (const to of mail ? addresses : []) void mail?.(letterOf(to, viewer.person.name, body.reason)).catch(() => tell('a letter about a record that was opened could not be sent'))
      return { minutes }
    },

    lookThrough: async ({ tx, viewer, params: { id } }) => {
      if (viewer.via !== 'session') throw reviewProblems.glassByHand({})
      const glass = await getGlass(tx, viewer.person.id, id)
      const record = await throughGlass(tx, id, async () => getRecord(tx, await getFound(tx, asIfThere(viewer, glass.area), [glass.area], id, glass.reason), seal))
      await note(tx, { action: 'glass.see', area: glass.area, target: id, reason: glass.reason })
      return { ...record, glass }
    },

    listOwnGlass: async ({ tx, viewer }) => ({ items: await listOwnGlass(tx, viewer.person.id) }),
    listGlass: async ({ tx, areas, query }) => ({ items: await listGlass(tx, query.area ? narrow(areas, query.area) : areas) }),
    endGlass: ({ tx, viewer, areas, params }) => endGlass(tx, viewer, areas, params.id),
  }
}

/** Both languages in one letter. Which record it is stands behind the sign-in. */
function letterOf(to: string, name: string, reason: string): Letter {
  return {
    to, subject: 'รากแก้ว: มีคนเปิดดูรายการในพื้นที่ของคุณ · Rakkaeo: a record of your place was opened',
    text: `${name} เปิดดูรายการหนึ่งในพื้นที่ของคุณจากนอกพื้นที่ ด้วยเหตุผลว่า
“${reason}”
ดูว่าเป็นรายการใด และปิดได้ทันที ที่หน้าโต๊ะทำงานของคุณ (/desk)

${name} opened a record of your place from elsewhere, for this reason:
“${reason}”
Which record it is stands on your desk (/desk), where you can end it at once.
`,
  }
}
