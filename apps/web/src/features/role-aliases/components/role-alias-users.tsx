import Alert from '@cloudscape-design/components/alert'
import Link from '@cloudscape-design/components/link'
import ProgressBar from '@cloudscape-design/components/progress-bar'
import SpaceBetween from '@cloudscape-design/components/space-between'
import StatusIndicator, { type StatusIndicatorProps } from '@cloudscape-design/components/status-indicator'
import { useQuery } from '@tanstack/react-query'
import type { RoleAliasPolicy } from '@thingdeck/contract'
import { certificateIdOf } from '../../../shared/certificate/certificate-id.ts'
import { CertificateLink } from '../../../shared/certificate/certificate-link.tsx'
import { formatCount } from '../../../shared/format.ts'
import { List } from '../../../shared/list/list.tsx'
import type { ListColumn } from '../../../shared/list/list-column.ts'
import type { ListWords } from '../../../shared/list/list-props.ts'
import { wholeOf } from '../../../shared/list/list-source.ts'
import { paths } from '../../../shared/paths.ts'
import { NameText } from '../../../shared/text/name-text.tsx'
import { roleAliasUsersQuery } from '../api.ts'

const EFFECTS: Readonly<Record<RoleAliasPolicy['effect'], readonly [StatusIndicatorProps.Type, string]>> = {
  allows: ['success', 'allows it'],
  denies: ['stopped', 'denies it'],
  depends: ['info', 'depends on the device: by a variable or a condition'],
}

const COLUMNS: readonly ListColumn<RoleAliasPolicy>[] = [
  {
    id: 'policy',
    header: 'Policy',
    isRowHeader: true,
    isFixed: true,
    width: 240,
    minWidth: 140,
    cell: ({ policyName }) => (
      <Link href={paths.policy(policyName)}>
        <NameText text={policyName} />
      </Link>
    ),
  },
  {
    id: 'effect',
    header: 'Says',
    width: 260,
    cell: ({ effect }) => <StatusIndicator type={EFFECTS[effect][0]}>{EFFECTS[effect][1]}</StatusIndicator>,
  },
  { id: 'targets', header: 'Attached to', minWidth: 240, cell: (policy) => <Targets policy={policy} /> },
]

const WORDS: ListWords = {
  title: 'Policies that speak of it',
  one: 'policy',
  many: 'policies',
  description:
    'Whoever has a policy that allows iot:AssumeRoleWithCertificate on the alias gets credentials of its role.',
  empty: {
    title: 'No policy speaks of it',
    text: 'A device gets credentials once a policy of its certificate allows iot:AssumeRoleWithCertificate on the ARN of this alias.',
  },
}

/** Which policies let whom use it, while they are looked through. */
export function RoleAliasUsersList({ roleAlias }: { readonly roleAlias: string }) {
  const query = useQuery(roleAliasUsersQuery(roleAlias))
  const { data } = query
  return (
    <SpaceBetween size="s">
      {data && !data.isOver && (
        <ProgressBar
          label="Looking through the policies of the account"
          value={data.listed === 0 ? 0 : (data.looked / data.listed) * 100}
          additionalInfo={`${formatCount(data.looked)} of ${formatCount(data.listed)}`}
        />
      )}
      {data && !data.isAll && (
        <Alert type="info">{`The account has more than ${formatCount(data.listed)} policies: the others were not looked at.`}</Alert>
      )}
      <List
        name="role-alias-users"
        variant="container"
        words={WORDS}
        columns={COLUMNS}
        rowId={({ policyName }) => policyName}
        source={wholeOf(query, data?.policies ?? [])}
        paging="endless"
      />
    </SpaceBetween>
  )
}

const SHOWN_TARGETS = 5

function Targets({ policy: { targets, hasMoreTargets } }: { readonly policy: RoleAliasPolicy }) {
  if (targets.length === 0) return 'nothing'
  const more = targets.length - SHOWN_TARGETS
  return (
    <ul className="td-plain-list">
      {targets.slice(0, SHOWN_TARGETS).map((target) => (
        <li key={target}>
          <Target target={target} />
        </li>
      ))}
      {more > 0 && <li>{`and ${formatCount(more)} more${hasMoreTargets ? ' at least' : ''}`}</li>}
    </ul>
  )
}

/** A certificate or a group, which lead to their pages; an identity of Cognito is no ARN, and has none. */
function Target({ target }: { readonly target: string }) {
  const certificateId = certificateIdOf(target)
  if (certificateId !== undefined) {
    return (
      <>
        certificate <CertificateLink certificateId={certificateId} />
      </>
    )
  }
  const [, group] = /:thinggroup\/(.+)$/.exec(target) ?? []
  if (group === undefined) return <NameText text={target} />
  return (
    <>
      thing group{' '}
      <Link href={paths.things({ group })}>
        <NameText text={group} />
      </Link>
    </>
  )
}
