import { RoleSessions } from '../../foundation/role-sessions.ts'
import { IOT_SERVICE } from '../../foundation/roles.ts'
import type { MakeService } from '../../foundation/service.ts'
import { AwsClients } from './actions/aws-clients.ts'
import { SALESFORCE_VARIABLE } from './actions/salesforce.ts'
import { compileAction } from './compile-action.ts'
import { compileRule } from './compiled-rule.ts'
import { destinationHandlers } from './destination-handlers.ts'
import { Destinations } from './destinations.ts'
import { ProtobufDecoder } from './protobuf-decoder.ts'
import { ruleHandlers } from './rule-handlers.ts'
import { ruleNeeds } from './rule-needs.ts'
import { RuleRoles } from './rule-roles.ts'
import { ruleServices } from './rule-services.ts'
import { Rules } from './rules.ts'
import { RulesEngine } from './rules-engine.ts'
import { Secrets } from './secrets.ts'
import { toldServices } from './told-services.ts'

/** Topic rules, and the engine that runs them. */
export const rulesService: MakeService = (context) => {
  const { account, roles, functions, ownUrl } = context
  const clients = new AwsClients({
    account,
    ownUrl,
    sessions: new RoleSessions(context, IOT_SERVICE.value),
    functions,
    environment: process.env,
  })
  const ruleRoles = new RuleRoles(context, roles, context.policies.rolePolicies)
  const secrets = new Secrets(context, clients)
  const destinations = new Destinations(context, secrets)
  const salesforceUrl = process.env[SALESFORCE_VARIABLE] || undefined
  const compile = compileAction(context, { roles: ruleRoles, clients, destinations, secrets, salesforceUrl })
  const rules = new Rules(context, { tags: context.tags, destinations }, (name, payload) =>
    compileRule(context.account, name, payload, compile),
  )
  const protobuf = new ProtobufDecoder(clients, context.clock)
  const services = (ruleName: string) => {
    const parts = { roles: ruleRoles.forRule(ruleName), clients, secrets, protobuf }
    return toldServices(context, ruleName, ruleServices(context, parts, ruleName))
  }
  const engine = new RulesEngine(context, rules, services)
  return {
    name: 'rules',
    handlers: { iot: { ...ruleHandlers(rules), ...destinationHandlers(destinations) } },
    resources: { ruleName: 'rule' },
    controlPlaneNeeds: ruleNeeds((token) => destinations.arnOfToken(token)),
    reservedTopics: {
      rule: ({ topic, message, publisher }) => engine.ingest(topic.ruleName, topic.topic, message, publisher),
    },
    reset: () => {
      ruleRoles.forget()
      engine.reset()
    },
    close: () => {
      engine.close()
      destinations.close()
      return clients.close()
    },
  }
}
