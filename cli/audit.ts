import type { Lang, Text } from '../domain/base/text.ts'
import type { SealFault } from '../engine/base/chain.ts'
import { readEnvironment } from '../server/base/environment.ts'
import { verify, type Verdict } from '../server/audit/read.verify.ts'
import { openDatabase } from '../server/db/open.ts'

const FAULTS: Record<SealFault['what'], Text> = {
  'line-changed': { th: 'บรรทัด {line} ถูกแก้ไข (ตราที่ {seal})', en: 'line {line} was changed (seal {seal})' },
  'line-removed': { th: 'บรรทัด {line} หายไป (ตราที่ {seal})', en: 'line {line} was removed (seal {seal})' },
  'line-inserted': { th: 'บรรทัด {line} ถูกแทรกภายหลัง (ตราที่ {seal})', en: 'line {line} was put in later (seal {seal})' },
  'seal-changed': { th: 'ตราที่ {seal} ถูกแก้ไข หรือไม่ต่อจากตราก่อนหน้า', en: 'seal {seal} was changed, or does not follow from the one before' },
  'seal-missing': { th: 'ตราที่ {seal} หายไป', en: 'seal {seal} is missing' },
}
const FAULTS_SHOWN = 100

/** Exit code 0 when everything that was sealed is as it was. */
export async function verifyAudit({ head, json }: { head?: string; json?: boolean }, lang: Lang): Promise<void> {
  const database = await openDatabase(readEnvironment(process.env), 'command')
  try {
    const verdict = await verify(database.sealer, head ?? null)
    console.log(json ? JSON.stringify(verdict) : report(verdict, lang))
    if (verdict.faults.length > 0 || !verdict.passed) process.exitCode = 1
  } finally {
    await database.close()
  }
}

/** What was found, in lines. */
export function report({ seals, lines, unsealed, head, passed, faults }: Verdict, lang: Lang): string {
  const told = faults.slice(0, FAULTS_SHOWN).map(fault => fill(FAULTS[fault.what][lang], { line: fault.line ?? 0, seal: fault.seal }))
  const numbers = { seals, lines, unsealed, faults: faults.length, more: faults.length - FAULTS_SHOWN, head: head ?? '–' }
  return [
    ...told,
    ...faults.length > FAULTS_SHOWN ? [fill(WORDS.more[lang], numbers)] : [],
    ...passed ? [] : [WORDS.notPassed[lang]],
    fill((faults.length > 0 || !passed ? WORDS.broken : WORDS.whole)[lang], numbers),
    fill(WORDS.head[lang], numbers),
  ].join('\n')
}

const WORDS = {
  more: { th: '… และอีก {more} รายการ', en: '… and {more} more' },
  notPassed: { th: 'ไม่พบค่าตราที่จดไว้ ประวัติถูกทำขึ้นใหม่หรือไม่ใช่ของฐานข้อมูลนี้', en: 'The seal that was noted is not in the chain: it was made anew, or it is of another database.' },
  whole: { th: 'ครบถ้วน: ตรวจ {lines} บรรทัดใน {seals} ตรา ยังไม่ประทับตรา {unsealed} บรรทัด', en: 'Whole: {lines} lines in {seals} seals; {unsealed} lines are not sealed yet.' },
  broken: { th: 'ไม่ครบถ้วน: พบ {faults} จุด จาก {lines} บรรทัดใน {seals} ตรา', en: 'Not whole: {faults} faults in {lines} lines and {seals} seals.' },
  head: { th: 'ตราล่าสุด (จดไว้ภายนอกเพื่อตรวจด้วย --head): {head}', en: 'Last seal (note it elsewhere, and check against it with --head): {head}' },
} as const satisfies Record<string, Text>

function fill(text: string, blanks: Record<string, string | number>): string {
  return text.replace(/\{(\w+)\}/g, (_, name: string) => String(blanks[name]))
}
