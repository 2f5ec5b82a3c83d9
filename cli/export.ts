import { writeFile } from 'node:fs/promises'
import type { z } from 'zod'
import { reasonOf } from '../server/base/folder.ts'
import type { Lang } from '../domain/base/text.ts'
import { baseProblems } from '../domain/base/problems.ts'
import { FigureQuery } from '../domain/figure/api.ts'
import { expectationOf } from '../server/base/expectation.ts'
import { readAs } from '../server/db/scope.ts'
import { figuresFile } from '../server/figure/read.csv.ts'
import { actorOf } from './actor.ts'
import { ask } from './ask.ts'
import { withDatabase } from './database.ts'
import { cliProblems } from './problems.ts'

type Options = { indicator: string; area: string; asOf: string; level?: string; period?: string; source?: string; output?: string; as?: string }

/** Figures as CSV, with their source, to a file or to the screen. */
export async function exportFigures({ output, as, ...query }: Options, lang: Lang): Promise<void> {
  const csv = as === undefined ? await ask(`/api/figures.csv?${new URLSearchParams({ ...query, lang })}`, lang) : await exportAs(as, parseQuery(query), lang)
  if (!output) process.stdout.write(csv)
  else await writeFile(output, csv).catch(error => { throw cliProblems.cannotWrite({ file: output, reason: reasonOf(error) }) })
}

/** The very file that the person would download from the site. */
function exportAs(person: string, query: FigureQuery, lang: Lang): Promise<string> {
  return withDatabase(lang, async ({ app }) => {
    const { scope, areas } = await actorOf(app, person, 'see-internal-figures')
    return (await readAs(app, scope, tx => figuresFile(tx, query, lang, areas))).body
  })
}

function parseQuery(query: object): FigureQuery {
  const parsed = FigureQuery.safeParse(query)
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0] as z.core.$ZodIssue
  throw baseProblems.badRequest({ field: issue.path.join('.'), expected: expectationOf(issue) })
}
