import { readXlsx } from 'hucre/xlsx'
import type { Sensitivity } from '../../domain/access/access.ts'
import type { DatasetUnit } from '../../domain/dataset/dataset.ts'
import { fillIn, type Collecting, type Given } from './collecting.ts'
import { datasetOf, define, settingsOf } from './defining.ts'
import type { Browser, Reply } from './people.ts'
import type { Telephone } from './telephone.ts'
import { unzip } from './unzip.ts'

/** Families and shops whose every answer is known at sight wherever it comes out: whose it is, and to which question. */
type Field = { name: string; type: string; kind: Sensitivity; role?: string; ofMember?: true }
const FIELDS: Field[] = [
  { name: 'sign', type: 'text', kind: 'open' }, { name: 'sign_photo', type: 'image', kind: 'open', role: 'photo' }, { name: 'water', type: 'text', kind: 'internal' },
  { name: 'head', type: 'text', kind: 'personal', role: 'title' }, { name: 'house', type: 'geopoint', kind: 'personal', role: 'point' }, { name: 'house_photo', type: 'image', kind: 'personal' },
  { name: 'belief', type: 'text', kind: 'sensitive' }, { name: 'wound_photo', type: 'image', kind: 'sensitive' },
  ...(['open', 'internal', 'personal', 'sensitive'] as const).map(kind => ({ name: `${kind}_forgotten`, type: 'text', kind })),
  { name: 'school', type: 'text', kind: 'open', ofMember: true }, { name: 'task', type: 'text', kind: 'internal', ofMember: true },
  { name: 'member_name', type: 'text', kind: 'personal', ofMember: true }, { name: 'number', type: 'text', kind: 'personal', role: 'national-id', ofMember: true },
  { name: 'illness', type: 'text', kind: 'sensitive', ofMember: true }, { name: 'illness_photo', type: 'image', kind: 'sensitive', ofMember: true },
]
/** A required question that nobody answers: a fault of each closeness. */
const isForgotten = ({ name }: Field) => name.endsWith('_forgotten')

const row = ({ name, type, kind, role = '' }: Field) => `| | ${type} | ${name} | ${name} | ${name} | ${name.endsWith('_forgotten') ? 'yes' : ''} | ${kind} | ${role} |`
const formOf = (id: string) => `| survey | | | | | | | |
| | type | name | label::ไทย (th) | label::English (en) | required | bind::rakkaeo:sensitivity | bind::rakkaeo:role |
| | select_one_from_file villages.csv | village | หมู่บ้าน | Village | yes | open | place |
| | date | visit_date | วันที่ | Date | yes | open | date |
${FIELDS.filter(field => !field.ofMember).map(row).join('\n')}
| | begin_repeat | member | สมาชิก | Member | | | |
${FIELDS.filter(field => field.ofMember).map(row).join('\n')}
| | end_repeat | | | | | | |
${settingsOf(id)}`

export async function defineCanaries(browser: Browser, id: string, unit: DatasetUnit): Promise<void> {
  await define(browser, 'TH', datasetOf(id, { unit }), formOf(id))
}

/** Points and numbers cannot bear a name: they are these. `who` is a letter, `turn` a digit. */
const NUMBERS: Record<string, string> = { a: '1101700230708', b: '1101700230716' }
const latOf = (who: string, turn: number) => `19.57${who.charCodeAt(0)}${turn}`

/** Sends what `who` answers in their first or second turn, with all pictures, for a telephone. */
export async function sendCanaries(phone: Telephone, xform: string, who: string, turn: number, meta: Parameters<typeof fillIn>[2] = {}): Promise<string> {
  const answerOf = ({ name, type, role }: Field) => type === 'geopoint' ? `${latOf(who, turn)} 98.2 0 0` : role === 'national-id' ? NUMBERS[who] : `zq-${name}-${who}${turn}${type === 'image' ? '.jpg' : ''}`
  const answers = (ofMember: boolean): Given => Object.fromEntries(FIELDS.filter(field => (field.ofMember ?? false) === ofMember && !isForgotten(field)).map(field => [field.name, answerOf(field)]))
  const { xml, instanceId } = fillIn(xform, { village: 'TH58070301', visit_date: `2026-11-2${turn}`, ...answers(false), member: [answers(true)] }, meta)
  const heard = await phone.submit(xml, FIELDS.filter(({ type }) => type === 'image').map(field => ({ name: answerOf(field) as string, bytes: Buffer.from(`picture of ${who}`) })))
  if (heard.status !== 201) throw new Error(heard.body)
  return instanceId
}

/** Which answers of whom stand in a text, of any turn: `a sign`, … */
export function seenIn(text: string): string[] {
  const named = [...text.matchAll(/zq-([a-z_]+)-([a-z])\d/g)].map(([, name, who]) => `${who} ${name}`)
  const points = [...text.matchAll(/19\.57(97|98)\d/g)].map(([, code]) => `${String.fromCharCode(Number(code))} house`)
  const numbers = Object.entries(NUMBERS).filter(([, number]) => text.includes(number) || text.includes(`-${number.slice(10, 12)}-${number.slice(12)}`)).map(([who]) => `${who} number`)
  return [...new Set([...named, ...points, ...numbers])].sort()
}

type Level = 'record' | 'member'
const LETTERS: Record<string, Sensitivity> = { o: 'open', i: 'internal', p: 'personal', s: 'sensitive' }

/** The fields of these kinds: `oip` are the open, internal and personal ones. */
export function fieldsOf(kinds: string, levels: Level[], which: (field: Field) => boolean = field => !isForgotten(field)): string[] {
  const wanted = [...kinds].map(letter => LETTERS[letter])
  return FIELDS.filter(field => which(field) && wanted.includes(field.kind) && levels.includes(field.ofMember ? 'member' : 'record')).map(({ name }) => name).sort()
}
export const picturesOf = (kinds: string) => fieldsOf(kinds, ['record', 'member'], ({ type }) => type === 'image')
export const forgottenOf = (kinds: string) => fieldsOf(kinds, ['record'], isForgotten)

export type Looker = { get(url: string): Promise<Reply> }

/** A program that bears a token instead of a cookie. */
export function programOf({ app }: Collecting, secret: string): Looker {
  return { get: url => app.inject({ url, headers: { authorization: `Bearer ${secret}` } }) }
}

/** A spreadsheet as text; what another program reads of it. */
export async function sheetText(bytes: Buffer): Promise<string> {
  return JSON.stringify((await readXlsx(bytes)).sheets)
}
export const zipText = (bytes: Buffer): string => [...unzip(bytes)].filter(([name]) => name !== 'fields.csv').map(([, body]) => body.toString('utf8')).join('\n')
