import Checkbox from '@cloudscape-design/components/checkbox'
import { useQueryClient } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { MOST_POLICY_VERSIONS, type Policy } from '@thingdeck/contract'
import { useState } from 'react'
import { DocumentDiff } from '../../../shared/diff/document-diff.tsx'
import { messageOf } from '../../../shared/message-of.ts'
import { paths } from '../../../shared/paths.ts'
import { PlanDialog } from '../../../shared/plan/plan-dialog.tsx'
import { keepPolicyDraft } from '../../../shared/policy-editor/policy-drafts.ts'
import { policiesChanged } from '../api.ts'
import { createVersionStep, deleteVersionStep } from '../policy-steps.ts'
import { useAllTargets } from '../use-all-targets.ts'
import type { PolicyDraft } from '../use-policy-draft.ts'
import { BlastRadius } from './blast-radius.tsx'
import { PolicyImpact } from './policy-impact.tsx'

interface SaveVersionDialogProps {
  readonly policy: Policy
  readonly draft: PolicyDraft
  /** AWS's reason, for the page that has the text. */
  readonly onRefused: (error: Error) => void
  readonly onClose: () => void
}

/** Saves a draft as a version: what changes and for whom is said before, and room is made where AWS keeps no more. */
export function SaveVersionDialog({ policy, draft, onRefused, onClose }: SaveVersionDialogProps) {
  const { policyName, policyDocument, defaultVersionId } = policy
  const { text } = draft
  const [setAsDefault, setDefault] = useState(true)
  const client = useQueryClient()
  const { history } = useRouter()
  const targets = useAllTargets(policyName)
  const inTheWay = inTheWayOf(policy)
  const create = createVersionStep({
    policyDocument: text,
    setAsDefault,
    seen: policy,
    onRefused: (error) => onRefused(error instanceof Error ? error : new Error(messageOf(error))),
  })
  return (
    <PlanDialog
      size="large"
      header={`Save a new version of ${policyName}`}
      action="Save new version"
      plan={{
        id: `new version of policy ${policyName}`,
        title: `Save a new version of ${policyName}`,
        done: setAsDefault ? `A new version of ${policyName} decides` : `A new version of ${policyName} was saved`,
        steps: [
          ...(inTheWay === undefined ? [] : [deleteVersionStep(policyName, inTheWay)]),
          {
            ...create,
            undo: async (tell) => {
              await create.undo?.(tell)
              keepPolicyDraft(policyName, text)
            },
          },
        ],
        onChange: () => void policiesChanged(client),
        onDone: () => {
          draft.discard()
          if (history.location.pathname === paths.policy(policyName)) {
            history.push(paths.policy(policyName, setAsDefault ? {} : { tab: 'versions' }))
          }
        },
      }}
      consequences={[
        ...(inTheWay === undefined
          ? []
          : [
              `Version ${inTheWay}, the oldest that is not the default, is deleted before: AWS keeps ${MOST_POLICY_VERSIONS}.`,
            ]),
        setAsDefault
          ? `It decides in place of version ${defaultVersionId}, which stays. Open connections follow some minutes later.`
          : `Nothing changes for anybody until it is made the default: version ${defaultVersionId} goes on deciding.`,
        'Undo makes the default what it was, and deletes the new version.',
      ]}
      onClose={onClose}
    >
      <Checkbox checked={setAsDefault} onChange={({ detail }) => setDefault(detail.checked)}>
        Make it the default version
      </Checkbox>
      {setAsDefault && <BlastRadius policyName={policyName} targets={targets.data ?? []} />}
      <DocumentDiff names={[`version ${defaultVersionId}`, 'the draft']} before={policyDocument} after={text} />
      {setAsDefault && (
        <PolicyImpact
          policyName={policyName}
          targets={targets.data}
          error={targets.error}
          before={policyDocument}
          after={text}
        />
      )}
    </PlanDialog>
  )
}

/** The version that has to go first where there is no room; undefined: there is. */
function inTheWayOf({ versions }: Policy): string | undefined {
  if (versions.length < MOST_POLICY_VERSIONS) return undefined
  return versions.findLast(({ isDefault }) => !isDefault)?.versionId
}
