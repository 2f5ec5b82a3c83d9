/** What was answered, by what was asked. */
export type Answers = Record<string, unknown>

const PASSWORD = 'ruam-phalang-58', PLACE = 'TH58', TAMBON = 'TH580703'
/** Records of people and of every state; of the many that only wait, the rows of their list are enough. */
const SHOWN_WHOLE = ['household', 'tambon-profile']
const FIGURES = ['target-poor', 'registered-population', 'records-attraction', 'records-water-source']

/** Asks a running server what its integrators look at: lists, pages of records with their history, numbers. */
export async function askAll(address: string): Promise<Answers> {
  const answers: Answers = {}, ask = async (cookie: string, path: string) => {
    const reply = await fetch(`${address}/api${path}`, { headers: { cookie } })
    if (!reply.ok) throw new Error(`${path}: ${await reply.text()}`)
    return answers[path] = await reply.json()
  }
  const mali = await signIn(address, 'mali'), wilaiphon = await signIn(address, 'wilaiphon')
  const { items } = await ask(mali, '/datasets') as { items: { dataset: { id: string } }[] }
  for (const { dataset: { id } } of items) await askDataset(ask.bind(null, mali), id)
  for (const indicator of FIGURES) for (const level of ['district', 'tambon']) await ask(wilaiphon, `/figures?indicator=${indicator}&area=${PLACE}&level=${level}`)
  for (const path of [`/review/counts?area=${TAMBON}`, `/areas/${TAMBON}`, '/explore/open/records?limit=50']) await ask(mali, path)
  // what is defined may be defined anew; what was written down stays
  delete answers['/datasets']
  return answers
}

async function askDataset(ask: (path: string) => Promise<unknown>, id: string): Promise<void> {
  const states = ['received', 'returned', 'approved', 'verified', 'locked', 'rejected', 'withdrawn', 'merged']
  for (const state of states) {
    const { items } = await ask(`/datasets/${id}/records?state=${state}&limit=50`) as { items: { id: string }[] }
    if (state !== 'received' || SHOWN_WHOLE.includes(id)) for (const { id: record } of items) await ask(`/records/${record}`)
  }
}

async function signIn(address: string, name: string): Promise<string> {
  const reply = await fetch(`${address}/api/auth/sign-in`, { method: 'POST', headers: { 'content-type': 'application/json', origin: address }, body: JSON.stringify({ name, password: PASSWORD }) })
  if (!reply.ok) throw new Error(`${name} cannot sign in: ${await reply.text()}`)
  return reply.headers.getSetCookie().map(one => one.split(';')[0]).join('; ')
}
