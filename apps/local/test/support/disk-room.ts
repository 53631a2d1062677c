import { execFileSync } from 'node:child_process'

/**
 * Lets no file of a process grow any more, as on a full disk, or all of them again.
 * @returns false where the system has no `prlimit` (Linux has)
 */
export function setDiskRoom(pid: number, room: 'none' | 'all'): boolean {
  try {
    execFileSync('prlimit', ['--pid', String(pid), `--fsize=${room === 'none' ? 0 : 'unlimited'}:`], {
      stdio: 'ignore',
    })
    return true
  } catch {
    return false
  }
}
