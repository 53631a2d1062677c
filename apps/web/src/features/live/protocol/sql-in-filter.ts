/** `SQL …`, or a statement of rules by its first word in capitals, up to the end of the filter. */
const BEGINS = /^(?:sql\s+|(?=(?:SELECT|WHERE)\s))/i

/** What there is before an expression that is written alone. */
const BEFORE = 'SELECT * WHERE '

/** Whether SQL begins here, and how long the word is that says so. */
export function sqlBegins(text: string): number | undefined {
  const found = BEGINS.exec(text)
  if (found === null) return undefined
  // In small letters `select` and `where` are words that somebody looks for.
  return found[0] === '' && !/^(?:SELECT|WHERE)/.test(text) ? undefined : found[0].length
}

/** Where the SQL of a filter begins; undefined: there is none in it. */
export function sqlFrom(text: string): number | undefined {
  for (const { index } of text.matchAll(/(?<=^|\s)\S/g)) {
    const length = sqlBegins(text.slice(index))
    if (length !== undefined) return index + length
  }
  return undefined
}

/**
 * A statement, its WHERE alone, or an expression, as the statement that it stands for.
 * @returns with how much longer it is at its beginning
 */
export function statementOf(text: string): { readonly sql: string; readonly added: number } {
  if (/^\s*(?:select|set)\b/i.test(text)) return { sql: text, added: 0 }
  const expression = text.replace(/^\s*where\b/i, (word) => ' '.repeat(word.length))
  return { sql: BEFORE + expression, added: BEFORE.length }
}
