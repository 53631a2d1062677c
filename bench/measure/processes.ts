import { readdirSync, readFileSync } from 'node:fs'

/** Processor time of a process so far, in microseconds, from Linux's `/proc`; NaN elsewhere. */
export function cpuMicrosOf(pid: number): number {
  const fields = statOf(pid)
  return (Number(fields[11]) + Number(fields[12])) * 10_000
}

/** What the system says of a process behind its name; nothing of one that has ended. */
function statOf(pid: number): readonly string[] {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
  } catch {
    return []
  }
}

/** Processor time so far of all processes that descend from this one, and its own, in microseconds; NaN where there is no `/proc`. */
export function cpuMicrosOfDescendants(): number {
  const parents = new Map(processes().map((pid) => [pid, Number(statOf(pid)[1])]))
  const isOurs = (pid: number | undefined): boolean => pid === process.pid || (!!pid && isOurs(parents.get(pid)))
  return [...parents.keys()].filter(isOurs).reduce((sum, pid) => sum + (cpuMicrosOf(pid) || 0), 0) || Number.NaN
}

function processes(): readonly number[] {
  try {
    return readdirSync('/proc').map(Number).filter(Boolean)
  } catch {
    return []
  }
}

/** Resident memory of a process, in bytes, from Linux's `/proc`; NaN elsewhere. */
export function residentBytesOf(pid: number): number {
  try {
    return Number(/^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) * 1024
  } catch {
    return Number.NaN
  }
}
