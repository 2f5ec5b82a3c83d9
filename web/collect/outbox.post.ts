import type { Came } from './outbox.verdict.ts'

/** Carries one body to an address; `told` hears how many bytes have left. Null: nothing came back. */
export type Post = (href: string, body: FormData, headers: Record<string, string>, told: (bytes: number) => void) => Promise<Came>

/** So long may a line stand still. A slow one that still moves is not cut. */
const STILL_MS = 60_000, ANSWER_MS = 300_000

/** In a page, where the browser tells how much has left; a service worker has `fetch` alone. */
export const post: Post = (...sent) => typeof XMLHttpRequest === 'undefined' ? postSilently(...sent) : postTelling(...sent)

const postTelling: Post = (href, body, headers, told) => new Promise(done => {
  const request = new XMLHttpRequest()
  let still = setTimeout(() => request.abort(), STILL_MS)
  const moved = (ms: number) => { clearTimeout(still); still = setTimeout(() => request.abort(), ms) }
  request.open('POST', href)
  for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value)
  request.upload.onprogress = ({ loaded }) => { moved(STILL_MS); told(loaded) }
  request.upload.onload = () => moved(ANSWER_MS)
  request.onloadend = () => {
    clearTimeout(still)
    done(request.status === 0 ? null : { status: request.status, header: name => request.getResponseHeader(name), text: request.responseText })
  }
  request.send(body)
})

const postSilently: Post = async (href, body, headers) => {
  try {
    const response = await fetch(href, { method: 'POST', body, headers, signal: AbortSignal.timeout(ANSWER_MS) })
    return { status: response.status, header: name => response.headers.get(name), text: await response.text() }
  } catch {
    return null
  }
}
