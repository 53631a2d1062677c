import { formatDateTime } from '../../../shared/time.tsx'

/** AWS's `2026-03-09 12:04`, which is UTC, as epoch ms; undefined for what is none. */
export function scheduleMs(text: string): number | undefined {
  const [, day, time] = /^(\d{4}-\d{2}-\d{2})[ T](\d{2}:\d{2})/.exec(text) ?? []
  const atMs = day === undefined || time === undefined ? Number.NaN : Date.parse(`${day}T${time}:00Z`)
  return Number.isNaN(atMs) ? undefined : atMs
}

/** Epoch ms in the time of here, to the minute, as it is typed: `2026-03-09 12:04`. */
export const localText = (atMs: number): string => formatDateTime(atMs).slice(0, 16)

/** What AWS says, in the time of here; what is no such time stays as it is. */
export function localSchedule(text: string): string {
  const atMs = scheduleMs(text)
  return atMs === undefined ? text : formatDateTime(atMs).replace(/:\d{2} ([+-])/, ' $1')
}

/** Where the browser is, for whoever reads a local time: `Europe/Berlin`. */
export const localZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone
