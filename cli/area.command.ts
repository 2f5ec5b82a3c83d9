import type { Command } from 'commander'
import type { ChangeKind } from '../domain/change/change.ts'
import type { Lang, Text } from '../domain/base/text.ts'
import { makeCommand } from './help.ts'
import { say } from './texts.ts'

/** `area …`: one is shown, and changed as an act; each command loads its own code only when it is called. */
export function areaCommand(lang: Lang): Command {
  return makeCommand('area', say.areaCommand, lang).addCommand(showCommand(lang))
    .addCommand(changing('rename', lang).requiredOption('--name <name>', say.changeName[lang]))
    .addCommand(changing('move', lang).requiredOption('--to <code>', say.changeTo[lang]))
    .addCommand(changing('split', lang).requiredOption('--part <part>', say.changePart[lang], collect).option('--outline <part>', say.changeOutline[lang], collect).option('--heir <code>', say.changeHeir[lang]))
    .addCommand(changing('merge', lang).requiredOption('--to <code>', say.changeTo[lang]).requiredOption('--name <name>', say.changeName[lang]))
    .addCommand(changesCommand(lang)).addCommand(undoCommand(lang))
}

const KINDS: Record<ChangeKind, Text> = { rename: say.areaRename, move: say.areaMove, split: say.areaSplit, merge: say.areaMerge }
const collect = (value: string, before: string[] = []) => [...before, value]

function changing(kind: ChangeKind, lang: Lang): Command {
  return makeCommand(kind, KINDS[kind], lang).argument(kind === 'merge' ? '<code...>' : '<code>', say.area[lang]).requiredOption('--reason <text>', say.changeReason[lang]).option('--day <day>', say.changeDay[lang], today())
    .option('--do [seen]', say.changeDo[lang]).option('--as <person>', say.as[lang]).option('--json', say.json[lang])
    .action(async (given: string | string[], options) => (await import('./area.change.ts')).changeArea(kind, [given].flat(), options, lang))
}

/** By the calendar of Thailand. */
function today(): string {
  return new Date().toLocaleDateString('sv-SE', { timeZone: 'Asia/Bangkok' })
}

function showCommand(lang: Lang): Command {
  return makeCommand('show', say.areaShow, lang).argument('<code>', say.area[lang]).option('--json', say.json[lang])
    .action(async (code, options) => (await import('./area.ts')).showArea(code, options, lang))
}

function changesCommand(lang: Lang): Command {
  return makeCommand('changes', say.areaChanges, lang).argument('[code]', say.area[lang]).option('--as <person>', say.as[lang]).option('--json', say.json[lang])
    .action(async (code, options) => (await import('./area.change.ts')).listChanges(code, options, lang))
}

function undoCommand(lang: Lang): Command {
  return makeCommand('undo', say.areaUndo, lang).argument('<id>', say.changeId[lang]).option('--as <person>', say.as[lang]).option('--json', say.json[lang])
    .action(async (id, options) => (await import('./area.change.ts')).undoArea(id, options, lang))
}
