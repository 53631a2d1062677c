import FormField from '@cloudscape-design/components/form-field'
import Link from '@cloudscape-design/components/link'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { endpoints, type IdentityDetail } from '@thingdeck/contract'
import { useState } from 'react'
import { api } from '../../../shared/api.ts'
import { List } from '../../../shared/list/list.tsx'
import type { ListColumn } from '../../../shared/list/list-column.ts'
import type { ListWords } from '../../../shared/list/list-props.ts'
import { wholeOf } from '../../../shared/list/list-source.ts'
import { paths } from '../../../shared/paths.ts'
import { PoliciesPicker } from '../../../shared/pickers/policy-picker.tsx'
import type { Plan, PlanStep } from '../../../shared/plan/plan.ts'
import { PlanDialog } from '../../../shared/plan/plan-dialog.tsx'
import { unlessGone } from '../../../shared/plan/unless-gone.ts'
import { NameText } from '../../../shared/text/name-text.tsx'
import { IDENTITIES, identityQuery } from '../api.ts'

const COLUMNS: readonly ListColumn<string>[] = [
  {
    id: 'policy',
    header: 'Policy',
    isRowHeader: true,
    minWidth: 240,
    cell: (policyName) => (
      <Link href={paths.policy(policyName)}>
        <NameText text={policyName} />
      </Link>
    ),
  },
]

const WORDS: ListWords = {
  title: 'IoT policies',
  one: 'policy',
  many: 'policies',
  description: 'Over MQTT they and the IAM role must both allow. Of a guest the role decides alone.',
  empty: {
    title: 'No policies',
    text: 'Whoever signed in with it may do nothing over MQTT, whatever the role allows.',
  },
}

/** AWS IoT asks IoT policies about identities that signed in, and about no others. */
const GUEST_WORDS: ListWords = {
  ...WORDS,
  description:
    'This identity is a guest: its IAM role decides alone, and IoT policies count once somebody signs in with it.',
  empty: { title: 'No policies', text: 'None are needed: of a guest the IAM role decides alone.' },
}

const isGuest = ({ logins }: IdentityDetail): boolean => logins.length === 0

interface IdentityProps {
  readonly identity: IdentityDetail
}

/** The IoT policies of an identity. */
export function IdentityPolicies({ identity }: IdentityProps) {
  const query = useQuery(identityQuery(identity.identityId))
  const [isAttaching, setAttaching] = useState(false)
  const [detaching, setDetaching] = useState<string>()
  return (
    <>
      <List
        name="identity-policies"
        variant="container"
        words={isGuest(identity) ? GUEST_WORDS : WORDS}
        columns={COLUMNS}
        rowId={(policyName) => policyName}
        source={wholeOf(query, identity.policyNames)}
        paging="endless"
        actions={() => [
          { id: 'attach-policy', text: 'Attach policies', needs: 'admin', onAction: () => setAttaching(true) },
        ]}
        rowActions={(policyName) => [
          { id: 'detach', text: 'Detach policy', needs: 'admin', onAction: () => setDetaching(policyName) },
        ]}
      />
      {isAttaching && <AttachDialog identity={identity} onClose={() => setAttaching(false)} />}
      {detaching !== undefined && (
        <DetachDialog identity={identity} policyName={detaching} onClose={() => setDetaching(undefined)} />
      )}
    </>
  )
}

interface DialogProps extends IdentityProps {
  readonly onClose: () => void
}

function usePlan({ identityId }: IdentityDetail, title: string, done: string, steps: readonly PlanStep[]): Plan {
  const client = useQueryClient()
  return {
    id: `identity ${identityId}`,
    title,
    done,
    steps,
    onChange: () => void client.invalidateQueries({ queryKey: IDENTITIES }),
  }
}

function stepsOf(target: string, policyName: string) {
  const params = { policyName }
  const attach = () => api(endpoints.attachPolicy, { params, body: { target } })
  const detach = () => unlessGone(() => api(endpoints.detachPolicy, { params, query: { target } }))
  return {
    attach: { id: `policy ${policyName}`, words: `Attach the policy ${policyName}`, run: attach, undo: detach },
    detach: { id: `policy ${policyName}`, words: `Detach the policy ${policyName}`, run: detach, undo: attach },
  }
}

function AttachDialog({ identity, onClose }: DialogProps) {
  const [policyNames, setPolicyNames] = useState<readonly string[]>([])
  const title = `Attach policies to the identity ${identity.identityId}`
  const plan = usePlan(
    identity,
    title,
    'The policies are attached',
    policyNames.map((policyName) => stepsOf(identity.identityId, policyName).attach),
  )
  return (
    <PlanDialog
      header={title}
      action="Attach policies"
      plan={plan}
      consequences={
        isGuest(identity)
          ? ['Nothing changes now: of a guest the IAM role decides alone. They count once somebody signs in with it.']
          : [
              'What they allow counts as far as the role of the identity allows it, too; what they deny is denied.',
              'Both hold for connections that are open, within minutes.',
            ]
      }
      whyNot={policyNames.length === 0 ? 'Choose a policy.' : undefined}
      onClose={onClose}
    >
      <FormField label="Policies" stretch>
        <PoliciesPicker label="Policies" value={policyNames} without={identity.policyNames} onChange={setPolicyNames} />
      </FormField>
    </PlanDialog>
  )
}

function DetachDialog({ identity, policyName, onClose }: DialogProps & { readonly policyName: string }) {
  const title = `Detach the policy ${policyName} from the identity ${identity.identityId}`
  const plan = usePlan(identity, title, `The policy ${policyName} is detached`, [
    stepsOf(identity.identityId, policyName).detach,
  ])
  return (
    <PlanDialog
      header={title}
      action="Detach policy"
      plan={plan}
      consequences={[
        isGuest(identity)
          ? 'Nothing changes now: of a guest the IAM role decides alone.'
          : identity.policyNames.length === 1
            ? 'It is the only one: who signed in as this identity may then do nothing over MQTT, and connections that are open are refused all they ask for.'
            : 'What this policy alone allows, the identity may no longer do, on connections that are open, too.',
        'The policy itself stays, and can be attached again.',
      ]}
      onClose={onClose}
    />
  )
}
