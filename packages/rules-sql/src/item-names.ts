import type { Expression, SelectItem } from './syntax.ts'

/**
 * Under which name an item stands in the result: its alias, else the last name of its path, the function's name, the
 * variable's. `spread` where its members themselves become the result's: of `*`, `path.*` and an object literal. Undefined
 * where it needs an alias. The guide shows the last name of a path; the rest is as other servers have it.
 */
export function nameOfItem({ value, alias, isSpread }: SelectItem): readonly string[] | 'spread' | undefined {
  return isSpread ? 'spread' : (alias ?? nameOfExpression(value))
}

function nameOfExpression(value: Expression): readonly string[] | 'spread' | undefined {
  switch (value.kind) {
    case 'whole':
    case 'object':
      return 'spread'
    case 'field':
    case 'member':
    case 'variable':
    case 'call':
      return [value.name]
    case 'cast':
      return ['cast']
    default:
      return undefined
  }
}
