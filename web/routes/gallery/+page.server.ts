import { needMe } from '../../access/data.ts'
import { loadGallery } from '../../record/data.gallery.ts'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = async event => {
  const me = await needMe(event)
  return { me, gallery: await loadGallery(event.fetch, me, event.url) }
}
