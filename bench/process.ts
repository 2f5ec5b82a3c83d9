import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const TICKS_PER_SECOND = 100

/** Processor time in ms that a server and the database of its folder have used so far, with those that served it and have gone. */
export function cpuMs(serverPid: number, dataFolder: string): { server: number; database: number } {
  const postmaster = Number(readFileSync(join(dataFolder, 'postgres/postmaster.pid'), 'utf8').split('\n')[0])
  const children = readdirSync('/proc').filter(name => /^\d+$/.test(name)).map(Number).filter(pid => statOf(pid)?.parent === postmaster)
  return { server: timeOf(serverPid, false), database: timeOf(postmaster, true) + children.reduce((sum, pid) => sum + timeOf(pid, false), 0) }
}

/** Resident memory in MB. */
export function memoryMb(pid: number): number {
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024
}

function timeOf(pid: number, withGone: boolean): number {
  const stat = statOf(pid)
  return stat ? (stat.own + (withGone ? stat.gone : 0)) * 1000 / TICKS_PER_SECOND : 0
}

function statOf(pid: number): { parent: number; own: number; gone: number } | null {
  if (!existsSync(`/proc/${pid}/stat`)) return null
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^.*\) /, '').split(' ').map(Number)
    const [, parent = 0] = fields, [user = 0, system = 0, goneUser = 0, goneSystem = 0] = fields.slice(11, 15)
    return { parent, own: user + system, gone: goneUser + goneSystem }
  } catch {
    return null
  }
}
