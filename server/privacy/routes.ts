import { commonOf } from '../../domain/area/rules.ts'
import type { AreaCode } from '../../domain/base/ids.ts'
import { Sensitivity, type Viewer } from '../../domain/access/access.ts'
import type { privacyApi } from '../../domain/privacy/api.ts'
import type { Holding, Spot } from '../../domain/privacy/privacy.ts'
import { privacyProblems } from '../../domain/privacy/problems.ts'
import { parseSpots } from '../../domain/privacy/rules.ts'
import type { FileStore } from '../base/file-store.ts'
import { note } from '../db/note.ts'
import { narrow } from '../db/place.ts'
import { noteExport } from '../db/register.ts'
import type { Witness } from '../db/scope.ts'
import type { Handlers } from '../http/handler.ts'
import { isCleared, lookingOf, type Looking } from '../record/read.answers.ts'
import { fileOfActivities, listActivities } from './read.activities.ts'
import { fileOfExports, listExports } from './read.exports.ts'
import { findPerson } from './read.find.ts'
import { getPerson } from './read.person.ts'
import { listErasures, listProposals } from './read.proposals.ts'
import { zipOfPerson } from './read.zip.ts'
import { erase, type EraseParts } from './write.erase.ts'
import { settle } from './write.proposals.ts'

export type PrivacyParts = EraseParts & { files: FileStore }
type OfPersons = 'findPerson' | 'getPerson' | 'exportPerson' | 'erasePerson' | 'settleProposals'
/** The reason for which a list is shown: what is due is looked at to be decided on. */
const TO_DECIDE = 'ดูข้อมูลที่ครบกำหนดเก็บ'

export function makePrivacyRoutes(parts: PrivacyParts): Handlers<typeof privacyApi> {
  return { ...LISTS, ...makePersonRoutes(parts) }
}

const LISTS: Handlers<Omit<typeof privacyApi, OfPersons>> = {
  listProposals: async ({ tx, viewer, areas, query }) => {
    const looking = lookingOf(viewer, areas, { area: query.area, purpose: TO_DECIDE })
    await note(tx, { action: 'privacy.list', area: commonOf(asked(areas, query.area)), target: query.dataset ?? null, reason: TO_DECIDE })
    return listProposals(tx, looking, query)
  },
  listErasures: ({ tx, areas, query }) => listErasures(tx, areas, query),
  listExports: async ({ tx, areas, query }) => {
    await note(tx, { action: 'privacy.exports', area: commonOf(asked(areas, query.area)) })
    return listExports(tx, areas, query)
  },
  exportExports: async ({ tx, areas, query }) => {
    await note(tx, { action: 'privacy.exports', area: commonOf(asked(areas, query.area)), target: 'csv' })
    return fileOfExports(tx, areas, query)
  },
  listActivities: async ({ tx }) => ({ items: await listActivities(tx) }),
  downloadActivities: ({ tx, query }) => fileOfActivities(tx, query.lang),
}

/** Outside of one's places nothing was asked, and the line says one's own. */
const asked = (areas: readonly AreaCode[], area: AreaCode | undefined): readonly AreaCode[] => area && narrow(areas, area).length > 0 ? narrow(areas, area) : areas

function makePersonRoutes({ files, seal, list }: PrivacyParts): Handlers<Pick<typeof privacyApi, OfPersons>> {
  return {
    findPerson: async ({ tx, viewer, areas, body }) => {
      const looking = lookingOf(viewer, areas, body)
      await note(tx, { action: 'privacy.find', area: commonOf(asked(areas, body.area)), reason: body.purpose })
      return looking.areas.length === 0 ? { items: [], more: false } : findPerson(tx, looking, body, seal)
    },
    getPerson: async ({ tx, viewer, areas, query }) => {
      const items = await getPerson(tx, lookingOf(viewer, areas, query), mustParse(query.spots), seal)
      await noteEach(tx, items, query.purpose)
      return { items }
    },
    exportPerson: async ({ tx, viewer, areas, query, lang }) => {
      const looking = lookingOf(viewer, areas, query), items = await getPerson(tx, looking, mustParse(query.spots), seal), places = items.map(({ area }) => area)
      await noteExport(tx, {
        what: 'person', action: 'privacy.export', areas: places, format: 'zip', datasets: [...new Set(items.map(({ dataset }) => dataset))], sensitivities: keptIn(looking), purpose: query.purpose,
        held: items.map(({ area }) => ({ area, records: 1 })), target: items.length === 1 ? items[0]?.record ?? null : `${items.length}`,
      })
      return zipOfPerson(tx, files, items, query.lang ?? lang)
    },
    erasePerson: async ({ tx, viewer, areas, body }) => {
      if (!body.preview) mustBeByHand(viewer, body)
      return erase(tx, { seal, list }, { viewer, areas }, { ...body, spots: mustParse(body.spots), cause: 'request' }, body.preview)
    },
    settleProposals: async ({ tx, viewer, areas, body }) => {
      if (body.act === 'erase') mustBeByHand(viewer, { ...body, request: body.act })
      return settle(tx, { seal, list }, { viewer, areas }, body)
    },
  }
}

/** What cannot be taken back is done by somebody who signed in, and says why. */
function mustBeByHand({ via }: Viewer, { request, reason }: { request: string; reason: string }): void {
  if (via !== 'session') throw privacyProblems.byHand({})
  if (request.length < 1 || reason.length < SHORTEST_REASON) throw privacyProblems.needsReason({})
}
const SHORTEST_REASON = 5

function mustParse(text: string): Spot[] {
  const spots = parseSpots(text)
  if (!spots || spots.length === 0) throw privacyProblems.nothingChosen({})
  return spots
}

const keptIn = (looking: Looking): Sensitivity[] => Sensitivity.options.filter(kind => isCleared(looking, kind))

async function noteEach(tx: Witness, items: readonly Holding[], purpose: string): Promise<void> {
  for (const { area, record } of new Map(items.map(item => [item.record, item])).values()) await note(tx, { action: 'privacy.see', area, target: record, reason: purpose })
}
