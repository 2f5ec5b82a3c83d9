import type { FastifyInstance } from 'fastify'
import type { Route } from '../../domain/base/api.ts'
import type { Lang, Text } from '../../domain/base/text.ts'
import type { Room } from './handler.ts'
import { langOf } from './lang.ts'
import { fieldsOf, type Field } from './manual.fields.ts'
import { MANUAL_STYLE, MANUAL_STYLE_HASH } from './manual.style.ts'
import { cacheControl } from './reply.ts'

const SAY = {
  title: { th: 'API ของรากแก้ว', en: 'The API of Rakkaeo' },
  lead: { th: 'ข้อมูลเปิดทุกตัวเลขบนเว็บนี้เรียกได้ที่นี่ โดยไม่ต้องลงทะเบียน', en: 'Every open number of this site can be fetched here, without registering.' },
  faults: { th: 'เมื่อผิดพลาด ระบบตอบเป็น application/problem+json (RFC 9457) พร้อมรหัส code และประโยคที่อ่านเข้าใจ', en: 'Faults are answered as application/problem+json (RFC 9457) with a code and a sentence.' },
  machine: { th: 'เอกสารสำหรับโปรแกรม (OpenAPI 3.1)', en: 'For programs (OpenAPI 3.1)' },
  other: { th: 'English', en: 'ภาษาไทย' },
  tryIt: { th: 'ลองเรียก', en: 'Try it' },
  field: { th: 'ค่า', en: 'Parameter' }, what: { th: 'รับ', en: 'Takes' }, usual: { th: 'ถ้าไม่ระบุ', en: 'Default' },
  home: { th: 'กลับหน้าแรก', en: 'Home' },
} as const satisfies Record<string, Text>

/** The readable page of the API at /api: plain HTML from the same routes, no script. */
export function mountManual(api: FastifyInstance, rooms: Room[]): void {
  api.get('/', { schema: { hide: true } }, async (request, reply) => {
    const lang = langOf(request)
    reply.header('cache-control', cacheControl('revalidate')).header('vary', 'Accept-Language').header('content-language', lang)
    reply.header('content-security-policy', `default-src 'none'; style-src '${MANUAL_STYLE_HASH}'; base-uri 'none'; frame-ancestors 'self'`)
    return reply.type('text/html; charset=utf-8').send(manualPage(rooms, lang))
  })
}

export function manualPage(rooms: Room[], lang: Lang): string {
  const routes = rooms.flatMap(({ api }) => Object.entries(api))
  const other = lang === 'th' ? 'en' : 'th'
  return `<!doctype html>
<html lang="${lang}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${SAY.title[lang]}</title><style>${MANUAL_STYLE}</style></head>
<body><header><p><a href="${lang === 'th' ? '/' : '/en'}">${SAY.home[lang]}</a> · <a href="/api?lang=${other}" hreflang="${other}" lang="${other}">${SAY.other[lang]}</a></p>
<h1>${SAY.title[lang]}</h1><p>${SAY.lead[lang]}</p><p>${SAY.faults[lang]}</p><p><a href="/api/openapi.json">${SAY.machine[lang]}</a></p></header>
<main>${routes.map(([name, route]) => section(name, route, lang)).join('\n')}</main></body></html>`
}

function section(name: string, route: Route, lang: Lang): string {
  const fields = [...fieldsOf(route.params, 'path'), ...fieldsOf(route.query, 'query')]
  return `<section id="${name}"><h2>${escape(route.summary[lang])}</h2>
<p><code>${route.method} /api${escape(route.path.replace(/:(\w+)/g, '{$1}'))}</code></p>
${fields.length > 0 ? table(fields, lang) : ''}${example(route, fields, lang)}</section>`
}

function table(fields: Field[], lang: Lang): string {
  const rows = fields.map(field => `<tr><th scope="row"><code>${field.name}</code>${field.isRequired ? ' *' : ''}</th><td>${escape(field.takes)}</td><td>${escape(field.usual)}</td></tr>`)
  return `<table><thead><tr><th scope="col">${SAY.field[lang]}</th><th scope="col">${SAY.what[lang]}</th><th scope="col">${SAY.usual[lang]}</th></tr></thead><tbody>${rows.join('')}</tbody></table>`
}

/** An address that works on the first start, when each needed value has an example. */
function example(route: Route, fields: Field[], lang: Lang): string {
  const needed = fields.filter(field => field.isRequired)
  if (route.method !== 'GET' || needed.some(field => !field.example)) return ''
  const path = route.path.replace(/:(\w+)/g, (_, name) => needed.find(field => field.name === name)?.example ?? '')
  const query = new URLSearchParams(needed.filter(field => field.place === 'query').map((field): [string, string] => [field.name, field.example]))
  const address = `/api${path}${query.size > 0 ? `?${query}` : ''}`
  return `<p>${SAY.tryIt[lang]}: <a href="${escape(address)}">${escape(address)}</a></p>`
}

function escape(text: string): string {
  return text.replace(/[&<>"]/g, character => `&#${character.charCodeAt(0)};`)
}
