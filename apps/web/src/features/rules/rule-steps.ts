import { endpoints, type KeptRuleCases, type Rule } from '@thingdeck/contract'
import { api } from '../../shared/api.ts'
import type { PlanStep } from '../../shared/plan/plan.ts'
import { unlessGone } from '../../shared/plan/unless-gone.ts'
import { getRuleCases, putRuleCases } from './rehearsal/cases/case-queries.ts'

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

/** Forgets the test cases of a rule, where it has some. */
export function deleteRuleCasesStep(ruleName: string): PlanStep {
  let before: KeptRuleCases | undefined
  return {
    id: `delete cases ${ruleName}`,
    words: `Delete the test cases of ${ruleName}`,
    run: async () => {
      const kept = await getRuleCases(ruleName)
      if (kept.cases.length === 0) return
      before = kept
      await putRuleCases(ruleName, { ...kept, cases: [] })
    },
    undo: async () => {
      if (!before) return
      const { revision } = await getRuleCases(ruleName)
      await putRuleCases(ruleName, { cases: before.cases, revision })
    },
  }
}
