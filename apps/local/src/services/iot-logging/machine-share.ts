import { performance } from 'node:perf_hooks'

/** From one look to the next, in milliseconds. */
const LOOK_EVERY_MS = 50
/** A thread that waited for something to do for less than a fifth of the time is busy. */
const BUSY = 0.8

/**
 * How much of the machine this thread has: 1 while it waits for something to do at times; where it is busy, its CPU time
 * by the time that passed, which is less where others want the machine, too.
 */
export class MachineShare {
  #share = 1
  #lookedAtMs = performance.now()
  #utilization = performance.eventLoopUtilization()
  #cpu = process.threadCpuUsage()

  get value(): number {
    const passedMs = performance.now() - this.#lookedAtMs
    if (passedMs >= LOOK_EVERY_MS) this.#look(passedMs)
    return this.#share
  }

  #look(passedMs: number): void {
    const [utilization, cpu] = [performance.eventLoopUtilization(), process.threadCpuUsage()]
    const isBusy = performance.eventLoopUtilization(utilization, this.#utilization).utilization > BUSY
    const cpuMs = (cpu.user - this.#cpu.user + cpu.system - this.#cpu.system) / 1000
    this.#share = isBusy ? Math.min(1, cpuMs / passedMs) : 1
    this.#lookedAtMs += passedMs
    this.#utilization = utilization
    this.#cpu = cpu
  }
}
