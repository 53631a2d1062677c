import Alert from '@cloudscape-design/components/alert'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useQuery } from '@tanstack/react-query'
import type { RuleDestination } from '@thingdeck/contract'
import type { Action } from '../../../shared/action/action.ts'
import { ActionButtons } from '../../../shared/action/action-buttons.tsx'
import { type Fact, Facts } from '../../../shared/details/facts.tsx'
import { VisibleText } from '../../../shared/text/visible.tsx'
import { Age } from '../../../shared/time.tsx'
import { ErrorAlert } from '../../../shared/ui/error-alert.tsx'
import { Loading } from '../../../shared/ui/loading.tsx'
import { destinationQuery } from '../api.ts'
import { cureOf, kindOf } from '../destination-words.ts'
import { DestinationState } from './destination-state.tsx'
import { DestinationUsers } from './destination-users.tsx'

interface DestinationLookProps {
  readonly arn: string
  readonly actionsFor: (destination: RuleDestination) => readonly Action[]
}

/** One destination: its state and what to do about it, what it is, and which rules send there. */
export function DestinationLook({ arn, actionsFor }: DestinationLookProps) {
  const { data, error, refetch } = useQuery(destinationQuery(arn))
  if (error) return <ErrorAlert error={error} what="The destination could not be read" onRetry={() => void refetch()} />
  if (!data) return <Loading what="destination" />
  const cure = cureOf(data)
  return (
    <SpaceBetween size="m">
      {cure !== undefined && (
        <Alert type={data.status === 'ERROR' ? 'error' : 'info'}>
          {data.statusReason !== undefined && (
            <div>
              AWS IoT says: <VisibleText text={data.statusReason} />
            </div>
          )}
          {cure}
        </Alert>
      )}
      <SpaceBetween direction="horizontal" size="xs">
        <ActionButtons actions={actionsFor(data)} />
      </SpaceBetween>
      <Facts facts={factsOf(data)} columns={2} />
      <DestinationUsers destination={data} />
    </SpaceBetween>
  )
}

function factsOf(destination: RuleDestination): readonly (Fact | undefined)[] {
  const { arn, httpUrl, vpc, influxDB, createdAt, lastUpdatedAt } = destination
  return [
    { label: 'State', value: <DestinationState destination={destination} /> },
    { label: 'Kind', value: kindOf(destination) },
    { label: 'ARN', copy: arn },
    httpUrl && { label: 'Confirmation URL', copy: httpUrl.confirmationUrl },
    vpc && { label: 'VPC', copy: vpc.vpcId },
    vpc && { label: 'Subnets', list: vpc.subnetIds ?? [] },
    vpc && { label: 'Security groups', list: vpc.securityGroups ?? [] },
    vpc && { label: 'Role', copy: vpc.roleArn, what: 'ARN of the role' },
    influxDB && { label: 'Endpoint', copy: influxDB.endpoint },
    influxDB && { label: 'InfluxDB version', value: influxDB.influxDBVersion },
    influxDB && { label: 'Secret', copy: influxDB.secretId, what: 'name of the secret' },
    influxDB && {
      label: 'Its value',
      value: [influxDB.secretType, influxDB.secretKey].filter((each) => each !== undefined).join(', key ') || undefined,
    },
    createdAt === undefined ? undefined : { label: 'Created', value: <Age atMs={Date.parse(createdAt)} /> },
    lastUpdatedAt === undefined ? undefined : { label: 'Changed', value: <Age atMs={Date.parse(lastUpdatedAt)} /> },
  ]
}
