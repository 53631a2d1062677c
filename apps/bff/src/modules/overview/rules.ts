import { type IoTClient, paginateListTopicRules } from '@aws-sdk/client-iot'
import type { RulesOverview } from '@thingdeck/contract'
import { orUnread } from '../../aws/why-unread.ts'

/** An account has 1,000 rules at most, unless AWS raised that (AWS IoT quotas). */
const MOST_RULES = 1_000

/** How many rules there are. That nothing serves them here is an outcome; errors are AWS's own. */
export async function readRules(iot: IoTClient): Promise<RulesOverview> {
  return orUnread(
    async () => {
      let total = 0
      let disabled = 0
      for await (const { rules = [], nextToken } of paginateListTopicRules({ client: iot, pageSize: 250 }, {})) {
        total += rules.length
        disabled += rules.filter(({ ruleDisabled }) => ruleDisabled === true).length
        if (nextToken !== undefined && total >= MOST_RULES) {
          return { outcome: 'read' as const, total, disabled, isAll: false }
        }
      }
      return { outcome: 'read' as const, total, disabled, isAll: true }
    },
    { total: 0, disabled: 0, isAll: false },
  )
}
