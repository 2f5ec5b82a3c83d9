import { commonOf } from '../../domain/area/rules.ts'
import { accessProblems } from '../../domain/access/problems.ts'
import type { recordApi } from '../../domain/record/api.ts'
import { recordProblems } from '../../domain/record/problems.ts'
import { parseNationalId } from '../../engine/form/national-id.ts'
import type { FileStore } from '../base/file-store.ts'
import type { Seal } from '../base/seal.ts'
import { note } from '../db/note.ts'
import { noteExport } from '../db/register.ts'
import type { Handlers } from '../http/handler.ts'
import { isCleared, lookingOf } from './read.answers.ts'
import { leavingOf } from './read.export.ts'
import { findFile, openFile } from './read.file.ts'
import { fileOfPoints, getCard, listCards } from './read.explore.ts'
import { exportOpen, getOpenCard, listOpenCards, mapOpenPoints } from './read.explore.open.ts'
import { listRecords, mapRecords } from './read.list.ts'
import { findSealed, listByNumber } from './read.number.ts'
import { fileOf } from './read.sheet.ts'
import { getWhole, getShown } from './read.shown.ts'
import { getFound, getRecord, maySeeFile } from './read.ts'
import { getThing, openPicture } from './read.thing.ts'
import { countRecords, listWaiting } from './read.waiting.ts'

export type RecordParts = { files: FileStore; seal: Seal }
const ASK = { th: 'ผู้ประสานระดับตำบลของพื้นที่', en: 'the tambon integrator of the place' }

type Explored = 'mapPoints' | 'listCards' | 'getCard' | 'mapOpenPoints' | 'listOpenCards' | 'getOpenCard' | 'exportOpen' | 'getThing'
type Plain = 'listRecords' | 'mapRecords' | 'exportRecords' | 'listWaiting' | 'countRecords'
type Numbers = 'getRecord' | 'unsealNumber' | 'findNumber'

export function makeRecordRoutes(parts: RecordParts): Handlers<typeof recordApi> {
  return { ...PLAIN, ...EXPLORED, ...makeFileRoute(parts), ...makeNumberRoutes(parts) }
}

const PLAIN: Handlers<Pick<typeof recordApi, Plain>> = {
  listRecords: async ({ tx, viewer, areas, params, query }) => {
    const looking = lookingOf(viewer, areas, query)
    await note(tx, { action: 'record.list', area: commonOf(looking.areas), target: params.id, reason: looking.purpose })
    return listRecords(tx, await getShown(tx, params.id, looking.areas), looking, query)
  },

  mapRecords: async ({ tx, viewer, areas, params, query }) => {
    const looking = lookingOf(viewer, areas, query)
    await note(tx, { action: 'record.list', area: commonOf(looking.areas), target: params.id, reason: looking.purpose })
    return mapRecords(tx, await getShown(tx, params.id, looking.areas), looking, query)
  },

  exportRecords: async ({ tx, viewer, areas, params, query }) => {
    const looking = lookingOf(viewer, areas, query)
    const whole = await getWhole(tx, params.id, looking.areas)
    await noteExport(tx, {
      what: 'records', action: 'record.export', areas: looking.areas, format: params.as, datasets: [params.id], filter: query, purpose: looking.purpose, ...await leavingOf(tx, whole, looking, query),
    })
    return fileOf(whole, looking, query, params.as, query.table, new Date().toISOString().slice(0, 10))
  },

  listWaiting: ({ tx, viewer, areas, query }) => listWaiting(tx, lookingOf(viewer, areas, query)),
  countRecords: async ({ tx, viewer, areas, query }) => ({ items: await countRecords(tx, lookingOf(viewer, areas, query)) }),
}

/** Of several datasets at once: one look, one line. */
const EXPLORED: Handlers<Pick<typeof recordApi, Explored>> = {
  mapPoints: async ({ tx, viewer, areas, query }) => {
    const looking = lookingOf(viewer, areas, query)
    await note(tx, { action: 'record.list', area: commonOf(looking.areas), target: query.datasets ?? null, reason: looking.purpose })
    return fileOfPoints(looking, query)
  },

  listCards: async ({ tx, viewer, areas, query }) => {
    const looking = lookingOf(viewer, areas, query)
    await note(tx, { action: 'record.list', area: commonOf(looking.areas), target: query.datasets ?? null, reason: looking.purpose })
    return listCards(tx, looking, query)
  },

  getCard: async ({ tx, viewer, areas, params, query }) => {
    const card = await getCard(tx, lookingOf(viewer, areas, query), params.start)
    await note(tx, { action: 'record.see', area: card.area, target: card.id, reason: query.purpose ?? null })
    return card
  },

  mapOpenPoints: ({ tx, query }) => mapOpenPoints(tx, query),
  listOpenCards: ({ tx, query }) => listOpenCards(tx, query),
  getOpenCard: ({ tx, params }) => getOpenCard(tx, params.start),
  exportOpen: ({ tx, params, query }) => exportOpen(tx, params.as, query),
  getThing: ({ tx, params }) => getThing(tx, params.id),
}

function makeFileRoute({ files }: RecordParts): Handlers<Pick<typeof recordApi, 'getRecordFile' | 'getThingPicture'>> {
  return {
    getThingPicture: ({ tx, params, query }) => openPicture(tx, files, params, query.size),
    getRecordFile: async ({ tx, viewer, areas, params, query }) => {
      const found = await getFound(tx, viewer, areas, params.id, query.purpose ?? null), file = await findFile(tx, found.area, params.id, params.name)
      if (!file || !maySeeFile(found, params.name) || await files.size(file.sha256) === null) throw accessProblems.notThere({})
      await note(tx, { action: 'record.file', area: found.area, target: params.id, reason: query.purpose ?? null })
      return openFile(files, file, query.size)
    },
  }
}

function makeNumberRoutes({ seal }: RecordParts): Handlers<Pick<typeof recordApi, Numbers>> {
  return {
    getRecord: async ({ tx, viewer, areas, params, query }) => {
      const found = await getFound(tx, viewer, areas, params.id, query.purpose ?? null)
      await note(tx, { action: 'record.see', area: found.area, target: params.id, reason: query.purpose ?? null })
      return getRecord(tx, found, seal)
    },

    unsealNumber: async ({ tx, viewer, areas, params, body }) => {
      if (body.reason.length < 5) throw recordProblems.needsReason({})
      const found = await getFound(tx, viewer, areas, params.id, body.reason), sealed = await findSealed(tx, found.area, params.id, found.form.model, body.key, body.row)
      if (!sealed) throw recordProblems.noNumber({})
      if (!found.entry.own && !isCleared(found.looking, 'personal')) throw recordProblems.notCleared({ ask: ASK })
      await note(tx, { action: 'number.see', area: found.area, target: params.id, reason: body.reason })
      return { number: unseal(seal, sealed) }
    },

    findNumber: async ({ tx, viewer, areas, params, body }) => {
      const looking = lookingOf(viewer, areas, { purpose: body.purpose }), digits = parseNationalId(body.number)?.digits ?? body.number.trim()
      const places = looking.areas.filter(area => isCleared({ ...looking, areas: [area] }, 'personal'))
      if (places.length === 0) throw recordProblems.notCleared({ ask: ASK })
      await note(tx, { action: 'number.find', area: commonOf(places), target: params.id, reason: body.purpose })
      return { records: await listByNumber(tx, params.id, places, seal.hash(digits)) }
    },
  }
}

function unseal(seal: Seal, sealed: string): string {
  try {
    return seal.open(sealed)
  } catch {
    throw recordProblems.otherKeys({})
  }
}
