const DECIMAL = /^[+-]?\d+(?:\.\d+)?$/
const INTEGER = /^\d{1,15}$/
const YEAR = /^\d{4}$/
/** W3C-DTF: a year, a month, a day, or a day with a time and its zone. */
const DATE = /^\d{4}(?:-\d\d(?:-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:\d\d))?)?)?$/

/** Reads an integer or decimal; `undefined` if it is none. */
export function parseDecimal(text: string): number | undefined {
  return DECIMAL.test(text) ? Number(text) : undefined
}

/**
 * Reads a date into milliseconds since the epoch; `undefined` if it is none. Four digits are a year, any other number
 * of digits are seconds since the epoch.
 * @see W3C Note "Date and Time Formats"; IAM user guide, "Date condition operators"
 */
export function parseTime(text: string): number | undefined {
  if (INTEGER.test(text) && !YEAR.test(text)) return Number(text) * 1000
  if (!DATE.test(text)) return undefined
  const time = Date.parse(text)
  return Number.isNaN(time) ? undefined : time
}
