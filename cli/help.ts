import { Command, CommanderError } from 'commander'
import type { Lang, Text } from '../domain/base/text.ts'
import { say } from './texts.ts'

const TITLES: Record<string, string> = { 'Usage:': 'วิธีใช้:', 'Options:': 'ตัวเลือก:', 'Commands:': 'คำสั่ง:', 'Arguments:': 'สิ่งที่ต้องระบุ:' }

/** What was typed wrong, by the code of the parser; its own sentence is English. */
const FAULTS: Record<string, Text> = {
  'commander.missingArgument': { th: 'ระบุไม่ครบ', en: 'something is missing' },
  'commander.optionMissingArgument': { th: 'ตัวเลือกนี้ต้องมีค่า', en: 'this option needs a value' },
  'commander.missingMandatoryOptionValue': { th: 'ขาดตัวเลือกที่จำเป็น', en: 'a needed option is missing' },
  'commander.unknownOption': { th: 'ไม่รู้จักตัวเลือกนี้', en: 'this option is not known' },
  'commander.unknownCommand': { th: 'ไม่รู้จักคำสั่งนี้', en: 'this command is not known' },
  'commander.excessArguments': { th: 'ระบุเกิน', en: 'there is too much' },
  'commander.invalidArgument': { th: 'ค่านี้ใช้ไม่ได้', en: 'this value is not valid' },
}

/** A command whose help and faults speak the person's language. */
export function makeCommand(name: string, summary: Text, lang: Lang): Command {
  const command = new Command(name).description(summary[lang]).helpOption('-h, --help', say.help[lang]).helpCommand(false).exitOverride()
  command.configureOutput({ outputError: () => {} })
  return command.configureHelp({
    styleTitle: title => lang === 'th' ? TITLES[title] ?? title : title,
    optionDescription: option => option.description + (option.defaultValue === undefined ? '' : ` (${say.usual[lang]} ${option.defaultValue})`),
  })
}

/** The sentence for something typed wrong; null for help and version, which are no faults. */
export function faultText(error: CommanderError, lang: Lang): string | null {
  if (error.exitCode === 0 || error.code === 'commander.help') return null
  const subject = /'([^']+)'/.exec(error.message)?.[1]
  const fault = FAULTS[error.code]?.[lang] ?? error.message
  return `rakkaeo: ${fault}${subject ? `: ${subject}` : ''} (${lang === 'th' ? 'ดูวิธีใช้' : 'see'} rakkaeo --help)`
}
