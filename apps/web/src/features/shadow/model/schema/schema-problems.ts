import { formatPath, type JsonObject, type JsonPath, type JsonTree, parseJsonTree } from '@thingdeck/json'
import type { ShadowState } from '@thingdeck/shadows'
import { formatKey } from '../rows.ts'
import type { TextProblem } from '../section-text.ts'
import { type Violation, validate } from './json-schema.ts'

/** Nothing desired is nothing to check: a schema's required keys are required of a wish, not that there be one. */
export function violationsOf(schema: JsonObject, { desired }: ShadowState): readonly Violation[] {
  return desired === undefined ? [] : validate(schema, desired)
}

const idOf = ({ path, message }: Violation) => `${formatPath(path)} ${message}`

/** What the draft breaks and the shadow did not: nobody is kept from an update by what others did. */
export function newViolations(schema: JsonObject, live: ShadowState, wanted: ShadowState): readonly Violation[] {
  const known = new Set(violationsOf(schema, live).map(idOf))
  return violationsOf(schema, wanted).filter((violation) => !known.has(idOf(violation)))
}

export function violationInWords({ path, message }: Violation): string {
  return path.length === 0 ? `desired ${message}` : `${formatKey(path)} ${message}`
}

/** Where the violations stand in the text of `desired`. */
export function schemaProblems(schema: JsonObject, text: string, value: JsonObject | undefined): TextProblem[] {
  if (value === undefined || value.size === 0) return []
  const violations = validate(schema, value)
  if (violations.length === 0) return []
  const tree = parseJsonTree(text)
  return violations.map((violation) => {
    const { from, to } = nodeAt(tree, violation.path)
    const message = `By the schema: ${violationInWords(violation)}`
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
