/** What was wrong with a source and how it was mended: printed into seed/SOURCES.md. */
const faults: { file: string; fault: string }[] = []

export function noteFault(file: string, fault: string): void {
  faults.push({ file, fault })
}

export function faultsOf(file: string): string[] {
  return faults.filter(line => line.file === file).map(line => line.fault)
}
