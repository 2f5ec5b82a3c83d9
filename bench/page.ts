import { gunzipSync } from 'node:zlib'
import { measureBoth, median, p95 } from './measure.ts'
import { inKb, inMs, type Result } from './results.ts'
import { mustAsk, type World } from './world.ts'

const TIMES = 40
const PAGES = [
  { page: 'the nation', path: '/', profile: 'TH' },
  { page: 'a province', path: '/place/TH50', profile: 'TH50' },
  { page: 'a district', path: '/place/TH5007', profile: 'TH5007' },
  { page: 'a tambon', path: '/place/TH500701', profile: 'TH500701' },
]

/** A page as a phone fetches it: the time of the server beside the data of the same page alone, and what travels. */
export async function benchPage({ address }: World): Promise<Result[]> {
  const results: Result[] = []
  for (const { page, path, profile } of PAGES) {
    const html = await mustAsk(address + path)
    const scripts = await scriptBytes(address, gunzipSync(html.body).toString())
    const { ours, theirs } = await measureBoth(TIMES, () => mustAsk(address + path), () => mustAsk(`${address}/api/profile/${profile}`))
    results.push({
      task: 'page of a place', size: `${page}: ${inKb(html.bytes)} of HTML, ${inKb(scripts)} of script, gzip`,
      ours: `${inMs(median(ours))}, p95 ${inMs(p95(ours))}`, beside: `its data alone ${inMs(median(theirs))}`, budget: '≤ 60 KB of script',
    })
  }
  return results
}

/** Every script that the page names, and every script that those import at once. */
export async function scriptBytes(address: string, html: string): Promise<number> {
  const named = [...html.matchAll(/(?:src|href)="([^"]+\.m?js)"/g), ...html.matchAll(/import\("([^"]+\.js)"\)/g)].map(match => new URL(match[1] as string, address).href)
  const seen = new Set<string>()
  let bytes = 0
  for (const url of named) {
    if (seen.has(url)) continue
    seen.add(url)
    const reply = await mustAsk(url)
    bytes += reply.bytes
    const text = reply.body[0] === 0x1f ? gunzipSync(reply.body).toString() : reply.body.toString()
    named.push(...[...text.matchAll(/(?:^|[;}\s])(?:import|export)[^"'()]*?["'](\.[^"']+\.js)["']/g)].map(match => new URL(match[1] as string, url).href))
  }
  return bytes
}
