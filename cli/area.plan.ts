import { readFile } from 'node:fs/promises'
import { baseProblems } from '../domain/base/problems.ts'
import { ChangePlan, type ChangeKind } from '../domain/change/change.ts'
import { readOutline } from '../engine/geo/read-outline.ts'
import { expectationOf } from '../server/base/expectation.ts'
import { reasonOf } from '../server/base/folder.ts'
import { cliProblems } from './problems.ts'

export type PlanOptions = { to?: string; name?: string; part?: string[]; outline?: string[]; heir?: string; day: string; reason: string }

const PERCENT = 100
/** `TH580705=เมืองแพม/Mueang Phaem:40:05,06,07`: code, names, share of the old numbers in percent, and what lies directly below and goes there. */
const PART = /^(?<code>\w+)=(?<th>[^:/]+)(?:\/(?<en>[^:]*))?(?::(?<share>[\d.]*)%?)?(?::(?<below>[\w, ]*))?$/

/** What was typed, as the plan that the site makes of its form. */
export async function planOf(kind: ChangeKind, areas: string[], { to = '', name = '', part = [], outline = [], heir, day, reason }: PlanOptions): Promise<ChangePlan> {
  const [area = ''] = areas, about = { day, reason }, code = to.toUpperCase()
  switch (kind) {
    case 'rename': return parsed({ kind, area, name: nameOf(name), ...about })
    case 'move': return parsed({ kind, area, code, ...about })
    case 'merge': return parsed({ kind, areas, code, name: nameOf(name), ...about })
    case 'split': {
      const parts = partsOf(area, part, new Map(await Promise.all(outline.map(readPart))))
      return parsed({ kind, area, parts, heir: heir ?? parts.find(each => each.code === area)?.code ?? parts[0]?.code, ...about })
    }
    default: return kind satisfies never
  }
}

function nameOf(text: string): { th: string; en: string } {
  const [th = '', en = ''] = text.split('/').map(one => one.trim())
  return { th, en }
}

/** Where no share is given the villages of each part say it. */
export function partsOf(area: string, texts: readonly string[], outlines: ReadonlyMap<string, unknown>) {
  const parts = texts.map(text => {
    const { code = '', th = '', en = '', share = '', below = '' } = PART.exec(text)?.groups ?? {}
    if (!code) throw baseProblems.badRequest({ field: `--part ${text}`, expected: 'CODE=NAME/English:SHARE:01,02,03' })
    const children = below.split(',').map(one => one.trim()).filter(Boolean).map(one => one.length === 2 ? area + one : one)
    return { code: code.toUpperCase(), name: { th: th.trim(), en: en.trim() }, share, children, outline: outlines.get(code.toUpperCase()) ?? null }
  })
  const all = parts.reduce((sum, { children }) => sum + children.length, 0), isSaid = parts.some(({ share }) => share !== '')
  return parts.map(part => ({ ...part, share: isSaid ? Number(part.share) / PERCENT : all === 0 ? 1 / parts.length : part.children.length / all }))
}

/** `TH580705=part.geojson` */
async function readPart(text: string): Promise<[string, unknown]> {
  const [code = '', file = ''] = text.split(/=(.*)/s), outline = readOutline(await readFile(file, 'utf8').catch(error => { throw cliProblems.cannotRead({ file, reason: reasonOf(error) }) }))
  if (!outline) throw baseProblems.badRequest({ field: file, expected: 'GeoJSON (Polygon, MultiPolygon)' })
  return [code.toUpperCase(), outline]
}

function parsed(plan: unknown): ChangePlan {
  const result = ChangePlan.safeParse(plan)
  if (result.success) return result.data
  const [issue] = result.error.issues
  throw baseProblems.badRequest({ field: issue?.path.join('.') ?? '', expected: expectationOf(issue as Parameters<typeof expectationOf>[0]) })
}
