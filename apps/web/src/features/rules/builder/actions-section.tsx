import Alert from '@cloudscape-design/components/alert'
import Box from '@cloudscape-design/components/box'
import Container from '@cloudscape-design/components/container'
import Header from '@cloudscape-design/components/header'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { MOST_RULE_ACTIONS } from '@thingdeck/contract'
import { useState } from 'react'
import { ActionCard } from './action-card.tsx'
import { ActionPicker } from './action-picker.tsx'
import type { ActionProblems } from './action-problems.ts'
import { type EditedAction, editedAction } from './rule-values.ts'

interface ActionsSectionProps {
  /** 'Actions', 'Error action' */
  readonly title: string
  readonly description: string
  /** What an action is called here: 'action', 'error action'. */
  readonly one: string
  readonly actions: readonly EditedAction[]
  readonly onChange: (actions: readonly EditedAction[]) => void
  readonly most: number
  /** By the id of the action. */
  readonly problems: ReadonlyMap<string, ActionProblems>
  readonly isTried: boolean
  /** Id of the action that somebody came for. */
  readonly meant?: string | undefined
  /** What is wrong with all of them. */
  readonly error?: string | undefined
}

/** What a rule does with messages: some actions, each a form. */
export function ActionsSection(props: ActionsSectionProps) {
  const { title, description, one, actions, onChange, most, problems, isTried, meant, error } = props
  /** Whoever adds one goes on writing it. */
  const [added, setAdded] = useState<string>()
  const move = (from: number, to: number) => {
    const moved = actions[from]
    if (moved) onChange(actions.toSpliced(from, 1).toSpliced(to, 0, moved))
  }
  return (
    <Container
      header={
        <Header variant="h2" description={description} {...(most > 1 && { counter: `(${actions.length}/${most})` })}>
          {title}
        </Header>
      }
    >
      <SpaceBetween size="m">
        {error !== undefined && isTried && <Alert type="error">{error}</Alert>}
        {actions.map((action, index) => (
          <ActionCard
            key={action.id}
            action={action}
            label={most > 1 ? `${index + 1}` : ''}
            problems={problems.get(action.id) ?? new Map()}
            isTried={isTried}
            isMeant={action.id === meant || action.id === added}
            onChange={(settings) => onChange(actions.with(index, { ...action, settings }))}
            onRemove={() => onChange(actions.toSpliced(index, 1))}
            onUp={index > 0 ? () => move(index, index - 1) : undefined}
            onDown={index < actions.length - 1 ? () => move(index, index + 1) : undefined}
          />
        ))}
        {actions.length < most ? (
          <ActionPicker
            label={`Add ${one === 'action' ? 'an' : 'the'} ${one}`}
            onPick={(name) => {
              const role = actions
                .map(({ settings }) => settings.roleArn)
                .find((arn) => typeof arn === 'string' && arn !== '')
              const action = editedAction(name, withRole(name, role))
              setAdded(action.id)
              onChange([...actions, action])
            }}
          />
        ) : (
          most === MOST_RULE_ACTIONS && <Box color="text-body-secondary">A rule has at most {most} actions.</Box>
        )}
      </SpaceBetween>
    </Container>
  )
}

/** Actions without a role of their own: AWS takes none of them. */
const WITHOUT_ROLE: ReadonlySet<string> = new Set(['lambda', 'kafka', 'http', 'salesforce'])

/** What the others act with is mostly what this one does, too. */
const withRole = (name: string, roleArn: unknown): EditedAction['settings'] =>
  roleArn === undefined || WITHOUT_ROLE.has(name) ? {} : { roleArn }
