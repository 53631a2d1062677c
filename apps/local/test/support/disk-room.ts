import { execFileSync } from 'node:child_process'

/**
 * Lets no file of a process grow any more, as on a full disk, or none beyond a number of bytes, or all of them again.
 * @returns false where the system has no `prlimit` (Linux has)
 */
export function setDiskRoom(pid: number, room: 'none' | 'all' | number): boolean {
  const bytes = room === 'none' ? 0 : room === 'all' ? 'unlimited' : room
  try {
    execFileSync('prlimit', ['--pid', String(pid), `--fsize=${bytes}:`], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}
