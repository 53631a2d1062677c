import { allowsVariables } from './condition-operator.ts'
import { type ContextKey, contextKey } from './policy-context.ts'
import { hasVariables, type PolicyDocument, type PolicyStatement } from './policy-document.ts'
import { parseTemplate } from './template.ts'

/** A context key that a document asks for. */
export interface ContextDemand {
  /** As the document spells it first. */
  readonly key: ContextKey
  /** It stands in a text as `${key}`; else it is the key of a condition alone. */
  readonly isVariable: boolean
}

/**
 * The context keys that a document asks for, as variables or in conditions, each once, in the order of the document.
 */
export function contextDemands({ version, statements }: PolicyDocument): readonly ContextDemand[] {
  const demands = new Map<string, ContextDemand>()
  const add = (key: ContextKey, isVariable: boolean) => {
    const before = demands.get(key.folded)
    demands.set(key.folded, { key: before?.key ?? key, isVariable: isVariable || before?.isVariable === true })
  }
  for (const statement of statements) {
    if (hasVariables(version)) {
      for (const text of textsWithVariables(statement)) {
        for (const part of parseTemplate(text, { wildcards: true, variables: true })) {
          if (part.kind === 'variable') add(part.key, true)
        }
      }
    }
    for (const { key } of statement.conditions) add(contextKey(key), false)
  }
  return [...demands.values()]
}

const textsWithVariables = ({ resource, conditions }: PolicyStatement): readonly string[] => [
  ...resource.patterns,
  ...conditions.flatMap(({ operator, values }) => (allowsVariables(operator.family) ? values : [])),
]
