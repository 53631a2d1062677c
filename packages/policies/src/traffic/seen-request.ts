import type { PolicyRequest } from '../evaluate.ts'
import { type ContextEntries, type ContextValue, toPolicyContext } from '../policy-context.ts'
import { arnPrefix, type PolicyHome } from '../policy-home.ts'
import { type ThingFacts, thingContext } from '../thing-context.ts'
import { POLICY_ACTIONS } from '../vocabulary/policy-action.ts'

/** What a client was seen to do, as often as it did. */
export interface SeenRequest {
  /** `iot:Publish`. */
  readonly action: string
  /** The client id, topic, topic filter, thing (with `/SHADOW`) or role alias that it was about. */
  readonly subject: string
  /** Undefined over HTTPS, where there is none. */
  readonly clientId?: string | undefined
  /** The thing of the connection; undefined where it has none, or none is known. */
  readonly thing?: ThingFacts | undefined
  /** What else was known of the request: its address, say. */
  readonly context?: ContextEntries | undefined
  readonly count: number
}

/** The question that policies answer about it. */
export function toPolicyRequest<Seen extends SeenRequest>(
  seen: Seen,
  home: PolicyHome,
): PolicyRequest & { readonly seen: Seen } {
  const { action, clientId, thing, context = {} } = seen
  const entries = new Map<string, ContextValue | undefined>(context instanceof Map ? context : Object.entries(context))
  if (clientId !== undefined) {
    entries.set('iot:ClientId', clientId)
    for (const [key, value] of thingContext(thing)) entries.set(key, value)
  }
  return { action, resource: resourceOf(seen, home), context: toPolicyContext(entries), seen }
}

/** The ARN of what a request is about. */
export function resourceOf({ action, subject }: Pick<SeenRequest, 'action' | 'subject'>, home: PolicyHome): string {
  const kind = kindOf(action)
  return kind === undefined ? '*' : `${arnPrefix(home)}${kind}/${subject}`
}

export const kindOf = (action: string) => POLICY_ACTIONS.find(({ name }) => name === action)?.resource
