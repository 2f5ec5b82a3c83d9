import { readFileSync } from 'node:fs'
import { Check } from '../domain/dataset/dataset.check.ts'
import { readAnswers } from '../engine/form/answers.ts'
import { compileChecks, judgeRecord } from '../engine/form/check.record.ts'
import { convertForm } from '../engine/form/convert.ts'
import { readWorkbook } from '../engine/form/read-workbook.ts'
import { readXForm } from '../engine/form/read-xform.ts'
import { loadEngineForm, openInEngine } from '../server/base/xforms-engine.ts'
import { interview } from '../tests/setup/interview.ts'
import { stoodAs } from '../tests/setup/stood.ts'
import { measure, median } from './measure.ts'
import { inMs, type Result } from './results.ts'

const SEED = new URL('../seed/dataset/', import.meta.url), SIZES = [1000, 10_000, 100_000], SAMPLE = 20, DRAWN = 400
const AT = new Date('2026-11-26T15:30:00.000+07:00'), MOMENT = { today: '2026-11-26', now: '2026-11-26T15:30:00.000+07:00' }
const BESIDE = { figure: () => 1000, isInArea: () => true }

/** Records judged by their dataset's checks, with how much of them was answered; beside the engine of the forms' authors, which opens one after another. */
export async function benchChecks(): Promise<Result[]> {
  const results: Result[] = []
  for (const id of ['water-source', 'household', 'bmn-2560']) {
    const { xform } = convertForm(await readWorkbook('form.md', readFileSync(new URL(`${id}/form.md`, SEED))), { name: id })
    const model = readXForm(xform ?? ''), form = await loadEngineForm(xform ?? ''), xmls: string[] = []
    for (let turn = 0; turn < SAMPLE; turn++) xmls.push(await interview(form.createInstance(), drawn(turn)).xml())
    const engine = await measure(SAMPLE, run => openInEngine(form, xmls[run] ?? '', AT).catch(() => null))
    const records = xmls.map(xml => stoodAs(model, readAnswers(model, xml))), checks = Check.array().parse(JSON.parse(readFileSync(new URL(`${id}/checks.json`, SEED), 'utf8'))), book = compileChecks(model, checks)
    for (const size of SIZES) results.push({ task: `judging records of ${id} (${checks.length} checks)`, size: `${size.toLocaleString('en')} records`, ours: judgeAll(size, run => judgeRecord(book, records[run % SAMPLE]!, MOMENT, BESIDE)), beside: `the engine, one of ${SAMPLE}: ${inMs(median(engine))}` })
  }
  return results
}

function judgeAll(size: number, judge: (run: number) => unknown): string {
  const began = performance.now()
  for (let run = 0; run < size; run++) judge(run)
  const ms = performance.now() - began
  return `${Math.round(ms / size * 1000).toLocaleString('en')} µs each, ${inMs(ms)} in all`
}

/** The same answers at every run (an additive recurrence). */
const drawn = (turn: number) => Array.from({ length: DRAWN }, (_, i) => Math.floor(((turn * DRAWN + i) * 0.754877666) % 1 * 1e6))
