import type { Form } from './convert.form.ts'
import type { Texts } from './convert.columns.ts'
import { allNodes } from './tree.ts'
import { sourcesOf } from './xform-writer.instance.ts'

const IMAGES = 'jr://images/'

/** Names of the lists and media that the form wants beside it. */
export function filesOf(form: Form): string[] {
  const nodes = allNodes(form.root)
  const media = [...nodes.map(({ texts }) => texts), ...[...form.lists.values()].flatMap(({ choices }) => choices.map(choice => mediaTexts(choice.media)))]
    .flatMap(texts => Object.entries(texts).filter(([column]) => column.startsWith('media::')).flatMap(([, names]) => Object.values(names)))
  const pictures = nodes.flatMap(({ default: value }) => value.startsWith(IMAGES) ? [value.slice(IMAGES.length)] : [])
  const external = nodes.some(({ select }) => select?.from === 'external') ? ['itemsets.csv'] : []
  return [...new Set([...sourcesOf(form).map(({ src }) => src.split('/').at(-1) as string), ...external, ...media, ...pictures])]
}

const mediaTexts = (media: Record<string, Texts>) => Object.fromEntries(Object.entries(media).map(([kind, texts]) => [`media::${kind}`, texts]))
