import type { ImportFault, ImportOutcome, ImportReport } from '../domain/import/import.ts'
import type { Lang, Text } from '../domain/base/text.ts'

const OUTCOMES: Record<ImportOutcome, Text> = {
  imported: { th: 'นำเข้าแล้ว', en: 'Imported.' },
  partly: { th: 'นำเข้าเฉพาะแถวที่ถูกต้อง', en: 'Imported the good rows only.' },
  unchanged: { th: 'ไม่มีอะไรเปลี่ยน เพราะเคยนำเข้าแล้ว', en: 'Nothing changed: all of it was there already.' },
  refused: { th: 'ไม่ได้นำเข้าสิ่งใด โปรดแก้ไฟล์ หรือใช้ --keep-good เพื่อเก็บเฉพาะแถวที่ถูกต้อง', en: 'Nothing was imported. Mend the files, or use --keep-good to keep the good rows.' },
}
const COUNTS = {
  rows: { th: 'แถว', en: 'rows' }, rowsNew: { th: 'ใหม่', en: 'new' }, rowsChanged: { th: 'เปลี่ยน', en: 'changed' }, rowsSame: { th: 'เหมือนเดิม', en: 'the same' },
  rowsLeftOut: { th: 'ไม่รับ', en: 'left out' }, areasCreated: { th: 'พื้นที่เพิ่มใหม่', en: 'new areas' }, figuresPublished: { th: 'ตัวเลขที่เผยแพร่', en: 'figures published' },
  errors: { th: 'ข้อผิดพลาด', en: 'errors' }, warnings: { th: 'ข้อสังเกต', en: 'warnings' },
} as const satisfies Partial<Record<keyof ImportReport['counts'], Text>>
const SHOWN_PROBLEMS = 20

/** The report for a person: what became of it, how much, the first problems, and the national totals to hold against the publisher's. */
export function reportText(report: ImportReport, lang: Lang): string {
  const number = (value: number) => value.toLocaleString(lang)
  const counts = Object.entries(COUNTS).map(([name, label]) => ({ label: label[lang], count: report.counts[name as keyof typeof COUNTS] }))
  const unseen = report.problems.length - SHOWN_PROBLEMS + report.problemsLeftOut
  return [
    OUTCOMES[report.outcome][lang],
    ...report.files.map(file => `  ${file.name}: ${number(file.rows)} ${COUNTS.rows[lang]}${file.known ? ` (${OUTCOMES.unchanged[lang]})` : ''}`),
    `  ${counts.filter(({ count }) => count > 0).map(({ label, count }) => `${label} ${number(count)}`).join(' · ')}`,
    ...report.problems.slice(0, SHOWN_PROBLEMS).map(problem => problemLine(problem, lang)),
    ...(unseen > 0 ? [`  … +${number(unseen)} (--json)`] : []),
    ...report.totals.map(({ area, indicator, value }) => `  ${area} ${indicator} = ${number(value)}`),
  ].join('\n')
}

function problemLine({ severity, file, line, column, value, what, todo }: ImportFault, lang: Lang): string {
  const where = [file, line].filter(part => part !== null && part !== '').join(':')
  const cell = column ? ` ${column}${value === null ? '' : `=“${value}”`}` : ''
  return `${severity === 'error' ? '✗' : '!'} ${where}${cell}: ${what[lang]} → ${todo[lang]}`
}
