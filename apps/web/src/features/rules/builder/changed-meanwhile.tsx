import Alert from '@cloudscape-design/components/alert'
import Button from '@cloudscape-design/components/button'
import SpaceBetween from '@cloudscape-design/components/space-between'
import type { RulePayload } from '@thingdeck/contract'
import { mergeRules } from './rebase-draft.ts'
import { RuleDiff } from './rule-diff.tsx'

interface ChangedMeanwhileProps {
  /** What the draft was made from. */
  readonly base: RulePayload
  readonly mine: RulePayload
  /** What is deployed now. */
  readonly theirs: RulePayload
  /** Goes on from what is deployed now, with this. */
  readonly onGoOn: (payload: RulePayload) => void
  readonly onDiscard: () => void
}

/** Somebody else was faster: what they did, and how to go on. */
export function ChangedMeanwhile({ base, mine, theirs, onGoOn, onDiscard }: ChangedMeanwhileProps) {
  const merged = mergeRules(base, mine, theirs)
  return (
    <Alert
      type="warning"
      header="Somebody else replaced the rule meanwhile"
      action={
        <SpaceBetween direction="horizontal" size="xs">
          {merged !== undefined && <Button onClick={() => onGoOn(merged)}>Merge both changes</Button>}
          <Button onClick={() => onGoOn(mine)}>Keep the draft as it is</Button>
          <Button onClick={onDiscard}>Discard draft</Button>
        </SpaceBetween>
      }
    >
      <SpaceBetween size="s">
        <div>
          {merged === undefined
            ? 'Both changed the same: kept as it is, the draft undoes what is shown here.'
            : 'That changed what is shown here; your changes are to other parts.'}
        </div>
        <RuleDiff names={['What the draft was made from', 'What is deployed now']} before={base} after={theirs} />
      </SpaceBetween>
    </Alert>
  )
}
