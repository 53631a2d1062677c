import { type Action, GetTopicRuleCommand, type IoTClient, ListTopicRulesCommand } from '@aws-sdk/client-iot'
import type { RuleDestinationUse, RuleDestinationUses } from '@thingdeck/contract'
import { isNamed } from '../../aws/error-name.ts'
import { KeptReads } from '../../aws/kept-reads.ts'
import { Pace } from '../../aws/pace.ts'
import { pagesOf } from '../../aws/pages.ts'
import type { Clock } from '../../clock.ts'

/** An account has 1,000 rules, unless AWS raised that (AWS IoT Core quotas). */
const MOST_RULES = 1_000
/** AWS takes 200 GetTopicRule a second of an account: half of them are left to others. */
const PER_SECOND = 100
const KEPT_MS = 10_000

/** Which rules send by way of destinations: AWS gives the actions of one rule at a time. */
export class RuleDestinationUsers {
  readonly #iot: IoTClient
  readonly #pace: Pace
  readonly #kept: KeptReads<RuleDestinationUses>

  constructor(iot: IoTClient, clock: Clock) {
    this.#iot = iot
    this.#pace = new Pace(clock, PER_SECOND)
    this.#kept = new KeptReads(clock, KEPT_MS, 1)
  }

  /** Errors are AWS's own. */
  read(signal: AbortSignal): Promise<RuleDestinationUses> {
    return this.#kept.read('', (until) => this.#readAll(until), signal)
  }

  async #readAll(signal: AbortSignal): Promise<RuleDestinationUses> {
    const { names, isAll } = await this.#names(signal)
    const uses = await Promise.all(names.map((ruleName) => this.#usesOf(ruleName, signal)))
    return { uses: uses.flat(), isAll }
  }

  async #names(abortSignal: AbortSignal): Promise<{ readonly names: readonly string[]; readonly isAll: boolean }> {
    const names: string[] = []
    const pages = pagesOf((nextToken) =>
      this.#iot.send(new ListTopicRulesCommand({ maxResults: MOST_RULES, nextToken }), { abortSignal }),
    )
    for await (const { rules = [], nextToken } of pages) {
      names.push(...rules.flatMap(({ ruleName }) => ruleName ?? []))
      if (names.length >= MOST_RULES) return { names, isAll: !nextToken }
    }
    return { names, isAll: true }
  }

  async #usesOf(ruleName: string, abortSignal: AbortSignal): Promise<readonly RuleDestinationUse[]> {
    await this.#pace.turn(abortSignal)
    try {
      const { rule } = await this.#iot.send(new GetTopicRuleCommand({ ruleName }), { abortSignal })
      const of = (action: Action, isErrorAction: boolean) =>
        useOf(action).map((use) => ({
          ruleName,
          isRuleDisabled: rule?.ruleDisabled === true,
          isErrorAction,
          ...use,
        }))
      return [
        ...(rule?.actions ?? []).flatMap((action) => of(action, false)),
        ...(rule?.errorAction ? of(rule.errorAction, true) : []),
      ]
    } catch (error) {
      // Deleted since it was listed: AWS says that of rules in these words.
      if (isNamed(error, 'UnauthorizedException', 'ResourceNotFoundException')) return []
      throw error
    }
  }
}

function useOf({
  http,
  kafka,
  influxDB,
}: Action): Pick<RuleDestinationUse, 'action' | 'destinationArn' | 'confirmationUrl'>[] {
  if (http) return [{ action: 'http', confirmationUrl: http.confirmationUrl ?? http.url ?? '' }]
  if (kafka) return [{ action: 'kafka', destinationArn: kafka.destinationArn ?? '' }]
  if (influxDB) return [{ action: 'influxDB', destinationArn: influxDB.destinationArn ?? '' }]
  return []
}
