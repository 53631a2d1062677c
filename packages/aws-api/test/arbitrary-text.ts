import fc from 'fast-check'
import type { Constraint } from '../src/index.ts'

/** Tried where no text can be made from a pattern, as with properties of Unicode, and with one that looks ahead. */
const CANDIDATES = ['a', 'plant-7', 'Z9', '7', 'a-b_c', '15', 'x'.repeat(40), 'Größe 1', '/', '/a/b.c/']

/** Text of the constraint's length and pattern. */
export function arbitraryTextWithin({ min = 0, max = min + 20, pattern }: Constraint): fc.Arbitrary<string> {
  const maxLength = Math.min(max, min + 20)
  if (pattern === undefined) return fc.string({ unit: 'grapheme-ascii', minLength: min, maxLength })
  const isShort = (text: string) => text.length >= min && text.length <= max
  if (pattern.includes('\\p{') || pattern.includes('(?!')) {
    const source = pattern.replaceAll('\\p{Graph}', '!-~').replaceAll('\\p{Upper}\\p{Digit}', 'A-Z0-9')
    const regExp = new RegExp(`^(?:${source.replaceAll('\\p{Cntrl}', '\\0-\\x1f')})$`, 'u')
    return fc.constantFrom(...CANDIDATES.filter((text) => isShort(text) && regExp.test(text)))
  }
  // a last repetition is bounded, so that few texts have to be thrown away
  const bounded = pattern.replace(/([+*])(\$?)$/, (_, sign: string, end: string) => {
    return `{${Math.max(min, sign === '+' ? 1 : 0)},${maxLength}}${end}`
  })
  return fc.stringMatching(new RegExp(`^(?:${bounded})$`)).filter(isShort)
}
