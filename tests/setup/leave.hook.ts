import { afterAll } from 'vitest'
import { leaveAll } from './leave.ts'

afterAll(leaveAll)
