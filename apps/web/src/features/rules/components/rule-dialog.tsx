import { useQueryClient } from '@tanstack/react-query'
import type { RuleLook } from '@thingdeck/contract'
import type { ReactNode } from 'react'
import { useLeave } from '../../../shared/details/use-leave.ts'
import { useLooks } from '../../../shared/list/use-looks.ts'
import { paths } from '../../../shared/paths.ts'
import type { Plan } from '../../../shared/plan/plan.ts'
import { PlanDialog } from '../../../shared/plan/plan-dialog.tsx'
import { actionWords } from '../actions/actions.ts'
import { RULE_LOOKS, rulesChanged } from '../api.ts'
import { deleteRuleCasesStep, deleteRuleStep, setDisabledStep } from '../rule-steps.ts'

/** What can be asked for of rules that stops them. */
export interface AskedOfRules {
  readonly act: 'disable' | 'delete'
  /** At least one. */
  readonly ruleNames: readonly string[]
}

/** So many rules are named one by one. */
const NAMED = 5

const rulesInWords = (names: readonly string[]): string =>
  names.length === 1 ? `the rule ${names[0]}` : `${names.length} rules`

/** Stops rules for a while or for good, once it was said what no longer happens. */
export function RuleDialog({ act, ruleNames, onClose }: AskedOfRules & { readonly onClose: () => void }) {
  const client = useQueryClient()
  const leave = useLeave(paths.rule(ruleNames[0] ?? ''), paths.rules())
  const looks = useLooks(RULE_LOOKS, ruleNames.slice(0, NAMED))
  const isRead = [...looks.values()].every((look) => look !== null)
  const which = rulesInWords(ruleNames)
  const isDeletion = act === 'delete'
  const plan: Plan = {
    id: `${act} rules ${ruleNames.join(' ')}`,
    title: `${isDeletion ? 'Delete' : 'Disable'} ${which}`,
    done: `${which[0]?.toUpperCase()}${which.slice(1)} ${ruleNames.length === 1 ? 'was' : 'were'} ${isDeletion ? 'deleted' : 'disabled'}`,
    steps: ruleNames.flatMap((name) =>
      isDeletion ? [deleteRuleStep(name), deleteRuleCasesStep(name)] : [setDisabledStep(name, true)],
    ),
    onChange: () => void rulesChanged(client),
    ...(isDeletion && ruleNames.length === 1 && { onDone: leave }),
  }
  const known = ruleNames.map((name) => looks.get(name)).filter((look) => look !== undefined && look !== null)
  return (
    <PlanDialog
      header={plan.title}
      action={`${isDeletion ? 'Delete' : 'Disable'} ${ruleNames.length === 1 ? 'rule' : which}`}
      plan={isRead ? plan : undefined}
      consequences={[
        ...known.map(lossOf),
        ...(ruleNames.length > NAMED ? [`The same for ${ruleNames.length - NAMED} more.`] : []),
        ...(isDeletion ? DELETION : DISABLING),
      ]}
      {...(isDeletion && { name: ruleNames.length === 1 ? ruleNames[0] : which })}
      onClose={onClose}
    />
  )
}

function lossOf({ ruleName, payload: { actions, ruleDisabled } }: RuleLook): ReactNode {
  if (ruleDisabled === true) return `${ruleName} is disabled: nothing stops that happens now.`
  return actions.length === 0
    ? `${ruleName} has no action: nobody loses anything.`
    : `${ruleName} stops: ${actions.map(actionWords).join('; ')}.`
}

const LOST = 'Messages that come meanwhile are not kept for it, and are not made up for.'

const DISABLING = [
  LOST,
  'What devices send to it by Basic Ingest is lost, and logged as RuleNotFound. Enabling it goes on from then.',
]
const DELETION = [
  'Messages that come from then on are not acted on. What devices send to it by Basic Ingest is lost, and logged as RuleNotFound.',
  'Its SQL, its actions, its tags and its test cases are gone; roles, destinations and what it wrote stay. Undo makes it anew, as it was.',
]
