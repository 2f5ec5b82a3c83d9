import type { Lang, Text } from '../domain/base/text.ts'

/** Says what is being done: one line per work, with its share in percent where one can see it grow. Goes to the error stream, so that a reply stays clean. */
export type Progress = {
  step(name: Text): void
  /** How far the work of this name is. */
  count(name: Text, done: number, total: number): void
}

export function makeProgress(lang: Lang, out: NodeJS.WriteStream = process.stderr): Progress {
  let open = ''
  const finish = () => { if (open && out.isTTY) out.write('\n'); open = '' }
  return {
    step: name => { finish(); out.write(`· ${name[lang]}\n`) },
    count: (name, done, total) => {
      const percent = `${Math.floor(100 * done / Math.max(total, 1))} %`
      if (name[lang] !== open) finish()
      if (out.isTTY) out.write(`\r· ${name[lang]} ${percent}`)
      else if (name[lang] !== open) out.write(`· ${name[lang]}\n`)
      open = name[lang]
      if (done >= total) finish()
    },
  }
}
