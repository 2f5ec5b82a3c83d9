import type { FastifyRequest } from 'fastify'
import { Lang } from '../../domain/base/text.ts'

const DEFAULT_LANG: Lang = 'th'

/** `?lang=` first, then the first language of Accept-Language that we speak, then Thai. */
export function langOf(request: Pick<FastifyRequest, 'headers' | 'query'>): Lang {
  const asked = Lang.safeParse((request.query as { lang?: unknown } | undefined)?.lang)
  return asked.success ? asked.data : preferredLang(request.headers['accept-language'])
}

/** @example preferredLang('de, en-GB;q=0.8, th;q=0.9') // => 'th' */
export function preferredLang(header = ''): Lang {
  const wishes = header.split(',').map(wish => {
    const [tag = '', quality] = wish.trim().split(/;\s*q=/)
    return { lang: Lang.safeParse(tag.slice(0, 2).toLowerCase()), quality: quality === undefined ? 1 : Number(quality) }
  })
  const best = wishes.filter(wish => wish.lang.success && wish.quality > 0).sort((a, b) => b.quality - a.quality)[0]
  return best?.lang.data ?? DEFAULT_LANG
}
