import { parseTemplate } from './template.ts'
import { ANY } from './wildcard.ts'

/** A pattern of a policy letter by letter: `*` and `?` as wildcards, a variable as one unit by its name. */
type Unit = { readonly kind: 'any' | 'one' } | { readonly kind: 'letter' | 'variable'; readonly text: string }

/**
 * Whether every text that `narrow` matches is matched by `wide` too, whatever variables stand for: `topic/a/*` covers
 * `topic/a/${iot:ClientId}/?`. A variable is covered by itself and by `*`. A yes is sure; where `?` and `*` stand side
 * by side, a no may be a yes.
 * @throws {TemplateError}
 */
export function patternCovers(wide: string, narrow: string): boolean {
  const [above, below] = [unitsOf(wide), unitsOf(narrow)]
  return decide(above.length, below.length, (one, other, ask) => {
    const unit = above[one]
    const against = below[other]
    if (unit === undefined) return against === undefined
    if (unit.kind === 'any') return ask(one + 1, other) || (against !== undefined && ask(one, other + 1))
    if (against === undefined) return false
    const fits = unit.kind === 'one' ? against.kind === 'letter' || against.kind === 'one' : isSame(unit, against)
    return fits && ask(one + 1, other + 1)
  })
}

/**
 * Whether some text is matched by both, where a variable may stand for anything: so a no is sure, and a yes a maybe.
 * @throws {TemplateError}
 */
export function patternsOverlap(left: string, right: string): boolean {
  const [lefts, rights] = [unitsOf(left), unitsOf(right)]
  const isLong = (unit: Unit | undefined) => unit?.kind === 'any' || unit?.kind === 'variable'
  return decide(lefts.length, rights.length, (one, other, ask) => {
    const [a, b] = [lefts[one], rights[other]]
    if (a === undefined && b === undefined) return true
    if (a && b && isSame(a, b) && ask(one + 1, other + 1)) return true
    if (isLong(a)) return ask(one + 1, other) || (b !== undefined && ask(one, other + 1))
    if (isLong(b)) return ask(one, other + 1) || (a !== undefined && ask(one + 1, other))
    if (a === undefined || b === undefined) return false
    return (a.kind === 'one' || b.kind === 'one' || isSame(a, b)) && ask(one + 1, other + 1)
  })
}

function unitsOf(pattern: string): Unit[] {
  return parseTemplate(pattern, { wildcards: true, variables: true }).flatMap((part): Unit[] => {
    if (part.kind === 'text') return Array.from(part.text, (text) => ({ kind: 'letter', text }))
    if (part.kind === 'wildcard') return [{ kind: part.unit === ANY ? 'any' : 'one' }]
    return [{ kind: 'variable', text: part.key.folded }]
  })
}

function isSame(a: Unit, b: Unit): boolean {
  if (a.kind !== b.kind) return false
  return !('text' in a) || !('text' in b) || a.text === b.text
}

/**
 * Asks each pair of places at most once, so that the time is the product of both lengths. From the ends: no recursion.
 */
function decide(
  ones: number,
  others: number,
  rule: (one: number, other: number, ask: (one: number, other: number) => boolean) => boolean,
): boolean {
  const width = others + 1
  const known = new Uint8Array((ones + 1) * width)
  const ask = (one: number, other: number) => known[one * width + other] === 1
  for (let one = ones; one >= 0; one--) {
    for (let other = others; other >= 0; other--) known[one * width + other] = rule(one, other, ask) ? 1 : 0
  }
  return ask(0, 0)
}
