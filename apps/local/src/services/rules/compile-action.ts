import { invalidRequest } from '../../foundation/errors.ts'
import type { ServiceContext } from '../../foundation/service.ts'
import type { Publisher } from '../../foundation/traffic.ts'
import { Hops, Republish } from './actions/republish.ts'
import type { CompileAction } from './compiled-rule.ts'
import type { RuleRoles } from './rule-roles.ts'
import type { RulePayload } from './rule-table.ts'

type RuleAction = RulePayload['actions'][number]

/** Makes the actions that this server does. */
export function compileAction(context: ServiceContext, roles: RuleRoles): CompileAction {
  const hops = new Hops(() => serverPublisher(context))
  return (name, settings, options) => {
    if (name !== 'republish') {
      throw invalidRequest(
        `${options.place}: this server does not do the action ${name}, and takes no rule that it would not run. It does republish.`,
      )
    }
    return new Republish(context, roles, hops, settings as NonNullable<RuleAction['republish']>, options) // by its name
  }
}

/** Of what no client published: events, answers of services. */
function serverPublisher({ account, clock }: ServiceContext): Publisher {
  const arn = `arn:aws:iam::${account.id}:root`
  return {
    protocol: 'MQTT',
    principal: { kind: 'root', arn, accessKeyId: '', principalId: account.id },
    receivedAtMs: clock(),
    traceId: crypto.randomUUID(),
  }
}
