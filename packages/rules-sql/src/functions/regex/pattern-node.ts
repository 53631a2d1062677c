import type { CharacterSet } from './character-set.ts'

/** A regular expression, read. */
export type PatternNode =
  | { readonly kind: 'character'; readonly set: CharacterSet }
  | { readonly kind: 'assertion'; readonly holds: Assertion }
  | { readonly kind: 'sequence'; readonly items: readonly PatternNode[] }
  | { readonly kind: 'alternatives'; readonly options: readonly PatternNode[] }
  | { readonly kind: 'group'; readonly group: number; readonly body: PatternNode }
  | Repetition
  | Lookaround

export interface Repetition {
  readonly kind: 'repetition'
  readonly body: PatternNode
  readonly min: number
  /** Infinity where there is no upper bound. */
  readonly max: number
  /** Whether more is tried before less. */
  readonly isGreedy: boolean
}

export interface Lookaround {
  readonly kind: 'lookaround'
  readonly body: PatternNode
  readonly direction: 'ahead' | 'behind'
  readonly isNegative: boolean
}

/** Whether it holds at a place of the text, by the characters around it. `index` is between two characters. */
export type Assertion = (text: string, index: number) => boolean

export function repetition(body: PatternNode, min: number, max: number, isGreedy = true): PatternNode {
  return { kind: 'repetition', body, min, max, isGreedy }
}

/** The most characters that a match of the node has; Infinity where nothing bounds it. */
export function maxLength(node: PatternNode): number {
  switch (node.kind) {
    case 'character':
      return 1
    case 'assertion':
    case 'lookaround':
      return 0
    case 'sequence':
      return node.items.reduce((sum, item) => sum + maxLength(item), 0)
    case 'alternatives':
      return Math.max(...node.options.map(maxLength))
    case 'group':
      return maxLength(node.body)
    case 'repetition': {
      const length = maxLength(node.body)
      return length === 0 ? 0 : length * node.max
    }
  }
}

/** Whether the node matches nothing at all, too. */
export function isNullable(node: PatternNode): boolean {
  switch (node.kind) {
    case 'character':
      return false
    case 'assertion':
    case 'lookaround':
      return true
    case 'sequence':
      return node.items.every(isNullable)
    case 'alternatives':
      return node.options.some(isNullable)
    case 'group':
      return isNullable(node.body)
    case 'repetition':
      return node.min === 0 || isNullable(node.body)
  }
}
