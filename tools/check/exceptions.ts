import type { Fault } from './source.ts'

/** A fault that we keep on purpose, with the reason. One that no longer occurs is itself a fault. */
export type Exception = { file: string; about: string; reason: string }

export const EXCEPTIONS: Exception[] = [
  { file: 'domain/area/succession.ts', about: 'not succession', reason: 'the ledger of area changes is a subject of its own, larger than a rule' },
  { file: 'domain/import/tpmap.ts', about: 'not tpmap', reason: 'the layout of one publisher is data; another publisher gets a file beside it' },
  { file: 'seed/dataset/occurrence/form.md', about: '“kingdom”', reason: 'dwc:kingdom is the name of Darwin Core’s term' },
]

/** Takes the kept faults out, and tells of exceptions that nothing needs any more. */
export function applyExceptions(faults: Fault[], exceptions: Exception[]): Fault[] {
  const covers = (exception: Exception, fault: Fault) => fault.file === exception.file && fault.say.includes(exception.about)
  const stale = exceptions.filter(exception => !faults.some(fault => covers(exception, fault)))
  return [
    ...faults.filter(fault => !exceptions.some(exception => covers(exception, fault))),
    ...stale.map(({ file, about }) => ({ file, say: `the exception about “${about}” is no longer needed` })),
  ]
}
