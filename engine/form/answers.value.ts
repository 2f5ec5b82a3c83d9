import type { AnswerType } from '../../domain/dataset/dataset.form.ts'
import type { Answer, Point } from '../../domain/record/record.ts'

const INTEGER = /^[+-]?\d+$/, DECIMAL = /^[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?$/
const DATE = /^(\d{4})-(\d\d)-(\d\d)$/
const TIME = /^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d+)?)?(Z|[+-]([01]\d|2[0-3])(:?[0-5]\d)?)?$/

/**
 * An answer of its type; undefined where the text is none. White space around it does not count, but in a text.
 * @example readValue('point', '18.79 98.98 310 4.5') // => { lat: 18.79, lon: 98.98, altitude: 310, accuracy: 4.5 }
 */
export function readValue(type: AnswerType, text: string): Exclude<Answer, { masked: string }> | undefined {
  const plain = text.trim()
  switch (type) {
    case 'text': case 'barcode': return text
    case 'choice': case 'trigger': case 'file': return plain
    case 'integer': return INTEGER.test(plain) && Number.isSafeInteger(Number(plain)) ? Number(plain) : undefined
    case 'decimal': return DECIMAL.test(plain) && Number.isFinite(Number(plain)) ? Number(plain) : undefined
    case 'boolean': return plain === 'true' || plain === '1' ? true : plain === 'false' || plain === '0' ? false : undefined
    case 'date': return isDate(plain) ? plain : undefined
    case 'time': return TIME.test(plain) ? plain : undefined
    case 'dateTime': return isDate(plain.slice(0, 10)) && plain[10] === 'T' && TIME.test(plain.slice(11)) ? plain : undefined
    case 'point': return readPoint(plain)
    case 'trace': case 'shape': return isLine(plain, type) ? plain : undefined
    case 'choices': case 'rank': return plain.split(/\s+/)
    default: return type satisfies never
  }
}

/** The answer as a form's expressions see it. @example writeValue({ lat: 1, lon: 2, altitude: null, accuracy: null }) // => '1 2 0 0' */
export function writeValue(value: Answer | null | undefined): string {
  if (value === null || value === undefined) return ''
  if (Array.isArray(value)) return value.join(' ')
  if (typeof value !== 'object') return typeof value === 'number' ? writeNumber(value) : String(value)
  return 'lat' in value ? [value.lat, value.lon, value.altitude ?? 0, value.accuracy ?? 0].map(writeNumber).join(' ') : value.masked
}

/** Without an exponent: XPath knows none. @example writeNumber(1e-7) // => '0.0000001' */
export function writeNumber(value: number): string {
  const text = String(value === 0 ? 0 : value)
  return text.includes('e') ? value.toLocaleString('en-US', { useGrouping: false, maximumFractionDigits: 20 }) : text
}

function isDate(text: string): boolean {
  const [, year, month, day] = DATE.exec(text) ?? []
  if (year === undefined) return false
  const date = new Date(0)
  date.setUTCFullYear(Number(year), Number(month) - 1, Number(day))
  return date.getUTCMonth() === Number(month) - 1 && date.getUTCDate() === Number(day)
}

/** Latitude, longitude, and where the phone knew them altitude and accuracy in metres. */
export function readPoint(text: string): Point | undefined {
  const parts = text.split(/\s+/)
  const [lat = NaN, lon = NaN, altitude = null, accuracy = null] = parts.map(part => DECIMAL.test(part) ? Number(part) : NaN)
  const isPoint = parts.length >= 2 && parts.length <= 4 && Math.abs(lat) <= 90 && Math.abs(lon) <= 180 && !Number.isNaN(altitude) && !Number.isNaN(accuracy)
  return isPoint ? { lat, lon, altitude, accuracy } : undefined
}

/** A trace has two points, a shape three and ends where it began. */
function isLine(text: string, type: 'trace' | 'shape'): boolean {
  const points = (text.endsWith(';') ? text.slice(0, -1) : text).split(';').map(point => readPoint(point.trim()))
  const [first] = points, last = points.at(-1)
  if (points.includes(undefined)) return false
  return type === 'trace' ? points.length >= 2 : points.length >= 4 && first?.lat === last?.lat && first?.lon === last?.lon
}
