import { cpus } from 'node:os'

export interface ProcessorTimes {
  readonly busyMs: number
  readonly allMs: number
}

/** Of all processors of the machine since it started. */
export function processorTimes(): ProcessorTimes {
  let [busyMs, allMs] = [0, 0]
  for (const { times } of cpus()) {
    const { user, nice, sys, idle, irq } = times
    busyMs += user + nice + sys + irq
    allMs += user + nice + sys + irq + idle
  }
  return { busyMs, allMs }
}

/** How busy the machine was since then: 1 is all processors all the time. */
export function processorShareSince(before: ProcessorTimes): number {
  const { busyMs, allMs } = processorTimes()
  return (busyMs - before.busyMs) / (allMs - before.allMs)
}
