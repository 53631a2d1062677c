import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { setTimeout } from 'node:timers/promises'

const LOOK_INTERVAL_MS = 100
/** From then on whoever waits is told for what: an id of a process may have come to be another's. */
const TOLD_AFTER_MS = 30_000

/**
 * Does what no two processes may do at the same time: who comes second waits for the first. One that died on the way is
 * waited for no longer.
 * @param lock a file that is there while somebody is at it
 */
export async function oneAtATime<Result>(lock: string, work: () => Promise<Result>): Promise<Result> {
  for (let waits = 0; !take(lock); waits++) {
    if (waits === TOLD_AFTER_MS / LOOK_INTERVAL_MS)
      process.stderr.write(
        `Waiting for the process that ${lock} names; if it is none of this project's, delete the file.\n`,
      )
    await setTimeout(LOOK_INTERVAL_MS)
  }
  try {
    return await work()
  } finally {
    rmSync(lock, { force: true })
  }
}

function take(lock: string): boolean {
  try {
    writeFileSync(lock, String(process.pid), { flag: 'wx' })
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
  if (!isHeld(lock)) rmSync(lock, { force: true })
  return false
}

function isHeld(lock: string): boolean {
  try {
    const pid = Number(readFileSync(lock, 'utf8'))
    // Just made, and not yet written: whoever made it is there.
    if (pid > 0) process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM' // somebody else's process is one, too
  }
}
