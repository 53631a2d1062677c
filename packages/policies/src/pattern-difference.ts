import type { TemplatePart } from './template.ts'
import { ANY } from './wildcard.ts'

/** A stretch of a text, and whether it is what the other text has there. */
export interface Stretch {
  readonly text: string
  readonly isSame: boolean
}

/** Where a pattern and a text that it does not match part, character by character. */
export interface PatternDifference {
  /** How many characters would have to change. */
  readonly edits: number
  /** The pattern with its variables replaced; a variable without a value stands as `${key}`, and differs. */
  readonly pattern: readonly Stretch[]
  readonly text: readonly Stretch[]
}

interface Unit {
  readonly text: string
  /** `free` stands for any run of characters, `one` for any character, `unknown` for a variable without a value. */
  readonly kind: 'character' | 'one' | 'free' | 'unknown'
}

/** A variable without a value costs as much as a few characters: to give it one is a change too. */
const UNKNOWN_COST = 3
/** A match of so few characters between two differences is chance: `pump` in `lamp`. */
const CHANCE = 1

/**
 * The fewest changes of characters that would make the pattern match: `dt/pump-7/*` on `dt/pump-8/t` differs in one,
 * `7` against `8`.
 */
export function patternDifference(parts: readonly TemplatePart[], text: string): PatternDifference {
  const units = parts.flatMap(unitsOf)
  const characters = [...text]
  const costs = costTable(units, characters)
  const at = (row: number, column: number) => costs[row]?.[column] ?? Number.POSITIVE_INFINITY
  const patternSame: boolean[] = []
  const textSame: boolean[] = []
  let row = units.length
  let column = characters.length
  while (row > 0 || column > 0) {
    const unit = units[row - 1]
    const here = at(row, column)
    if (unit && isRun(unit)) {
      const skip = unit.kind === 'unknown' ? UNKNOWN_COST : 0
      patternSame[row - 1] = unit.kind === 'free'
      if (at(row - 1, column) + skip === here) row -= 1
      else {
        textSame[column - 1] = unit.kind === 'free'
        column -= 1
      }
    } else if (column > 0 && at(row, column - 1) + 1 === here) {
      textSame[column - 1] = false
      column -= 1
    } else if (unit && column > 0 && at(row - 1, column - 1) + changeCost(unit, characters[column - 1]) === here) {
      const same = changeCost(unit, characters[column - 1]) === 0
      patternSame[row - 1] = same
      textSame[column - 1] = same
      row -= 1
      column -= 1
    } else {
      patternSame[row - 1] = false
      row -= 1
    }
  }
  return {
    edits: at(units.length, characters.length),
    pattern: stretches(
      units.map((unit) => unit.text),
      patternSame,
    ),
    text: stretches(characters, textSame),
  }
}

/** Row by row the cost of making the first units match the first characters. */
function costTable(units: readonly Unit[], characters: readonly string[]): number[][] {
  const rows: number[][] = [characters.map((_, index) => index)]
  rows[0]?.push(characters.length)
  for (const unit of units) {
    const above = rows.at(-1) ?? []
    const row: number[] = []
    const whole = unit.kind === 'unknown' ? UNKNOWN_COST : unit.kind === 'free' ? 0 : 1
    for (let column = 0; column <= characters.length; column += 1) {
      const without = (above[column] ?? 0) + whole
      const before = row[column - 1] ?? Number.POSITIVE_INFINITY
      if (isRun(unit)) row.push(Math.min(without, before))
      else {
        const changed = (above[column - 1] ?? Number.POSITIVE_INFINITY) + changeCost(unit, characters[column - 1])
        row.push(Math.min(without, before + 1, changed))
      }
    }
    rows.push(row)
  }
  return rows
}

const isRun = ({ kind }: Unit): boolean => kind === 'free' || kind === 'unknown'

const changeCost = (unit: Unit, character: string | undefined): 0 | 1 =>
  character !== undefined && (unit.kind === 'one' || unit.text === character) ? 0 : 1

function unitsOf(part: TemplatePart): Unit[] {
  switch (part.kind) {
    case 'text':
      return [...part.text].map((text) => ({ text, kind: 'character' }))
    case 'wildcard':
      return [part.unit === ANY ? { text: '*', kind: 'free' } : { text: '?', kind: 'one' }]
    case 'variable':
      return [{ text: `\${${part.key.text}}`, kind: 'unknown' }]
  }
}

function stretches(texts: readonly string[], same: readonly boolean[]): Stretch[] {
  const runs: { text: string; isSame: boolean; length: number }[] = []
  for (const [index, text] of texts.entries()) {
    const isSame = same[index] === true
    const last = runs.at(-1)
    if (last?.isSame === isSame) {
      last.text += text
      last.length += 1
    } else runs.push({ text, isSame, length: 1 })
  }
  const joined: { text: string; isSame: boolean }[] = []
  for (const [index, { text, isSame, length }] of runs.entries()) {
    const isChance = isSame && length <= CHANCE && index > 0 && index < runs.length - 1 && /^\w$/.test(text)
    const last = joined.at(-1)
    const counts = isSame && !isChance
    if (last?.isSame === counts) last.text += text
    else joined.push({ text, isSame: counts })
  }
  return joined
}
