import { compilePattern, matchesPattern } from '../pattern.ts'
import { contextKey, NO_CONTEXT, PolicyContext } from '../policy-context.ts'
import { type ThingFacts, thingContext } from '../thing-context.ts'
import { findPolicyKey } from '../vocabulary/policy-key.ts'
import type { PolicyFinding } from './policy-finding.ts'
import { coversAction, finding, type PolicyLook } from './policy-look.ts'
import { type WrittenVariable, writtenVariables } from './variable-findings.ts'

/** How many things a sentence names. */
const NAMED = 3

/** A variable, and the things for which it stands for nothing. */
interface EmptyVariable {
  readonly variable: WrittenVariable
  readonly thingNames: readonly string[]
}

/** What only the things tell that the policy is for. */
export function thingsFindings(look: PolicyLook): PolicyFinding[] {
  const { things = [] } = look
  if (things.length === 0) return []
  return [
    ...emptyVariables(look, things).map((each) => aboutEmpty(look, things, each)),
    // Another thing may be named so.
    ...(look.hasMoreThings ? [] : clientsOfNoThing(look, things)),
  ]
}

/** Where a variable comes up empty; what is not known of a thing, as its certificate may be, is not held against it. */
function emptyVariables(look: PolicyLook, things: readonly ThingFacts[]): EmptyVariable[] {
  const contexts = things.map((thing) => ({ thing, context: new PolicyContext(thingContext(thing)) }))
  return writtenVariables(look).flatMap((variable) => {
    const key = findPolicyKey(variable.name)
    if (variable.hasDefault || key?.kind === 'list') return []
    const tells = ({ thing }: (typeof contexts)[number]) =>
      key?.source === 'thing' || (key?.source === 'certificate' && thing.certificate !== undefined)
    const thingNames = contexts
      .filter((each) => tells(each) && each.context.substitute(contextKey(variable.name)) === undefined)
      .map(({ thing }) => thing.thingName)
    return thingNames.length > 0 ? [{ variable, thingNames }] : []
  })
}

function aboutEmpty(
  look: PolicyLook,
  things: readonly ThingFacts[],
  { variable, thingNames }: EmptyVariable,
): PolicyFinding {
  const all = look.hasMoreThings ? `the first ${things.length} things` : `${things.length} things`
  const of =
    thingNames.length === things.length
      ? `each of ${look.hasMoreThings ? '' : 'the '}${all}`
      : `${thingNames.length} of ${all}`
  const words = `\${${variable.name}} resolves to nothing for ${of} (${listed(thingNames)}): there the statement does not match.`
  return finding(look, 'VARIABLE_EMPTY', 'warning', variable.place, words, [], variable.span)
}

/** Client ids, written out, under which no thing may connect: for them thing variables stand for nothing. */
function clientsOfNoThing(look: PolicyLook, things: readonly ThingFacts[]): PolicyFinding[] {
  const names = new Set(things.map(({ thingName }) => thingName))
  return look.statements.flatMap((statement) => {
    if (!statement.isAllow || !coversAction(statement, 'iot:Connect')) return []
    return statement.resources.flatMap(({ arn, place }) => {
      const { kind, name } = arn ?? {}
      if (kind !== 'client' || name === undefined || name.includes('${')) return []
      const pattern = compilePattern(name, { wildcards: true, variables: false })
      if ([...names].some((each) => matchesPattern(pattern, each, NO_CONTEXT))) return []
      const words = `None of the things of this policy (${listed([...names])}) is named so: a connection under this client id has no thing, and no thing variables.`
      return [finding(look, 'CLIENT_OF_NO_THING', 'warning', place, words)]
    })
  })
}

function listed(names: readonly string[]): string {
  const more = names.length - NAMED
  return names.slice(0, NAMED).join(', ') + (more > 0 ? ` and ${more} more` : '')
}
