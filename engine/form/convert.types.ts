/** What a question becomes: the attributes of its bind, and the element of its control (null: it is not shown). */
export type QuestionType = { name: string; bind: Record<string, string>; tag: string | null; control: Record<string, string>; hint: string }
type Given = Partial<Omit<QuestionType, 'name'>>

const input = (type: string, more: Given = {}): Given => ({ bind: { type }, tag: 'input', ...more })
const upload = (mediatype: string): Given => ({ bind: { type: 'binary' }, tag: 'upload', control: { mediatype } })
const preload = (type: string, source: string, params: string): Given => ({ bind: { 'jr:preload': source, type, 'jr:preloadParams': params } })
const property = (name: string) => preload('string', 'property', name)
const upTo = (most: number, hint: string) => input('int', { bind: { type: 'int', constraint: `0 <= . and . <= ${most}` }, hint })

const TYPES: Record<string, Given> = {
  text: input('string'), integer: input('int'), decimal: input('decimal'), date: input('date'), time: input('time'), dateTime: input('dateTime'),
  range: { bind: { type: 'int' }, tag: 'range' }, geopoint: input('geopoint'), geotrace: input('geotrace'), geoshape: input('geoshape'), barcode: input('barcode'),
  photo: upload('image/*'), audio: upload('audio/*'), video: upload('video/*'), file: upload('application/*'),
  note: input('string', { bind: { readonly: 'true()', type: 'string' } }), acknowledge: { bind: { type: 'string' }, tag: 'trigger' },
  calculate: { bind: { type: 'string' } }, hidden: { bind: { type: 'string' } }, 'start-geopoint': { bind: { type: 'geopoint' } },
  start: preload('dateTime', 'timestamp', 'start'), end: preload('dateTime', 'timestamp', 'end'), today: preload('date', 'date', 'today'),
  deviceid: property('deviceid'), subscriberid: property('subscriberid'), simserial: property('simserial'), phonenumber: property('phonenumber'),
  username: property('username'), email: property('email'), 'uri:deviceid': property('uri:deviceid'), 'uri:subscriberid': property('uri:subscriberid'),
  'uri:simserial': property('uri:simserial'), 'uri:phonenumber': property('uri:phonenumber'), 'uri:username': property('uri:username'), 'uri:email': property('uri:email'),
  percentage: input('int', { bind: { type: 'int', constraint: '0 <= . and . <= 100' } }),
  'phone number': input('string', { bind: { type: 'string', constraint: "regex(., '^\\d*$')" }, hint: 'Enter numbers only.' }),
  'number of days in last month': upTo(31, 'Enter a number 0-31.'), 'number of days in last six months': upTo(183, 'Enter a number 0-183.'),
  'number of days in last year': upTo(365, 'Enter a number 0-365.'),
  'select one': { bind: { type: 'string' }, tag: 'select1' }, 'select multiple': { bind: { type: 'string' }, tag: 'select' },
  'select one external': input('string'), rank: { bind: { type: 'odk:rank' }, tag: 'odk:rank' },
  'xml-external': {}, 'csv-external': {},
}

/** What else authors write, from twenty years of forms. */
const ALIASES: Record<string, string[]> = {
  text: ['string', 'q string', 'add text prompt'], integer: ['int', 'q int', 'add integer prompt'], decimal: ['q decimal', 'add decimal prompt'],
  date: ['q date', 'add date prompt'], time: ['q time', 'add time prompt'], dateTime: ['datetime', 'date time', 'q date time', 'q datetime', 'add date time prompt', 'add datetime prompt'],
  geopoint: ['gps', 'location', 'q geopoint', 'q location', 'add location prompt'], barcode: ['q barcode', 'add barcode prompt'],
  photo: ['image', 'q image', 'q picture', 'add image prompt', 'add photo prompt'], audio: ['q audio', 'add audio prompt'], video: ['q video', 'add video prompt'], file: ['add file prompt'],
  note: ['q note', 'add note prompt'], acknowledge: ['trigger', 'q acknowledge', 'add acknowledge prompt'], calculate: ['q calculate', 'add calculate prompt'],
  start: ['start time', 'get start time'], end: ['end time', 'get end time'], today: ['get today'], deviceid: ['device id', 'get device id', 'imei'],
  subscriberid: ['subscriber id', 'get subscriber id'], simserial: ['sim id', 'get sim id'], phonenumber: ['get phone number'],
}
export const UNSUPPORTED_TYPES = /^(audit|background-audio|background-geopoint|osm|cascading[ _]select|include)\b/

const BY_NAME = new Map(Object.entries(TYPES).flatMap(([name, given]) => {
  const type: QuestionType = { name, bind: {}, tag: null, control: {}, hint: '', ...given }
  return [name, ...ALIASES[name] ?? []].map(written => [written.toLowerCase(), type] as const)
}))

export const TYPE_NAMES = [...BY_NAME.keys(), 'select_one', 'select_multiple', 'begin_group', 'end_group', 'begin_repeat', 'end_repeat']
export const findType = (written: string): QuestionType | null => BY_NAME.get(written.trim().toLowerCase()) ?? null

const CONTROLS: Record<string, 'group' | 'repeat' | 'loop'> = { group: 'group', lgroup: 'repeat', repeat: 'repeat', 'looped group': 'repeat', loop: 'loop' }
const CONTROL = /^(begin|end)[\s_]+(group|lgroup|repeat|looped group|loop)(?:\s+(?:over\s+)?(\S+))?$/i

export type Control = { side: 'begin' | 'end'; kind: 'group' | 'repeat' | 'loop'; list: string | null }

/** @example controlOf('begin_repeat') // => { side: 'begin', kind: 'repeat', list: null } */
export function controlOf(written: string): Control | null {
  const [, side, kind, list] = CONTROL.exec(written) ?? []
  return side && kind ? { side: side.toLowerCase() as Control['side'], kind: CONTROLS[kind.toLowerCase()] as Control['kind'], list: list ?? null } : null
}

const ONE = 'select one', MANY = 'select multiple'
const SELECTS: Record<string, string> = {
  'select_one_external': 'select one external', 'select one external': 'select one external',
  'select_one_from_file': ONE, 'select one from file': ONE, 'select_multiple_from_file': MANY, 'select multiple from file': MANY,
  'add select one prompt using': ONE, 'select one using': ONE, 'select one from': ONE, 'select1': ONE, 'select_one': ONE, 'select one': ONE, 'q select1': ONE,
  'add select multiple prompt using': MANY, 'select multiple using': MANY, 'select multiple from': MANY, 'select all that apply from': MANY, 'select_multiple': MANY,
  'select all that apply': MANY, 'select multiple': MANY, 'q select': MANY, 'rank': 'rank',
}
const COMMANDS = Object.keys(SELECTS).sort((a, b) => b.length - a.length).join('|')
const SELECT = new RegExp(`^(${COMMANDS})(?:\\s+(\\S+))?(\\s+(?:or specify other|or_other|or other))?$`, 'i')

export type SelectCommand = { type: QuestionType; list: string; fromFile: boolean; other: boolean }

/** @example selectOf('select_one yesno or_other') // => { type: …, list: 'yesno', fromFile: false, other: true } */
export function selectOf(written: string): SelectCommand | null {
  const [, command, list = '', other] = SELECT.exec(written) ?? []
  if (!command) return null
  return { type: findType(SELECTS[command.toLowerCase()] as string) as QuestionType, list, fromFile: /file$/i.test(command), other: other !== undefined }
}
