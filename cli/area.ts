import { AreaDetail } from '../domain/area/area.ts'
import { fullName, levelWord } from '../domain/area/rules.ts'
import type { Lang, Text } from '../domain/base/text.ts'
import { ask } from './ask.ts'

const LABELS = {
  inside: { th: 'อยู่ใน', en: 'inside' }, holds: { th: 'ประกอบด้วย', en: 'holds' }, groups: { th: 'กลุ่ม', en: 'groups' },
  point: { th: 'พิกัด', en: 'point' }, valid: { th: 'ช่วงที่มีอยู่', en: 'valid' }, changes: { th: 'การเปลี่ยนแปลง', en: 'changes' },
} as const satisfies Record<string, Text>

export async function showArea(code: string, { json }: { json?: boolean }, lang: Lang): Promise<void> {
  const answer = await ask(`/api/areas/${encodeURIComponent(code)}`, lang)
  console.log(json ? answer : describe(AreaDetail.parse(JSON.parse(answer)), lang))
}

/** A place in a few lines: its name in both languages first, then what surrounds it. */
export function describe(area: AreaDetail, lang: Lang): string {
  const other = lang === 'th' ? 'en' : 'th'
  const since = area.validFrom ?? '…', until = area.validUntil ?? ''
  const lines: [Text, string][] = [
    [LABELS.inside, area.parents.map(parent => `${fullName(parent, lang)} (${parent.code})`).join(' › ')],
    [LABELS.holds, area.children.map(({ level, count }) => `${count.toLocaleString(lang)} ${levelWord(level, area.code, lang)}`).join(', ')],
    [LABELS.groups, area.groups.map(group => group.name[lang]).join(', ')],
    [LABELS.point, area.point ? `${area.point.lat}, ${area.point.lon}` : ''],
    [LABELS.valid, area.validFrom || area.validUntil ? `${since} – ${until}` : ''],
    [LABELS.changes, area.changes.map(({ day, kind, note }) => `${day} ${kind}${note ? ` (${note[lang]})` : ''}`).join('; ')],
  ]
  const told = lines.filter(([, text]) => text).map(([label, text]) => `  ${label[lang]}: ${text}`)
  return [`${area.code}  ${fullName(area, lang)} · ${fullName(area, other)}`, ...told].join('\n')
}
