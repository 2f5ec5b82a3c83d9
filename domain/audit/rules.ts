import type { Text } from '../base/text.ts'
import { ACTIONS } from './rules.actions.ts'
import type { AuditLine } from './audit.ts'

type Spoken = Pick<AuditLine, 'actorKind' | 'actorName' | 'action'> & { areaName: Text }

const NOBODY: Record<AuditLine['actorKind'], Text> = {
  person: { th: 'คนหนึ่ง', en: 'Somebody' },
  token: { th: 'โปรแกรมของคนหนึ่ง', en: 'A program of somebody' },
  operator: { th: 'ผู้ดูแลเครื่องแม่ข่าย', en: 'An operator of the server' },
  system: { th: 'ระบบ', en: 'The system' },
  stranger: { th: 'ผู้ที่ไม่ได้เข้าสู่ระบบ', en: 'Somebody not signed in' },
}
/** Of an action that this version of the program does not know. */
const UNKNOWN_ACTION: Text = { th: '{who} ทำรายการ {action} ใน{place}', en: '{who} did {action} in {place}' }

/** The line as a sentence: who did what, and where. @example in English: “Malee, by a program, imported files in Mae Hong Son Province” */
export function sayLine(line: Spoken): Text {
  const text: Text = (ACTIONS as Record<string, Text>)[line.action] ?? UNKNOWN_ACTION
  const who = whoOf(line)
  const fill = (lang: keyof Text) => text[lang].replace(/\{(\w+)\}/g, (_, blank: string) => blank === 'who' ? who[lang] : blank === 'place' ? line.areaName[lang] : line.action)
  return { th: fill('th'), en: fill('en') }
}

function whoOf({ actorKind, actorName }: Spoken): Text {
  if (actorName === null) return NOBODY[actorKind]
  if (actorKind === 'token') return { th: `${actorName} (ผ่านโปรแกรม)`, en: `${actorName}, by a program,` }
  if (actorKind === 'operator') return { th: `ผู้ดูแลเครื่องแม่ข่ายในนาม${actorName}`, en: `An operator of the server, as ${actorName},` }
  return { th: actorName, en: actorName }
}
