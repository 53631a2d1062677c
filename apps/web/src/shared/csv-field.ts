const NUMBER = /^\s*[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?\s*$/
/** The characters that begin a formula, those of full width too; white space before them may be dropped. */
const FORMULA = /^[\s'\ufeff]*[=+\-@\uff1d\uff0b\uff0d\uff20]|^'*[\t\r]/

/**
 * Whether a spreadsheet would take a field for a formula, which may run programs and send data away. A number with a sign
 * is none. Source: OWASP, "CSV Injection".
 */
export const isFormula = (text: string): boolean => FORMULA.test(text) && !NUMBER.test(text)

/**
 * A field of CSV (RFC 4180). What a spreadsheet would take for a formula stands behind an apostrophe; so does what looks
 * like that already (`'=1`): where what follows an apostrophe is a formula, taking the apostrophe away gives the text.
 */
export function csvField(text: string): string {
  const safe = isFormula(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
