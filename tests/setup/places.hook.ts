import { afterAll, expect } from 'vitest'
import { faults } from './places.heard.ts'

afterAll(() => { expect(faults.splice(0), 'every query on a table of places states its place').toEqual([]) })
