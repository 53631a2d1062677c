/** `90 minutes`, `1 hour`, `12 hours`; of what is no whole number of minutes, seconds. */
export function durationInWords(seconds: number): string {
  if (seconds % 60 !== 0) return counted(seconds, 'second')
  return seconds % 3_600 === 0 ? counted(seconds / 3_600, 'hour') : counted(seconds / 60, 'minute')
}

const counted = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`
