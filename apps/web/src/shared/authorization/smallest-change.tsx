import Box from '@cloudscape-design/components/box'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useRouter } from '@tanstack/react-router'
import { type DecidedNeed, nearestStatements } from '@thingdeck/policies'
import { ActionButton } from '../action/action-buttons.tsx'
import { paths } from '../paths.ts'
import { keepPolicyDraft, readPolicyDraft } from '../policy-editor/policy-drafts.ts'
import { visible } from '../text/visible.tsx'
import type { Door } from './check.ts'
import { fixesOf } from './fixes.ts'
import { NearestView } from './nearest-view.tsx'
import type { PolicySet } from './policy-set.ts'

interface SmallestChangeProps {
  /** What no statement allows. */
  readonly refused: DecidedNeed
  readonly policies: PolicySet
  readonly door: Door
}

/** Of what no statement allows: where the nearest one differs, and the smallest change that would allow it. */
export function SmallestChange({ refused, policies, door }: SmallestChangeProps) {
  const { history } = useRouter()
  const { decision } = refused
  const [nearest] = nearestStatements(policies.named, { ...decision, context: refused.context }, 1)
  const [fix] = fixesOf(refused, policies, door)
  return (
    <SpaceBetween size="xs">
      {nearest && <NearestView nearest={nearest} decision={decision} policies={policies} />}
      {fix && (
        <>
          <Box>
            The smallest change: <span className="td-mono">{visible(fix.resource)}</span>, as{' '}
            {fix.statement === undefined ? 'a statement more' : `one resource more in statement ${fix.statement}`} of
            policy {visible(fix.policyName)}
            {fix.isGeneral ? '; for every client its own.' : '; for everyone who has the policy.'}
            {readPolicyDraft(fix.policyName) !== undefined &&
              ' It takes the place of the draft that there is in this tab.'}
          </Box>
          <ActionButton
            id="draft"
            text="Open it as a draft"
            needs="admin"
            onAction={() => {
              keepPolicyDraft(fix.policyName, fix.text)
              history.push(paths.editPolicy(fix.policyName))
            }}
          />
        </>
      )}
    </SpaceBetween>
  )
}
