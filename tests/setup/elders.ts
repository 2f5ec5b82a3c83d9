import type { ReplyOf } from '../../domain/base/api.ts'
import type { recordApi } from '../../domain/record/api.ts'
import { fillIn, signedIn, startCollecting, telephoneOf, untilRead, type Collecting, type Given } from './collecting.ts'
import { datasetOf, define, settingsOf } from './defining.ts'
import { freshDatabase } from './fresh.ts'
import type { Browser, Reply } from './people.ts'
import type { Telephone } from './telephone.ts'

export const HOME = 'TH580703', REASON = 'เทียบกับบัตรสวัสดิการ'
/** Citizens’ numbers with the right last digit, and one with a wrong one. */
export const KHAM = '1101700230708', SAENG = '1101700230716', DUANG = '1101700230724', WRONG = '1101700230701'
const ROLES = {
  buala: ['collector', HOME], khampan: ['collector', HOME], thongdi: ['tambon-integrator', HOME], somsak: ['provincial-integrator', 'TH58'], wilaiphon: ['national-integrator', 'TH'],
  natthaphon: ['analyst', 'TH58'], orathai: ['auditor', 'TH'], pricha: ['administrator', 'TH'], chaidi: ['tambon-integrator', 'TH580702'],
} as const
export type Name = keyof typeof ROLES
export type Detail = ReplyOf<typeof recordApi.getRecord>

/** An elder and who lives with them. */
const formOf = (id: string, type: string) => `| survey | | | | | | |
| | type | name | label::ไทย (th) | label::English (en) | bind::rakkaeo:sensitivity | bind::rakkaeo:role |
| | select_one_from_file villages.csv | village | หมู่บ้าน | Village | open | place |
| | text | remark | หมายเหตุ | Remark | open | |
| | text | name | ชื่อ | Name | personal | title |
| | ${type} | number | เลขประจำตัวประชาชน | National id | personal | national-id |
| | begin_repeat | member | สมาชิก | Member | | |
| | text | member_name | ชื่อ | Name | personal | |
| | ${type} | member_number | เลขประจำตัวประชาชน | National id | personal | national-id |
| | end_repeat | | | | | |
${settingsOf(id)}`

type Meta = NonNullable<Parameters<typeof fillIn>[2]> & { id?: 'elder' | 'voter'; /** A last touch to the text. */ as?: (xml: string) => string }

/** A world in which elders are asked for their citizens' numbers; voters by a form that asks for a whole number, as some do. */
export class Elders {
  readonly house: Collecting
  readonly people: Record<Name, Browser>
  readonly phone: Telephone
  readonly #xforms: Map<string, string>
  private constructor(house: Collecting, people: Record<Name, Browser>, phone: Telephone, xforms: Map<string, string>) {
    this.house = house
    this.people = people
    this.phone = phone
    this.#xforms = xforms
  }

  static async make(): Promise<Elders> {
    const house = await startCollecting(await freshDatabase()), people = {} as Record<Name, Browser>
    for (const [userName, [role, area]] of Object.entries(ROLES)) people[userName as Name] = await signedIn(house, { userName, role, areas: [area] })
    await define(people.pricha, 'TH', datasetOf('elder', { unit: 'person', lasting: true }), formOf('elder', 'text'))
    await define(people.pricha, 'TH', datasetOf('voter', { unit: 'person' }), formOf('voter', 'integer'))
    const phone = await telephoneOf(house, people.buala, [HOME]), offered = (await phone.listForms()).filter(one => ['elder', 'voter'].includes(one.id))
    return new Elders(house, people, phone, new Map(await Promise.all(offered.map(async one => [one.id, (await phone.download(one)).xform] as const))))
  }

  fillIn(given: Given, { id = 'elder', as = xml => xml, ...meta }: Meta = {}): { xml: string; instanceId: string } {
    const { xml, instanceId } = fillIn(this.#xforms.get(id) as string, { village: `${HOME}01`, ...given }, meta)
    return { xml: as(xml), instanceId }
  }

  /** Sends it from บัวลา’s telephone and waits until it is a record. */
  async send(given: Given, meta: Meta = {}): Promise<string> {
    const { xml, instanceId } = this.fillIn(given, meta), heard = await this.phone.submit(xml)
    if (heard.status !== 201) throw new Error(heard.body)
    await untilRead(this.house)
    return instanceId.slice(5)
  }

  async page(who: Name, id: string): Promise<Detail> { return (await this.people[who].get(`/api/records/${id}`)).json() }
  unseal(who: Name, id: string, key = 'number', row: number | null = null, reason = REASON): Promise<Reply> { return this.people[who].post(`/api/records/${id}/number`, { key, row, reason }) }
  find(who: Name, number: string, dataset = 'elder'): Promise<Reply> { return this.people[who].post(`/api/datasets/${dataset}/number`, { number, purpose: REASON }) }
  async opened(...args: Parameters<Elders['unseal']>): Promise<string | undefined> { return (await this.unseal(...args)).json().number }
}
