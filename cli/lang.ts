import type { Lang } from '../domain/base/text.ts'

/** The language of the person at the keyboard: `--lang`, then the locale; English where the locale is not Thai. */
export function terminalLang(args: string[], variables: NodeJS.ProcessEnv): Lang {
  const asked = args.flatMap((arg, at) => arg === '--lang' ? [args[at + 1]] : arg.startsWith('--lang=') ? [arg.slice(7)] : [])[0]
  if (asked === 'th' || asked === 'en') return asked
  const locale = variables['LC_ALL'] || variables['LC_MESSAGES'] || variables['LANG'] || ''
  return locale.toLowerCase().startsWith('th') ? 'th' : 'en'
}
