import { endpoints, type Rule } from '@thingdeck/contract'
import { api } from '../../shared/api.ts'
import type { PlanStep } from '../../shared/plan/plan.ts'
import { unlessGone } from '../../shared/plan/unless-gone.ts'

const setDisabled = (ruleName: string, isDisabled: boolean) =>
  api(isDisabled ? endpoints.disableRule : endpoints.enableRule, { params: { ruleName } })

/** Lets a rule act on messages, or on none. */
export const setDisabledStep = (ruleName: string, isDisabled: boolean): PlanStep => ({
  id: `${isDisabled ? 'disable' : 'enable'} ${ruleName}`,
  words: `${isDisabled ? 'Disable' : 'Enable'} the rule ${ruleName}`,
  run: () => setDisabled(ruleName, isDisabled),
  undo: () => setDisabled(ruleName, !isDisabled),
})

/** Deletes a rule; put back, it is the same but for the time of its creation. */
export function deleteRuleStep(ruleName: string): PlanStep {
  let before: Rule | undefined
  return {
    id: `delete ${ruleName}`,
    words: `Delete the rule ${ruleName}`,
    run: () =>
      unlessGone(async () => {
        before = await api(endpoints.getRule, { params: { ruleName } })
        await api(endpoints.deleteRule, { params: { ruleName } })
      }),
    undo: async () => {
      if (!before) return
      const { payload, tags } = before
      await api(endpoints.createRule, { body: { ruleName, payload, ...(tags && { tags }) } })
    },
  }
}
