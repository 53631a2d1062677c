import Box from '@cloudscape-design/components/box'
import Button from '@cloudscape-design/components/button'
import RadioGroup from '@cloudscape-design/components/radio-group'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { lazy, Suspense, useState } from 'react'
import { type Fix, fixesOf } from '../../../shared/authorization/fixes.ts'
import { legiblePolicy } from '../../../shared/authorization/legible-policy.ts'
import { policyWords } from '../../../shared/authorization/statement-words.ts'
import { keepPolicyDraft, readPolicyDraft } from '../../../shared/policy-editor/policy-drafts.ts'
import { Loading } from '../../../shared/ui/loading.tsx'
import type { CheckedRow } from '../use-simulation.ts'

const DiffView = lazy(() => import('../../../shared/editor/diff-view.tsx'))

interface FixesProps {
  readonly row: CheckedRow
  /** The draft was kept: it is to decide in place of what is attached. */
  readonly onTry: (policyName: string) => void
  readonly onEdit: (policyName: string) => void
}

/** What would have to change so that it is allowed, as the draft of a policy. */
export function Fixes({ row: { outcome, policies, door, side }, onTry, onEdit }: FixesProps) {
  const [chosen, setChosen] = useState(0)
  const refused = outcome?.needs.find(({ decision }) => decision.decision === 'IMPLICIT_DENY')
  // IAM policies, and those of an authorizer's answer, are not the console's to change.
  const isOurs = side?.kind === 'iot' && outcome?.decision === 'IMPLICIT_DENY'
  const fixes = refused && policies && isOurs ? fixesOf(refused, policies, door) : []
  const fix = fixes[chosen] ?? fixes[0]
  const policy = policies?.counted.find(({ policyName }) => policyName === fix?.policyName)
  if (!fix || !policy) return null
  const keep = () => keepPolicyDraft(fix.policyName, fix.text)
  const overwrites = !policy.isReplaced && readPolicyDraft(fix.policyName) !== undefined
  return (
    <SpaceBetween size="xs">
      <Box variant="h3">To allow it</Box>
      <div>
        Let the device use what it may, or change {policyWords(policy)}: that holds for whoever has it
        {policy.ways.some(({ kind }) => kind === 'thing-group') && ', and so for all things of the group'}.
      </div>
      <RadioGroup
        ariaLabel="What is allowed besides"
        value={String(fixes.indexOf(fix))}
        onChange={({ detail }) => setChosen(Number(detail.value))}
        items={fixes.map((each, index) => ({
          value: String(index),
          label: <span className="td-mono">{each.resource}</span>,
          description: wordsOf(each),
        }))}
      />
      <div className="td-fix-diff">
        <Suspense fallback={<Loading what="difference" />}>
          <DiffView label={`Draft of ${fix.policyName}`} before={legiblePolicy(policy.text)} after={fix.text} />
        </Suspense>
      </div>
      {overwrites && (
        <div className="td-weak">There is a draft of {fix.policyName} in this browser tab: this takes its place.</div>
      )}
      <SpaceBetween direction="horizontal" size="xs">
        <Button
          onClick={() => {
            keep()
            onTry(fix.policyName)
          }}
        >
          Check with this draft
        </Button>
        <Button
          onClick={() => {
            keep()
            onEdit(fix.policyName)
          }}
        >
          Open the draft
        </Button>
      </SpaceBetween>
    </SpaceBetween>
  )
}

const wordsOf = ({ isGeneral, statement }: Fix): string =>
  [
    isGeneral ? 'For every client its own.' : 'This and nothing else, for everyone who has the policy.',
    statement === undefined ? 'A statement more.' : `One resource more in statement ${statement}.`,
  ].join(' ')
