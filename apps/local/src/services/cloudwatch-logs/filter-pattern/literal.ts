/**
 * A text that a message must hold, as it stands, so that a pattern can mean it. Searches look for that first: most messages
 * need not be read then. In messages with a backslash it may stand in another spelling, as JSON allows.
 */
export type Literal = string | undefined

/** Shorter ones are in nearly every message. */
const LEAST_LENGTH = 3

/** What JSON spells in one way alone, unless with a backslash. */
const AS_IT_STANDS = /^[\w .:@/+~$#=-]*$/

/** The longest part of a form, in which `*` stands for any run of characters. */
export function literalOfForm(form: string): Literal {
  return longest(form.split('*').filter((part) => AS_IT_STANDS.test(part)))
}

/** The longest, where all of them are needed. */
export function longest(literals: readonly Literal[]): Literal {
  const [first] = literals.filter((literal) => literal !== undefined).sort((a, b) => b.length - a.length)
  return first !== undefined && first.length >= LEAST_LENGTH ? first : undefined
}
