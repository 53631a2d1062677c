import { useQueryClient } from '@tanstack/react-query'
import { usePlans } from '../../shared/plan/plans.tsx'
import { rulesChanged } from './api.ts'
import { setDisabledStep } from './rule-steps.ts'

/** Lets rules act again, at once: nothing stops by it, and it can be undone. */
export function useEnableRules(): (ruleNames: readonly string[]) => void {
  const { start } = usePlans()
  const client = useQueryClient()
  return (ruleNames) => {
    const which = ruleNames.length === 1 ? `the rule ${ruleNames[0]}` : `${ruleNames.length} rules`
    start({
      id: `enable rules ${ruleNames.join(' ')}`,
      title: `Enable ${which}`,
      done: ruleNames.length === 1 ? `The rule ${ruleNames[0]} was enabled` : `${ruleNames.length} rules were enabled`,
      steps: ruleNames.map((name) => setDisabledStep(name, false)),
      onChange: () => void rulesChanged(client),
    })
  }
}
