import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { DOOR_SETTINGS, doorSettingsOf, type DoorSettings } from './environment.door.ts'
import { expectationOf } from './expectation.ts'
import { startProblems } from './problems.ts'

const CHECKOUT = fileURLToPath(new URL('../..', import.meta.url))
export const DEFAULT_DATA_FOLDER = resolve(CHECKOUT, '.rakkaeo/data')
const USUAL_RATE_LIMIT = 1200
const LOOPBACK = /^(127\.\d+\.\d+\.\d+|::1|localhost)$/

const yes = z.string().transform(text => ['1', 'true', 'yes'].includes(text.toLowerCase()))
/** An empty variable counts as one that is not set. */
const Settings = z.preprocess(dropEmpty, z.object({
  RAKKAEO_PORT: z.coerce.number().int().min(0).max(65535).default(8080),
  RAKKAEO_HOST: z.string().default('127.0.0.1'),
  RAKKAEO_URL: z.url({ protocol: /^https?$/ }).optional(),
  RAKKAEO_DATA: z.string().default(DEFAULT_DATA_FOLDER),
  RAKKAEO_KEYS: z.string().optional(),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  RAKKAEO_DEMO: yes.default(false),
  /** `1` for a proxy on this machine; otherwise the addresses or networks of the proxies, with commas. */
  RAKKAEO_TRUST_PROXY: z.string().default(''),
  RAKKAEO_RATE_LIMIT: z.coerce.number().int().min(0).optional(),
  RAKKAEO_GLASS_MINUTES: z.coerce.number().int().min(1).max(1440).default(60),
  ...DOOR_SETTINGS,
}))

/** What the server needs to know of its surroundings; every line is documented in docs/install.md. */
export type Environment = {
  /** 0 takes any free port. */
  port: number
  host: string
  /** The public base of links, without a slash at its end; null: where the server listens. */
  url: string | null
  dataFolder: string
  keysFile: string | null
  databaseUrl: string | null
  demo: boolean
  /** Whose X-Forwarded-* is believed. */
  trustProxy: string | false
  /** Pages and API calls per address and minute; 0 sets no limit. Unless a number was set, the machine itself is not counted. */
  rateLimit: { perMinute: number; spareLoopback: boolean }
  /** How long a record of another place stays open to who said why (docs/who-sees-what.md). */
  glassMinutes: number
  door: DoorSettings
}

export function readEnvironment(variables: NodeJS.ProcessEnv): Environment {
  const read = Settings.safeParse(variables)
  if (!read.success) throw startProblems.badSetting(faultOf(read.error, variables))
  const set = read.data
  const databaseUrl = set.DATABASE_URL ?? null
  const dataFolder = resolve(set.RAKKAEO_DATA)
  if (databaseUrl && !set.RAKKAEO_KEYS) throw startProblems.keysNotSet({})
  return {
    port: set.RAKKAEO_PORT, host: set.RAKKAEO_HOST, url: set.RAKKAEO_URL?.replace(/\/+$/, '') ?? null,
    dataFolder, databaseUrl, keysFile: set.RAKKAEO_KEYS ? resolve(set.RAKKAEO_KEYS) : null,
    demo: set.RAKKAEO_DEMO || (!databaseUrl && isForThisMachine(set)),
    trustProxy: set.RAKKAEO_TRUST_PROXY === '1' ? 'loopback' : set.RAKKAEO_TRUST_PROXY || false,
    rateLimit: { perMinute: set.RAKKAEO_RATE_LIMIT ?? USUAL_RATE_LIMIT, spareLoopback: set.RAKKAEO_RATE_LIMIT === undefined },
    glassMinutes: set.RAKKAEO_GLASS_MINUTES, door: doorSettingsOf(set),
  }
}

/** A proxy or a public address lets others in although the server itself listens to this machine alone. */
function isForThisMachine({ RAKKAEO_HOST: host, RAKKAEO_URL: url, RAKKAEO_TRUST_PROXY: proxy }: { RAKKAEO_HOST: string; RAKKAEO_URL?: string | undefined; RAKKAEO_TRUST_PROXY: string }): boolean {
  return LOOPBACK.test(host) && !proxy && (!url || LOOPBACK.test(new URL(url).hostname.replace(/^\[|\]$/g, '')))
}

/** What a person types to come here. */
export function addressOf({ url, host, port }: Pick<Environment, 'url' | 'host' | 'port'>): string {
  return url ?? `http://${host.includes(':') ? `[${host}]` : host}:${port}`
}

function faultOf(error: z.ZodError, variables: NodeJS.ProcessEnv) {
  const issue = error.issues[0]
  const name = String(issue?.path[0])
  return { name, value: variables[name] ?? '', expected: issue ? expectationOf(issue) : { th: '', en: '' } }
}

function dropEmpty(variables: unknown): Record<string, unknown> {
  return Object.fromEntries(Object.entries(variables as object).filter(([, value]) => value !== ''))
}
