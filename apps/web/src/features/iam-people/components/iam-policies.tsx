import Alert from '@cloudscape-design/components/alert'
import ExpandableSection from '@cloudscape-design/components/expandable-section'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useQuery } from '@tanstack/react-query'
import type { IamPolicy } from '@thingdeck/contract'
import { type IamReference, iamPrincipalQuery } from '../../../shared/authorization/iam-principal.ts'
import { legiblePolicy } from '../../../shared/authorization/legible-policy.ts'
import { CopyText } from '../../../shared/ui/copy-text.tsx'
import { ErrorAlert } from '../../../shared/ui/error-alert.tsx'
import { Loading } from '../../../shared/ui/loading.tsx'
import { UnreadAlert } from '../../../shared/ui/unread-alert.tsx'

/** The IAM policies of a user or a group with their texts; of a user those of their groups, too. */
export function IamPolicies({ kind, name }: IamReference) {
  const { data, error, refetch } = useQuery(iamPrincipalQuery({ kind, name }))
  if (error) return <ErrorAlert error={error} what="The policies could not be read" onRetry={() => void refetch()} />
  if (!data) return <Loading what="policies" />
  const { outcome, policies, boundary, unread } = data
  return (
    <SpaceBetween size="s">
      <UnreadAlert answer={data} what="The IAM policies" service="IAM" needs="the rights of console-read-iam.json" />
      {unread.length > 0 && (
        <Alert type="warning" header="Some policies cannot be read">
          {unread.join(', ')}
        </Alert>
      )}
      {boundary && (
        <Alert type="info" header="Within a permissions boundary">
          {`Whatever is below, ${boundary.policyArn} has to allow it, too.`}
        </Alert>
      )}
      {outcome === 'read' && policies.length === 0 && (
        <Alert type="info" header="No policies">
          Nothing is allowed: neither MQTT nor the APIs.
        </Alert>
      )}
      {policies.map((policy) => (
        <ExpandableSection
          key={`${policy.groupName ?? ''} ${policy.policyArn ?? ''} ${policy.policyName}`}
          variant="container"
          headerText={policy.policyName}
          headerDescription={whereFrom(policy)}
        >
          <CopyText what={`policy ${policy.policyName}`} text={legiblePolicy(policy.document)} />
        </ExpandableSection>
      ))}
    </SpaceBetween>
  )
}

function whereFrom({ policyArn, groupName }: IamPolicy): string {
  const kind = policyArn === undefined ? 'Inline' : policyArn.includes('::aws:') ? 'Managed by AWS' : 'Managed'
  return groupName === undefined ? kind : `${kind}, of the group ${groupName}`
}
