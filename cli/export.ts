import { writeFile } from 'node:fs/promises'
import { reasonOf } from '../server/base/folder.ts'
import type { Lang } from '../domain/base/text.ts'
import { ask } from './ask.ts'
import { cliProblems } from './problems.ts'

type Options = { indicator: string; area: string; asOf: string; level?: string; period?: string; source?: string; output?: string }

/** Figures as CSV, with their source, to a file or to the screen. */
export async function exportFigures({ output, ...query }: Options, lang: Lang): Promise<void> {
  const csv = await ask(`/api/figures.csv?${new URLSearchParams({ ...query, lang })}`, lang)
  if (!output) process.stdout.write(csv)
  else await writeFile(output, csv).catch(error => { throw cliProblems.cannotWrite({ file: output, reason: reasonOf(error) }) })
}
