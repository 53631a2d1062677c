import { arnPrefix, type PolicyHome } from '../policy-home.ts'
import type { ThingFacts } from '../thing-context.ts'
import { POLICY_ACTIONS, type PolicyResourceKind } from '../vocabulary/policy-action.ts'

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
  readonly count: number
}

/** The ARN of what a request is about. */
export function resourceOf({ action, subject }: Pick<SeenRequest, 'action' | 'subject'>, home: PolicyHome): string {
  const kind = kindOf(action)
  return kind === undefined ? '*' : `${arnPrefix(home)}${kind}/${subject}`
}

export const kindOf = (action: string): PolicyResourceKind | undefined =>
  POLICY_ACTIONS.find(({ name }) => name === action)?.resource
