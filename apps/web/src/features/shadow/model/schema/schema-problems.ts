import { formatPath, type JsonObject, parseJsonTree } from '@thingdeck/json'
import type { ShadowState } from '@thingdeck/shadows'
import type { TextProblem } from '../../../../shared/editor/text-problem.ts'
import { type Violation, validate } from '../../../../shared/json-schema/json-schema.ts'
import { schemaProblems } from '../../../../shared/json-schema/schema-problems.ts'
import { formatKey } from '../rows.ts'
import type { SectionText } from '../section-text.ts'

/** Nothing desired is nothing to check: a schema's required keys are required of a wish, not that there be one. */
function violationsOf(schema: JsonObject, { desired }: ShadowState): readonly Violation[] {
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
export function sectionSchemaProblems(schema: JsonObject, { text, value }: SectionText): readonly TextProblem[] {
  return value === undefined || value.size === 0 ? [] : schemaProblems(schema, parseJsonTree(text), violationInWords)
}
