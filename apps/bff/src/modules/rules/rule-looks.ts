import { GetTopicRuleCommand, type IoTClient } from '@aws-sdk/client-iot'
import { type RuleLook, withoutRuleSecrets } from '@thingdeck/contract'
import { SharedReads } from '../../aws/shared-reads.ts'
import { isRefused } from '../../aws/why-unread.ts'
import { payloadOf } from './rules.ts'

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
