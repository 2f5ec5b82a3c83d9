import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { AreaCode, DatasetId } from '../../domain/base/ids.ts'
import { isWithin } from '../../domain/area/rules.ts'
import { openRosaApi } from '../../domain/record/api.openrosa.ts'
import { datasetProblems } from '../../domain/dataset/problems.ts'
import type { Database } from '../db/open.ts'
import { read, type Reader } from '../db/db.ts'
import { readAs } from '../db/scope.ts'
import { schemaOf } from '../http/bind.ts'
import { scopeOf } from '../http/viewer.ts'
import { element, xml, XML_HEAD } from '../http/xml.ts'
import { answerTelephone, refuseTelephone } from './routes.telephone.ts'
import type { Collector, FindCollector } from './read.collector.ts'
import { findMedia, listGone, type Media } from './read.media.ts'
import { findXForm, isOffered, listOffers, type Offer } from './read.offer.ts'
import { mountSubmission, type SubmissionParts } from './routes.submission.ts'

export type OpenRosaParts = SubmissionParts & { database: Pick<Database, 'app' | 'public'>; findCollector: FindCollector; /** The public base of links, where one is set. */ publicUrl: string | null }
type Form = { area: AreaCode; id: DatasetId; version: string }
type Asked = { key?: string } & Form & { name: string }
type Call = { request: FastifyRequest; reply: FastifyReply; collector: Collector; params: Asked; /** The address of the telephone's server, without a slash at its end. */ base: string }
type Answer = (call: Call) => Promise<FastifyReply>

/** Puts the OpenRosa API under /api, behind a key and behind a password: one list of forms, one way in, for every client. */
export function mountOpenRosa(api: FastifyInstance, parts: OpenRosaParts): void {
  const answers = answersOf(parts)
  for (const [name, route] of Object.entries(openRosaApi)) {
    const answer = answers[name.replace(/ByKey$/, '')]
    if (!answer) continue
    api.route({
      method: 'GET', url: route.path, schema: { ...schemaOf(route, name), hide: false }, exposeHeadRoute: false, config: { rateLimit: false }, errorHandler: refuseTelephone,
      handler: async (request, reply) => {
        const params = request.params as Asked
        return answer({ request, reply, collector: await parts.findCollector(request, reply, params.key ?? null), params, base: baseOf(request, params, parts.publicUrl) })
      },
    })
  }
  mountSubmission(api, parts)
}

function baseOf(request: FastifyRequest, { key }: Asked, publicUrl: string | null): string {
  return `${publicUrl ?? `${request.protocol}://${request.host}`}/api/${key === undefined ? 'openrosa' : `key/${encodeURIComponent(key)}`}`
}

function answersOf(parts: OpenRosaParts): Record<string, Answer> {
  const inPlaces = <T>({ collector }: Call, work: (tx: Reader) => Promise<T>) => readAs(parts.database.app, scopeOf(collector.viewer, collector.areas), work)
  return {
    listForms: async call => {
      const offers = await read(parts.database.public, tx => listOffers(tx, call.collector))
      return answerTelephone(call.request, call.reply, listOf(offers, call.base))
    },
    getForm: async call => {
      const form = await read(parts.database.public, tx => findXForm(tx, mayHave(call)))
      if (!form) throw datasetProblems.noForm(call.params)
      return answerTelephone(call.request, call.reply, form.xform)
    },
    listMedia: async call => {
      const media = await inPlaces(call, async tx => {
        const form = await findXForm(tx, mayHave(call))
        return Promise.all((form?.files ?? []).map(name => findMedia(tx, call.collector, call.params, name)))
      })
      return answerTelephone(call.request, call.reply, manifestOf(media.filter(one => one !== null), call))
    },
    getMedia: async call => {
      const media = await inPlaces(call, tx => findMedia(tx, call.collector, mayHave(call), call.params.name))
      if (!media) throw datasetProblems.noForm(call.params)
      return call.reply.header('cache-control', 'private, no-store').type(media.type).send(Buffer.from(media.bytes))
    },
    checkThings: async call => {
      const ids = (call.request.query as { id: string }).id.split(',').filter(Boolean)
      return answerTelephone(call.request, call.reply, integrityOf(ids, await inPlaces(call, tx => listGone(tx, call.collector, call.params.id, ids))))
    },
  }
}

/** A form of another place is answered as one that does not exist. */
function mayHave({ collector, params }: Call): Form {
  if (!isOffered(collector, params) || !collector.areas.some(area => isWithin(area, params.area))) throw datasetProblems.noForm(params)
  return params
}

const addressOf = ({ area, id, version }: Form, base: string) => `${base}/forms/${area}/${id}/${encodeURIComponent(version)}`

function listOf(offers: readonly Offer[], base: string): string {
  const forms = offers.map(offer => {
    const url = addressOf(offer, base)
    return `<xform><formID>${xml(offer.id)}</formID><name>${xml(offer.title)}</name><version>${xml(offer.version)}</version><hash>md5:${offer.md5}</hash>`
      + `<downloadUrl>${xml(url)}/form.xml</downloadUrl>${element('manifestUrl', offer.files.length > 0 ? `${xml(url)}/manifest` : null)}</xform>`
  })
  return `<xforms xmlns="http://openrosa.org/xforms/xformsList">${forms.join('')}</xforms>`
}

/** Lists of things say so: the telephone then keeps what it made itself until the server knows of it. */
function manifestOf(media: readonly Media[], { params, base }: Call): string {
  const files = media.map(({ name, md5, things }) => `<mediaFile${things === null ? '' : ' type="entityList"'}><filename>${xml(name)}</filename><hash>md5:${md5}</hash>`
    + `<downloadUrl>${xml(`${addressOf(params, base)}/media/${encodeURIComponent(name)}`)}</downloadUrl>${element('integrityUrl', things && `${xml(base)}/things/${things}`)}</mediaFile>`)
  return `${XML_HEAD}<manifest xmlns="http://openrosa.org/xforms/xformsManifest">${files.join('')}</manifest>`
}

function integrityOf(ids: readonly string[], gone: ReadonlySet<string>): string {
  return `<data><entities>${ids.map(id => `<entity id="${xml(id)}"><deleted>${gone.has(id)}</deleted></entity>`).join('')}</entities></data>`
}
