import {
  type Condition,
  type ConditionGroup,
  formatCondition,
  isGroup,
  type Operator,
  withoutPlace,
} from '@thingdeck/fleet-query'

/**
 * Conditions as they were chosen, where a query says only about what they mean, as its syntax has no place for a character
 * of their value: `attributes.site = hall/2` beside the query `attributes.site:hall?2`. A field, an operator and a value.
 */
export type Meant = readonly string[]

/** In place of the field: any. */
const ANY_FIELD = '*'

/** Those of the conditions that a query says only about. */
export function meantOf(conditions: ConditionGroup['conditions']): Meant | undefined {
  const texts = conditions.flatMap((part): Meant => {
    if (isGroup(part)) return meantOf(part.conditions) ?? []
    return withoutPlace(part).length === 0 ? [] : [`${part.field ?? ANY_FIELD} ${part.operator} ${part.value}`]
  })
  return texts.length === 0 ? undefined : [...new Set(texts)]
}

/** What was chosen, as far as the query still says it. */
export const stillMeant = (query: string | undefined, meant: Meant = []): readonly Condition[] =>
  meant.flatMap(readMeant).filter((condition) => query !== undefined && hasTerm(query, formatCondition(condition)))

function readMeant(text: string): readonly Condition[] {
  const [, field = '', operator = '', value = ''] = /^(.+?) (!?[=:^]|[<>]=?) (.+)$/su.exec(text) ?? []
  const condition: Condition = {
    field: field === ANY_FIELD ? undefined : field,
    operator: operator as Operator, // the expression lets no other through
    value,
  }
  return operator !== '' && withoutPlace(condition).length > 0 ? [condition] : []
}

/** A term as a whole: `a:*` is none of `a:*b`. */
function hasTerm(query: string, term: string): boolean {
  for (let at = query.indexOf(term); at >= 0; at = query.indexOf(term, at + 1)) {
    const around = [query.charAt(at - 1), query.charAt(at + term.length)]
    if (around.every((character) => /^[\s()]?$/u.test(character))) return true
  }
  return false
}

/** Conditions of a query, each as it is meant. */
export function asMeant(group: ConditionGroup, meant: readonly Condition[]): ConditionGroup {
  const chosen = new Map(meant.map((condition) => [formatCondition(condition), condition]))
  const conditions = group.conditions.map((part) =>
    isGroup(part) ? asMeant(part, meant) : (chosen.get(formatCondition(part)) ?? part),
  )
  return { ...group, conditions }
}
