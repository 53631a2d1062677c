import type { RuleAction } from './rule-actions.ts'
import type { RulePayload } from './rules.ts'

/** What stands in the place of a secret. */
export const HIDDEN_RULE_SECRET = '(hidden)'

/** A template that asks Secrets Manager is none itself; any other text may be one. */
const IS_ASKED_FOR = /^\s*\$\{\s*get_secret\(/i

/** Properties of a Kafka client that hold a secret (AWS IoT developer guide, "Apache Kafka", client properties). */
const KAFKA_SECRET = /password|keytab|^ssl\.keystore$/
/** Of a request's headers, those that are let pass with their value: any other may say who asks. */
const OPEN_HEADER = /^(accept|accept-.*|cache-control|content-.*|user-agent)$/i

/** What stands in a text's place; it is given each text that may be a secret. */
type Hide = (text: string) => string

const hideAll: Hide = () => HIDDEN_RULE_SECRET

/** The same rule with {@link HIDDEN_RULE_SECRET} for each secret: for lists, trails and those who may not write it. */
export const withoutRuleSecrets = (payload: RulePayload, hide: Hide = hideAll): RulePayload => ({
  ...payload,
  actions: payload.actions.map((action) => withoutActionSecrets(action, hide)),
  ...(payload.errorAction && { errorAction: withoutActionSecrets(payload.errorAction, hide) }),
})

/** The same of one action: a Salesforce token, passwords of a Kafka client, headers of a request. */
export function withoutActionSecrets(action: RuleAction, hide: Hide = hideAll): RuleAction {
  const hidden = (text: string) => (IS_ASKED_FOR.test(text) ? text : hide(text))
  const { salesforce, kafka, http } = action
  if (salesforce) return { salesforce: { ...salesforce, token: hidden(salesforce.token) } }
  if (kafka) {
    const properties = Object.entries(kafka.clientProperties).map(([name, value]) => [
      name,
      KAFKA_SECRET.test(name) ? hidden(value) : value,
    ])
    return { kafka: { ...kafka, clientProperties: Object.fromEntries(properties) } }
  }
  if (http?.headers) {
    const headers = http.headers.map(({ key, value }) => ({
      key,
      value: OPEN_HEADER.test(key) ? value : hidden(value),
    }))
    return { http: { ...http, headers } }
  }
  return action
}

/** All texts of a rule that may be secrets, in their order: for telling whether one is another than before. */
export function ruleSecrets(payload: RulePayload): string[] {
  const secrets: string[] = []
  withoutRuleSecrets(payload, (text) => {
    secrets.push(text)
    return text
  })
  return secrets
}
