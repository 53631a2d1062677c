import {
  allowAlso,
  contextKey,
  type DecidedNeed,
  escapePattern,
  type NearestStatement,
  nearestStatements,
} from '@thingdeck/policies'
import type { Door } from './check.ts'
import { legiblePolicy } from './legible-policy.ts'
import type { CountedPolicy, PolicySet } from './policy-set.ts'

/** A change of one policy that would allow what is refused. */
export interface Fix {
  readonly policyName: string
  /** What is allowed besides, as the document says it. */
  readonly resource: string
  /** It holds for other clients, too, each for its own. */
  readonly isGeneral: boolean
  /** Of the statement that it joins, from 1; undefined: it is a statement of its own. */
  readonly statement: number | undefined
  /** The whole document with it. */
  readonly text: string
}

/** Variables that stand for one client alone, the first that fits is taken. */
const OWN_VARIABLES = ['iot:Connection.Thing.ThingName', 'iot:ClientId'] as const

/** The smallest changes that would allow what is refused: with variables where they fit, and to the letter. */
export function fixesOf({ decision, context }: DecidedNeed, { named, counted }: PolicySet, door: Door): readonly Fix[] {
  if (decision.decision !== 'IMPLICIT_DENY' || decision.resource === '*') return []
  const { action, resource } = decision
  const [nearest] = nearestStatements(named, { action, resource, context }, 1)
  const policy = counted.find(({ policyName }) => policyName === nearest?.statement.policyName) ?? counted[0]
  if (!policy) return []
  const joined = nearest && mayJoin(nearest) ? nearest.statement.statementIndex : undefined
  return resourcesFor(resource, door === 'mqtt' ? (key) => textOf(context.get(contextKey(key))) : () => undefined)
    .map(({ text, isGeneral }) => fixOf(policy, { action, resource: text, isGeneral }, joined))
    .filter((fix) => fix !== undefined)
}

/** A resource more is all that the statement lacks. */
const mayJoin = ({ coversAction, resource, isLeftOut, unmet }: NearestStatement): boolean =>
  coversAction && resource !== undefined && !isLeftOut && unmet.length === 0

function fixOf(
  { policyName, text }: CountedPolicy,
  { action, resource, isGeneral }: { action: string; resource: string; isGeneral: boolean },
  joined: number | undefined,
): Fix | undefined {
  try {
    return {
      policyName,
      resource,
      isGeneral,
      statement: joined === undefined ? undefined : joined + 1,
      text: allowAlso(legiblePolicy(text), { action, resource }, joined),
    }
  } catch {
    return undefined // a text that is no JSON is said to be malformed elsewhere
  }
}

function resourcesFor(resource: string, valueAt: (key: string) => string | undefined) {
  const literal = { text: escapePattern(resource), isGeneral: false }
  for (const key of OWN_VARIABLES) {
    const value = valueAt(key)
    if (value === undefined || value === '' || isDangerous(resource, value, key)) continue
    const text = withVariable(resource, value, key)
    if (text !== undefined) return [{ text, isGeneral: true }, literal]
  }
  return [literal]
}

/**
 * `client/${iot:ClientId}` allows every client id, and a client that calls itself `#` would subscribe to everything.
 * @see AWS IoT Core developer guide, "Wildcard characters in MQTT and AWS IoT Core policies"
 */
const isDangerous = (resource: string, value: string, key: string): boolean =>
  key === 'iot:ClientId' && (resource.includes(':client/') || /[+#]/.test(value))

/** In place of a whole level, or of all that is named: `topic/dt/pump-7/t` → `topic/dt/${…ThingName}/t`. */
function withVariable(resource: string, value: string, key: string): string | undefined {
  const at = resource.indexOf('/')
  const levels = resource.slice(at + 1).split('/')
  if (!levels.includes(value)) return undefined
  const filled = levels.map((level) => (level === value ? `\${${key}}` : escapePattern(level)))
  return `${resource.slice(0, at)}/${filled.join('/')}`
}

const textOf = (value: string | readonly string[] | undefined): string | undefined =>
  typeof value === 'string' ? value : undefined
