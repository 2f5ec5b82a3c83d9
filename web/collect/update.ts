import { CARRY, UPDATE } from './sync.ts'

const LONGEST_MS = 60_000

/** Has the program itself put on the phone, so that it opens without a network. False where that is not so (yet). */
export async function carryProgram(): Promise<boolean> {
  const worker = (await navigator.serviceWorker?.ready)?.active
  if (!worker) return false
  return new Promise(done => {
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = ({ data }) => done(data === true)
    setTimeout(() => done(false), LONGEST_MS)
    worker.postMessage(CARRY, [port2])
  })
}

/** Tells when a new version is on the phone and waits. Nothing is reloaded under anybody's hands: see `takeUpdate`. Returns how to end it. */
export function watchUpdate(told: () => void): () => void {
  let watching: ServiceWorkerRegistration | undefined, ended = false
  const look = () => {
    const coming = watching?.installing
    coming?.addEventListener('statechange', () => { if (!ended && coming.state === 'installed' && navigator.serviceWorker.controller) told() })
  }
  void navigator.serviceWorker?.ready.then(registration => {
    if (ended) return
    watching = registration
    if (registration.waiting) told()
    registration.addEventListener('updatefound', look)
  })
  return () => { ended = true; watching?.removeEventListener('updatefound', look) }
}

/** Lets the new version in, and opens the page anew with it. Only where a person asked for it, with every draft kept. */
export async function takeUpdate(): Promise<void> {
  const waiting = (await navigator.serviceWorker?.getRegistration())?.waiting
  if (!waiting) return location.reload()
  navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), { once: true })
  waiting.postMessage(UPDATE)
}
