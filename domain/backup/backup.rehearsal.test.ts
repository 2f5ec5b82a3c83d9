import { expect, test } from 'vitest'
import { compareThings, type Thing } from './backup.rehearsal.ts'

const thing = (kind: Thing['kind'], name: string, of: string | null = null, definition = ''): Thing => ({ kind, name, of, definition })

test('what comes with a new table is not told one by one, a column more of an old table is, and so is what reads differently', () => {
  const before = [thing('table', 'core.area'), thing('column', 'core.area.code', 'core.area', 'text'), thing('table', 'core.old'), thing('index', 'core.old_code', 'core.old')]
  const after = [thing('table', 'core.area'), thing('column', 'core.area.code', 'core.area', 'text not null'), thing('column', 'core.area.name', 'core.area', 'text'), thing('table', 'core.visit'), thing('column', 'core.visit.id', 'core.visit')]
  expect(compareThings(before, after)).toEqual({ added: ['column core.area.name', 'table core.visit'], removed: ['table core.old'], changed: ['column core.area.code'] })
  expect(compareThings(after, after)).toEqual({ added: [], removed: [], changed: [] })
})
