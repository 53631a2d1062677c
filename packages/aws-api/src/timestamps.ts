import type { TimestampFormat } from './shape.ts'

const DATE_TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?(?:Z|[+-]\d{2}:\d{2})$/i
const HTTP_DATE = /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2}(?:\.\d{1,9})? GMT$/
const SECONDS = /^[+-]?\d{1,17}(?:\.\d{1,17})?(?:[eE][+-]?\d{1,3})?$/

/**
 * @returns undefined where the text is not a moment in this format.
 * @see Smithy 2.0, "timestampFormat trait"
 */
export function parseTimestamp(text: string, format: TimestampFormat): Date | undefined {
  if (format === 'epoch-seconds') return SECONDS.test(text) ? fromEpochSeconds(Number(text)) : undefined
  const grammar = format === 'date-time' ? DATE_TIME : HTTP_DATE
  return grammar.test(text) ? valid(new Date(text)) : undefined
}

/** Epoch seconds, with a fraction of milliseconds. */
export function fromEpochSeconds(seconds: number): Date | undefined {
  return valid(new Date(Math.round(seconds * 1000)))
}

export function formatTimestamp(date: Date, format: TimestampFormat): string {
  if (format === 'epoch-seconds') return String(date.getTime() / 1000)
  if (format === 'http-date') return date.toUTCString()
  return date.toISOString().replace('.000Z', 'Z')
}

function valid(date: Date): Date | undefined {
  return Number.isNaN(date.getTime()) ? undefined : date
}
