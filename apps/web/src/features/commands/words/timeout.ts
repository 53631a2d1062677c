import { MOST_COMMAND_TIMEOUT_SECONDS } from '@thingdeck/contract'
import { formatCount, formatCounted } from '../../../shared/format.ts'

const UNITS = [
  [3_600, 'hour'],
  [60, 'minute'],
] as const

/** `10 seconds`, `1 hour 30 minutes`. */
export function secondsInWords(seconds: number): string {
  let left = seconds
  const parts: string[] = []
  for (const [size, word] of UNITS) {
    const count = Math.floor(left / size)
    if (count > 0) parts.push(formatCounted(count, word))
    left -= count * size
  }
  if (left > 0 || parts.length === 0) parts.push(formatCounted(left, 'second'))
  return parts.join(' ')
}

/** A form's rule of a time-out. */
export const timeoutRule = (text: string): string | undefined => {
  const seconds = Number(text)
  return /^\d+$/.test(text) && seconds >= 1 && seconds <= MOST_COMMAND_TIMEOUT_SECONDS
    ? undefined
    : `Whole seconds, from 1 to ${formatCount(MOST_COMMAND_TIMEOUT_SECONDS)}, which are 12 hours.`
}
