/**
 * Loaded before a program that `Service` or `forkProgram` starts (`node --import`): when whoever started it is gone,
 * however that ended, the program ends too, as if it were asked to, and is killed where it does not. So a test that is
 * killed, or runs into its time-out, leaves no server behind that holds ports.
 */
import { Socket } from 'node:net'

const PATIENCE_MS = 10_000

/** The end of a pipe that the parent holds the other end of. Nothing is said through it: it closes with the parent. */
const { THINGDECK_PARENT_FD: parentFd } = process.env
// Threads and processes of the program may begin with its options, but it is not theirs.
delete process.env.THINGDECK_PARENT_FD

if (parentFd !== undefined) {
  new Socket({ fd: Number(parentFd), readable: true, writable: false })
    .on('error', () => {}) // it is closed by that, too
    .once('close', () => {
      setTimeout(() => process.kill(process.pid, 'SIGKILL'), PATIENCE_MS).unref()
      process.kill(process.pid, 'SIGTERM')
    })
    .resume()
    .unref() // a program that has nothing left to do ends by itself
}
