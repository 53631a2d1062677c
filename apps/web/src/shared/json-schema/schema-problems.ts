import type { JsonObject, JsonPath, JsonTree } from '@thingdeck/json'
import type { TextProblem } from '../editor/text-problem.ts'
import { type Violation, validate } from './json-schema.ts'

/** Where the violations of a schema stand in a text. */
export function schemaProblems(
  schema: JsonObject,
  tree: JsonTree,
  words: (violation: Violation) => string,
): readonly TextProblem[] {
  return validate(schema, tree.value).map((violation) => {
    const { from, to } = nodeAt(tree, violation.path)
    const message = `By the schema: ${words(violation)}`
    return { severity: 'error', message, from, to: Math.min(to, from + MAX_MARKED) }
  })
}

/** A mark over a whole object would hide what is within. */
const MAX_MARKED = 200

/** The value at the path, or the nearest above it that is there. */
function nodeAt(tree: JsonTree, path: JsonPath): JsonTree {
  let node = tree
  for (const step of path) {
    const next =
      typeof step === 'number' ? node.items?.[step] : node.members?.findLast(({ key }) => key === step)?.value
    if (!next) return node
    node = next
  }
  return node
}
