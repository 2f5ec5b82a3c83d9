import type { backupApi } from '../../domain/backup/api.ts'
import type { Handlers } from '../http/handler.ts'
import { lastBackup } from './read.last.ts'

export const backupRoutes: Handlers<typeof backupApi> = { getLastBackup: async ({ tx, areas }) => ({ at: await lastBackup(tx, areas) }) }
