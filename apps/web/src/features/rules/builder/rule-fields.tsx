import Alert from '@cloudscape-design/components/alert'
import Container from '@cloudscape-design/components/container'
import Header from '@cloudscape-design/components/header'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { MOST_RULE_ACTIONS } from '@thingdeck/contract'
import { type ReactNode, useMemo, useState } from 'react'
import type { TextProblem } from '../../../shared/editor/text-problem.ts'
import { CheckField, FieldRow, TextField } from '../../../shared/form/fields.tsx'
import { useSeenMessages } from '../../../shared/seen-messages/use-seen-messages.ts'
import { textAt, withValue } from '../actions/action-description.ts'
import { describeAction } from '../actions/actions.ts'
import { topicFilterOf } from '../rehearsal/topic-filter-of.ts'
import { ActionsSection } from './actions-section.tsx'
import { ExportsSection } from './exports-section.tsx'
import { KnownMessagesContext } from './known-messages.ts'
import { RoleSection } from './role-section.tsx'
import type { EditedAction } from './rule-values.ts'
import { variablesOf } from './statement-problems.ts'
import { StatementSection } from './statement-section.tsx'
import type { RuleForm } from './use-rule-form.ts'

interface RuleFieldsProps {
  readonly rule: RuleForm
  /** Of a rehearsal. */
  readonly notes: readonly TextProblem[]
  /** Name and tags of a new one; undefined for one that there is. */
  readonly identity?: ReactNode
  readonly isReplacement: boolean
  /** The action that somebody came for: its place, or `error`. */
  readonly meant?: string | undefined
}

/** All that a rule is made of, as sections of a form. */
export function RuleFields({ rule: { form, problems }, notes, identity, isReplacement, meant }: RuleFieldsProps) {
  const { values, change } = form
  const { ruleName, sql, sqlVersion, actions, errorAction } = values
  const [isListening, setListening] = useState(false)
  const topicFilter = useMemo(() => topicFilterOf({ sql }), [sql])
  const seen = useSeenMessages(topicFilter, isListening)
  const variables = useMemo(() => variablesOf(sql), [sql])
  const known = useMemo(
    () => ({ sqlVersion, sample: seen.sample, topicFilters: seen.topicFilters, variables }),
    [sqlVersion, seen, variables],
  )
  const all = useMemo(() => [...actions, ...errorAction], [actions, errorAction])
  const [wrongActions, wrongErrorAction] = [form.field('actions').error, form.field('errorAction').error]
  const sqlError = form.field('sql').error
  return (
    <KnownMessagesContext value={known}>
      <SpaceBetween size="l">
        <Container header={<Header variant="h2">Rule</Header>}>
          <SpaceBetween size="m">
            {identity}
            <TextField field={form.field('description')} label="Description" />
            <CheckField field={form.field('isEnabled')} description="A rule that is not enabled does nothing.">
              Enabled
            </CheckField>
          </SpaceBetween>
        </Container>
        <FieldRow field={{ ...form.field('sql'), limits: undefined, error: undefined }} label="">
          <SpaceBetween size="xs">
            {sqlError !== undefined && <Alert type="error">{sqlError}</Alert>}
            <StatementSection
              sql={sql}
              sqlVersion={sqlVersion}
              onChange={change}
              seen={seen}
              isListening={isListening}
              onListening={setListening}
              notes={notes}
            />
          </SpaceBetween>
        </FieldRow>
        <ActionsSection
          title="Actions"
          description="What becomes of a message that the statement lets through: each of these, independently of the others."
          one="action"
          actions={actions}
          most={MOST_RULE_ACTIONS}
          onChange={(next) => change({ actions: next })}
          problems={problems}
          isTried={wrongActions !== undefined}
          meant={meant === undefined ? undefined : actions[Number(meant)]?.id}
          error={wrongActions}
        />
        <ActionsSection
          title="Error action"
          description="Where AWS IoT tells of a message of which an action failed, with the message and the reason. Without it, nobody hears of it but the logs."
          one="error action"
          actions={errorAction}
          most={1}
          onChange={(next) => change({ errorAction: next })}
          problems={problems}
          isTried={wrongErrorAction !== undefined}
          meant={meant === 'error' ? errorAction[0]?.id : undefined}
          error={wrongErrorAction}
        />
        <RoleSection
          ruleName={ruleName}
          sql={sql}
          actions={all}
          onRole={(roleArn) =>
            change({ actions: actions.map(withRole(roleArn)), errorAction: errorAction.map(withRole(roleArn)) })
          }
        />
        <ExportsSection values={values} onChange={change} isReplacement={isReplacement} />
      </SpaceBetween>
    </KnownMessagesContext>
  )
}

/** The action with the role where it has none. */
const withRole =
  (roleArn: string) =>
  (action: EditedAction): EditedAction => {
    const role = describeAction(action.name).fields.find(({ kind, isRequired }) => kind.is === 'role' && isRequired)
    if (!role || textAt(action.settings, role.path) !== '') return action
    return { ...action, settings: withValue(action.settings, role.path, roleArn) }
  }
