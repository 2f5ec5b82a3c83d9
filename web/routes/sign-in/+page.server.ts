import { redirect } from '@sveltejs/kit'
import { signInApi } from '../../../domain/access/api.sign-in.ts'
import { loadSignIn, nextOf } from '../../access/data.sign-in.ts'
import { attempt, typed } from '../../base/act.ts'
import { link } from '../../base/link.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ fetch, url }) => ({ door: await loadSignIn(fetch, url.searchParams) })

export const actions: Actions = {
  password: async event => {
    const form = await event.request.formData()
    const next = nextOf(typed(form, 'next')), name = typed(form, 'name')
    const outcome = await attempt(event, signInApi.signIn, { body: { name, password: String(form.get('password') ?? '') }, at: 'password' })
    if (!outcome.ok) return outcome.failure
    redirect(303, outcome.reply.secondFactor ? link('/sign-in', { step: 'second', next }) : next)
  },
  second: async event => {
    const form = await event.request.formData()
    const kind = typed(form, 'kind') === 'recovery' ? 'recovery' as const : 'app' as const
    const outcome = await attempt(event, signInApi.signInSecond, { body: { kind, code: typed(form, 'code') }, at: 'second' })
    if (!outcome.ok) return outcome.failure
    redirect(303, nextOf(typed(form, 'next')))
  },
  thaid: async event => {
    const form = await event.request.formData()
    const outcome = await attempt(event, signInApi.signInThaid, { body: { next: nextOf(typed(form, 'next')) }, at: 'thaid' })
    if (!outcome.ok) return outcome.failure
    redirect(303, outcome.reply.url, { external: true })
  },
  out: async event => {
    await attempt(event, signInApi.signOut)
    redirect(303, link('/sign-in', { done: 'out' }))
  },
}
