import type { Reroute } from '@sveltejs/kit/hooks'
import { deLocalizeUrl } from './paraglide/runtime.js'

/** `/en/place/TH50` is the page `/place/TH50` in English. */
export const reroute: Reroute = ({ url }) => deLocalizeUrl(url).pathname
