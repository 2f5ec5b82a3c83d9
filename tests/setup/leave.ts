const leaving: (() => unknown)[] = []

/**
 * What is to be done when the test file is over, last come first served, after the hooks of the file itself. May be called from
 * anywhere; an `afterAll` that is called inside a `beforeAll` or a test is taken and never run. A bench, which has no files, ends its process.
 */
export function whenFileEnds(leave: () => unknown): void {
  leaving.push(leave)
}

export async function leaveAll(): Promise<void> {
  for (let leave = leaving.pop(); leave; leave = leaving.pop()) await leave()
}
