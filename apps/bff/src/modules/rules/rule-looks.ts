import { GetTopicRuleCommand, type IoTClient } from '@aws-sdk/client-iot'
import { type RuleActionName, type RuleLook, type RuleRow, withoutRuleSecrets } from '@thingdeck/contract'
import { SharedReads } from '../../aws/shared-reads.ts'
import { isRefused } from '../../aws/why-unread.ts'
import { payloadOf } from './rule-payload.ts'

/** Asks AWS for what a list says of its rules; who asks for the same at once shares an answer. */
export class RuleLooks {
  readonly #iot: IoTClient
  readonly #shared = new SharedReads<RuleLook | undefined>()

  constructor(iot: IoTClient) {
    this.#iot = iot
  }

  /** In the order of the names, without those that AWS does not give: gone, or not for the console. */
  async of(ruleNames: readonly string[], signal?: AbortSignal): Promise<RuleLook[]> {
    const looks = ruleNames.map((name) => this.#shared.read(name, (until) => this.#read(name, until), signal))
    return (await Promise.all(looks)).filter((look) => look !== undefined)
  }

  /** Those of the rules that have such an action, or such an error action. */
  async withAction(rules: readonly RuleRow[], action: RuleActionName): Promise<RuleRow[]> {
    const looks = await this.of(rules.map(({ ruleName }) => ruleName))
    const having = new Set(
      looks.flatMap(({ ruleName, payload: { actions, errorAction } }) =>
        [...actions, errorAction].some((each) => each?.[action] !== undefined) ? [ruleName] : [],
      ),
    )
    return rules.filter(({ ruleName }) => having.has(ruleName))
  }

  async #read(ruleName: string, abortSignal: AbortSignal): Promise<RuleLook | undefined> {
    try {
      const { rule = {} } = await this.#iot.send(new GetTopicRuleCommand({ ruleName }), { abortSignal })
      return { ruleName, payload: withoutRuleSecrets(payloadOf(rule)) }
    } catch (error) {
      if (isRefused(error)) return undefined
      throw error
    }
  }
}
