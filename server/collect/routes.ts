import { commonOf } from '../../domain/area/rules.ts'
import type { collectApi } from '../../domain/collect/api.ts'
import type { Sent } from '../../domain/collect/collect.ts'
import type { BackupKeys } from '../base/backup-keys.ts'
import type { FileStore } from '../base/file-store.ts'
import type { Seal } from '../base/seal.ts'
import type { Door } from '../auth/door.ts'
import { endSession } from '../auth/sessions.ts'
import { note } from '../db/note.ts'
import { narrow } from '../db/place.ts'
import type { Handlers } from '../http/handler.ts'
import { findConflict } from './read.conflict.ts'
import { getKit } from './read.kit.ts'
import { listPhones } from './read.phones.ts'
import { findSent, listKept } from './read.sent.ts'
import { reportPhone, revokePhone } from './write.phone.ts'

export type CollectParts = { door: Door; files: FileStore; seal: Seal; keys: BackupKeys }

const NOTHING: Sent = { received: false, record: null, files: [], faults: [], conflict: null }

/** All but the taking in of a backup, which comes in a stream (routes.backup.ts). */
export function makeCollectRoutes(parts: CollectParts): Handlers<Omit<typeof collectApi, 'takeBackup'>> {
  return { ...makeOwnRoutes(parts), ...makePhoneRoutes(parts) }
}

function makeOwnRoutes({ files, seal, keys }: CollectParts): Handlers<Pick<typeof collectApi, 'getKit' | 'getSent' | 'reportPhone'>> {
  return {
    getKit: async ({ tx, viewer, areas, query }) => {
      const { tag, kit } = await getKit(tx, viewer, [...areas], keys.publicKey)
      return { tag, kit: query.have === tag ? null : kit }
    },

    getSent: async ({ tx, viewer, areas, params, query }) => {
      const found = await findSent(tx, viewer, areas, { ...params, ...query })
      await note(tx, { action: 'record.confirm', area: found?.area ?? commonOf(areas), target: found && found.instanceId })
      if (!found) return NOTHING
      return { received: true, record: found.record?.id ?? null, files: await listKept(tx, files, found), faults: found.record?.faults ?? [], conflict: await findConflict(tx, viewer, found, seal) }
    },

    reportPhone: async ({ tx, viewer, areas: [home], params, body }) => ({ revoked: home !== undefined && await reportPhone(tx, viewer, home, params.phone, body) }),
  }
}

function makePhoneRoutes({ door }: CollectParts): Handlers<Pick<typeof collectApi, 'listPhones' | 'revokePhone'>> {
  return {
    listPhones: async ({ tx, areas, query }) => {
      await note(tx, { action: 'phone.list', area: commonOf(query.area ? narrow(areas, query.area) : areas) })
      return listPhones(tx, areas, query)
    },

    revokePhone: async ({ tx, viewer, areas, params: { phone }, body }) => {
      const session = await revokePhone(tx, viewer, areas, phone, body)
      if (session !== null) await endSession(door.database.auth, { person: body.person, session }, session)
      return { phone }
    },
  }
}
