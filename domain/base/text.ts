import { z } from 'zod'

/** The languages of the platform, the first one its default. */
export const Lang = z.enum(['th', 'en'])
export type Lang = z.infer<typeof Lang>

/** A sentence or a name in every language. */
export const Text = z.object({ th: z.string(), en: z.string() })
export type Text = z.infer<typeof Text>
