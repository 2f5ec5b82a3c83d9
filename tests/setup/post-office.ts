import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { SMTPServer } from 'smtp-server'
import { whenFileEnds } from './leave.ts'

export type PostOffice = { url: string; letters: { to: string[]; text: string }[]; /** Waits for the next letter. */ next(): Promise<string> }

const PATIENCE_MS = 10_000

/** A real mail server on this machine that keeps what it is given. */
export async function openPostOffice(): Promise<PostOffice> {
  const letters: PostOffice['letters'] = []
  const server = new SMTPServer({
    authOptional: true, disabledCommands: ['STARTTLS'],
    onData: (stream, session, done) => void text(stream).then(source => {
      letters.push({ to: session.envelope.rcptTo.map(({ address }) => address), text: plain(source) })
      done()
    }, done),
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  whenFileEnds(() => new Promise<void>(resolve => { server.close(() => resolve()) }))
  let read = 0
  const next = async () => {
    for (const until = Date.now() + PATIENCE_MS; Date.now() < until;) {
      const letter = letters[read]
      if (letter) { read++; return letter.text }
      await new Promise(wake => setTimeout(wake, 20))
    }
    throw new Error('no letter came')
  }
  return { url: `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`, letters, next }
}

/** The body as it is read: base64 or quoted-printable undone. */
function plain(source: string): string {
  const [head = '', ...rest] = source.split('\r\n\r\n')
  const body = rest.join('\r\n\r\n')
  if (/content-transfer-encoding: base64/i.test(head)) return Buffer.from(body, 'base64').toString()
  const bytes = body.replace(/=\r\n/g, '').replace(/=([0-9A-F]{2})/g, (_, hex) => String.fromCharCode(parseInt(hex, 16)))
  return Buffer.from(bytes, 'latin1').toString()
}
