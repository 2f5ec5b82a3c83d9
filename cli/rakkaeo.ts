import { Command } from 'commander'
import { Problem } from '../domain/base/problem.ts'
import { version } from '../server/base/version.ts'
import { terminalLang } from './lang.ts'
import { say } from './texts.ts'

const lang = terminalLang(process.argv, process.env)

const program = new Command('rakkaeo').description(say.description[lang])
  .version(version, '-V, --version', say.version[lang])
  .option('--lang <th|en>', say.lang[lang])
  .helpOption('-h, --help', say.help[lang])

program.command('start').description(say.start[lang]).action(async () => (await import('./start.ts')).start(lang))

try {
  await program.parseAsync()
  process.exit()
} catch (error) {
  console.error(error instanceof Problem ? error.in(lang) : error)
  process.exit(1)
}
