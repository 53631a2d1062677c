import { MOST_RULE_BYTES, RuleName } from '@thingdeck/contract'
import { useMemo } from 'react'
import { pairsRule } from '../../../shared/form/pairs-field.tsx'
import { limitsOf } from '../../../shared/form/text-limits.ts'
import { type Form, useForm } from '../../../shared/form/use-form.ts'
import { formatCount } from '../../../shared/format.ts'
import { useSession } from '../../../shared/session/session.tsx'
import { TAG_RULES } from '../../../shared/tags/tag-rules.ts'
import { describeAction } from '../actions/actions.ts'
import { type ActionProblems, actionProblems } from './action-problems.ts'
import { type EditedAction, payloadOf, type RuleValues } from './rule-values.ts'
import { statementProblems, variablesOf } from './statement-problems.ts'

export interface RuleForm {
  readonly form: Form<RuleValues>
  /** By the id of the action. */
  readonly problems: ReadonlyMap<string, ActionProblems>
}

interface RuleFormOptions<R> {
  readonly initial: RuleValues
  readonly submit: (values: RuleValues) => Promise<R>
  readonly onDone: (result: R, values: RuleValues) => void
}

/** The state of a rule that is written: what AWS would refuse is said before it is sent. */
export function useRuleForm<R>({ initial, submit, onDone }: RuleFormOptions<R>): RuleForm {
  const { account: accountId } = useSession()
  const problemsOf = (actions: readonly EditedAction[], { sql, sqlVersion }: RuleValues, isErrorAction: boolean) => {
    const known = { sqlVersion, variables: variablesOf(sql) }
    return actions.map(
      ({ id, name, settings }) =>
        [id, actionProblems(describeAction(name), settings, known, { accountId, isErrorAction })] as const,
    )
  }
  const wrongActions = (actions: readonly EditedAction[], values: RuleValues, isErrorAction: boolean) => {
    const wrong = problemsOf(actions, values, isErrorAction).filter(([, problems]) => problems.size > 0)
    return wrong.length === 0 ? undefined : 'Something is missing or wrong: see below at the fields.'
  }
  const form = useForm<RuleValues, R>({
    initial,
    limits: { ruleName: limitsOf(RuleName, 'letters, digits and _') },
    rules: {
      sql: (sql, values) => whyNotSql(sql, values),
      actions: (actions, values) => wrongActions(actions, values, false),
      errorAction: (actions, values) => wrongActions(actions, values, true),
      tags: pairsRule(TAG_RULES),
    },
    fieldsOfCodes: { ResourceAlreadyExistsException: 'ruleName', SqlParseException: 'sql' },
    submit,
    onDone,
  })
  const { values } = form
  // biome-ignore lint/correctness/useExhaustiveDependencies: all that problems depend on is in the values
  const problems = useMemo(
    () => new Map([...problemsOf(values.actions, values, false), ...problemsOf(values.errorAction, values, true)]),
    [values, accountId],
  )
  return { form, problems }
}

function whyNotSql(sql: string, values: RuleValues): string | undefined {
  if (sql.trim() === '') return 'This cannot be empty.'
  const wrong = statementProblems(sql, values.sqlVersion).find(({ severity }) => severity === 'error')
  if (wrong) return `AWS would refuse it: ${wrong.message}.`
  const bytes = new TextEncoder().encode(JSON.stringify(payloadOf(values))).length
  return bytes > MOST_RULE_BYTES
    ? `The rule has ${formatCount(bytes)} bytes as JSON; AWS takes ${formatCount(MOST_RULE_BYTES)} at most.`
    : undefined
}
