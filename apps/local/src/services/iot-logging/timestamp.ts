let lastMs = Number.NaN
let lastText = ''

/** `2017-08-10 15:37:23.476`, UTC: how entries write a time, epoch milliseconds. */
export function formatTimestamp(ms: number): string {
  if (ms !== lastMs) {
    lastText = new Date(ms).toISOString().replace('T', ' ').replace('Z', '')
    lastMs = ms
  }
  return lastText
}
