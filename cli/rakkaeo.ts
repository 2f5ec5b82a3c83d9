import { CommanderError, InvalidArgumentError, type Command } from 'commander'
import { Problem } from '../domain/base/problem.ts'
import { version } from '../server/base/version.ts'
import { areaCommand } from './area.command.ts'
import { faultText, makeCommand } from './help.ts'
import { terminalLang } from './lang.ts'
import { say } from './texts.ts'

const lang = terminalLang(process.argv, process.env)
const command = (name: string, summary: typeof say[keyof typeof say]) => makeCommand(name, summary, lang)

/** Each command loads its own code only when it is called: help comes at once. An option belongs to the command before it. */
function makeProgram(): Command {
  return command('rakkaeo', say.description).enablePositionalOptions()
    .version(version, '-V, --version', say.version[lang])
    .option('--lang <th|en>', say.lang[lang])
    .addCommand(command('start', say.start).action(async () => (await import('./start.ts')).start(lang)))
    .addCommand(command('migrate', say.migrate).option('--rehearse', say.rehearse[lang]).option('--json', say.json[lang]).action(async options => (await import('./migrate.ts')).migrate(options, lang)))
    .addCommand(backupCommand()).addCommand(restoreCommand())
    .addCommand(command('build', say.build).action(async () => (await import('./build.ts')).build(lang)))
    .addCommand(command('import', say.import).addCommand(importTpmapCommand()).addCommand(importTableCommand()).addCommand(importAreaCommand()))
    .addCommand(exportCommand())
    .addCommand(command('form', say.formCommand).addCommand(formConvertCommand()).addCommand(formRecheckCommand()))
    .addCommand(command('figures', say.figures).addCommand(figuresCheckCommand()).addCommand(command('rebuild', say.figuresRebuild).action(async () => (await import('./figures.ts')).rebuildAll(lang))))
    .addCommand(command('collector', say.collector).addCommand(collectorTokenCommand()).addCommand(collectorBackupCommand()))
    .addCommand(command('duplicates', say.duplicatesCommand).addCommand(duplicatesFindCommand()))
    .addCommand(areaCommand(lang))
    .addCommand(command('admin', say.admin).addCommand(adminCreateCommand()).addCommand(adminLinkCommand()))
    .addCommand(command('audit', say.audit).addCommand(auditVerifyCommand()))
    .addHelpText('after', `\n${say.settings[lang]}`)
}

function backupCommand(): Command {
  return command('backup', say.backup).argument('<file>', say.backupTo[lang]).option('--force', say.backupForce[lang]).option('--json', say.json[lang])
    .action(async (file, options) => (await import('./backup.ts')).backUp(file, options, lang))
}

function restoreCommand(): Command {
  return command('restore', say.restore).argument('<file>', say.restoreFrom[lang]).option('--check', say.restoreCheck[lang]).option('--other-keys', say.restoreOtherKeys[lang]).option('--json', say.json[lang])
    .action(async (file, options) => (await import('./restore.ts')).takeBack(file, options, lang))
}

function importTpmapCommand(): Command {
  return command('tpmap', say.importTpmap).argument('<file...>', say.files[lang])
    .option('--year <year>', say.year[lang]).option('--keep-good', say.keepGood[lang]).option('--as <person>', say.as[lang]).option('--json', say.json[lang])
    .action(async (files, options) => (await import('./import.ts')).importFiles(files, options, lang))
}

function importTableCommand(): Command {
  return command('table', say.importTable).argument('<file>', say.tableFile[lang]).option('--dataset <id>', say.tableDataset[lang]).option('--source <id>', say.tableSource[lang]).option('--mapping <file>', say.mapping[lang])
    .option('--dry-run', say.tryOnly[lang]).option('--again', say.again[lang]).option('--keep-good', say.keepGood[lang]).option('--keep-faulty', say.keepFaulty[lang])
    .option('--as <person>', say.as[lang]).option('--json', say.json[lang])
    .action(async (file, options) => (await import('./import.table.ts')).importTable(file, options, lang))
}

function importAreaCommand(): Command {
  return command('area', say.importArea).argument('<file>', say.packageFile[lang]).option('--dry-run', say.dryRun[lang]).option('--json', say.json[lang])
    .action(async (file, options) => (await import('./import.area.ts')).importArea(file, options, lang))
}

function exportAreaCommand(): Command {
  return command('area', say.exportArea).argument('<code>', say.area[lang]).requiredOption('--out <file>', say.packageFile[lang]).option('--as <person>', say.as[lang]).option('--purpose <text>', say.purpose[lang])
    .action(async (code, options) => (await import('./export.area.ts')).exportArea(code, options, lang))
}

/** What stands behind `export area` is told to that: both know `--as`. */
function exportCommand(): Command {
  return command('export', say.export).enablePositionalOptions().addCommand(exportAreaCommand()).option('--indicator <id>', say.indicator[lang])
    .option('--area <code>', say.area[lang], 'TH').option('--level <level>', say.level[lang]).option('--period <year>', say.period[lang])
    .option('--source <id>', say.source[lang]).option('--as-of <when>', say.asOf[lang], 'now').option('--as <person>', say.asReader[lang]).option('-o, --output <file>', say.output[lang])
    .action(async (options, self: Command) => {
      if (!options.indicator) self.error("required option '--indicator <id>'", { code: 'commander.missingMandatoryOptionValue' })
      await (await import('./export.ts')).exportFigures(options, lang)
    })
}

function formConvertCommand(): Command {
  return command('convert', say.formConvert).argument('<file>', say.formFile[lang]).option('--json', say.json[lang])
    .action(async (file, options) => (await import('./form.ts')).convert(file, options, lang))
}

function formRecheckCommand(): Command {
  return command('recheck', say.formRecheck).option('--dataset <id>', say.dataset[lang]).option('--area <code>', say.area[lang])
    .option('--most <number>', say.most[lang], wholeNumber, 200).option('--as <person>', say.as[lang]).option('--json', say.json[lang])
    .action(async options => (await import('./form.recheck.ts')).recheckForms(options, lang))
}

function figuresCheckCommand(): Command {
  return command('check', say.figuresCheck).option('--json', say.json[lang]).action(async options => (await import('./figures.ts')).checkAll(options, lang))
}

function wholeNumber(text: string): number {
  if (!/^[1-9]\d{0,5}$/.test(text)) throw new InvalidArgumentError('')
  return Number(text)
}

function collectorTokenCommand(): Command {
  return command('token', say.collectorToken).requiredOption('--area <code>', say.area[lang]).option('--dataset <id>', say.dataset[lang])
    .option('--as <person>', say.collectorAs[lang], 'khamkaeo').option('--days <days>', say.days[lang], '30')
    .action(async options => (await import('./collector.ts')).printToken(options, lang))
}

function collectorBackupCommand(): Command {
  return command('backup', say.collectorBackup).argument('<file>', say.backupFile[lang]).requiredOption('--as <person>', say.backupAs[lang]).option('--json', say.json[lang])
    .action(async (file, options) => (await import('./collector.backup.ts')).takeBackupFile(file, options, lang))
}

function duplicatesFindCommand(): Command {
  return command('find', say.duplicatesFind).requiredOption('--area <code>', say.area[lang]).option('--as <person>', say.as[lang])
    .action(async options => (await import('./duplicates.ts')).findDuplicates(options, lang))
}

function adminCreateCommand(): Command {
  return command('create', say.adminCreate).option('--name <name>', say.personName[lang]).option('--user-name <name>', say.userName[lang], 'admin').option('--email <address>', say.email[lang])
    .action(async options => (await import('./admin.ts')).createAdmin(options, lang))
}

function adminLinkCommand(): Command {
  return command('link', say.adminLink).argument('<user>', say.userName[lang]).option('--without-second-factor', say.withoutSecondFactor[lang])
    .action(async (user, options) => (await import('./admin.ts')).linkPerson(user, options, lang))
}

function auditVerifyCommand(): Command {
  return command('verify', say.auditVerify).option('--head <hash>', say.head[lang]).option('--json', say.json[lang])
    .action(async options => (await import('./audit.ts')).verifyAudit(options, lang))
}

function tell(error: unknown): number {
  if (error instanceof CommanderError) {
    const text = faultText(error, lang)
    if (text) refuse('command/usage', text)
    return error.exitCode
  }
  if (error instanceof Problem) refuse(error.code, error.in(lang))
  else console.error(error)
  return 1
}

/** A sentence for people; and where JSON was asked for, the same for programs. */
function refuse(code: string, detail: string): void {
  console.error(detail)
  if (process.argv.includes('--json')) console.log(JSON.stringify({ code, detail }))
}

try {
  await makeProgram().parseAsync(process.argv.filter((arg, at, all) => !/^--lang(=|$)/.test(arg) && all[at - 1] !== '--lang'))
} catch (error) {
  process.exitCode = tell(error)
}
// Whatever was printed leaves first, also into a slow pipe.
await Promise.all([process.stdout, process.stderr].map(stream => new Promise(resolve => stream.write('', resolve))))
process.exit()
