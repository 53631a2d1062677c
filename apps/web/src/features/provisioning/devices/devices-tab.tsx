import Alert from '@cloudscape-design/components/alert'
import Button from '@cloudscape-design/components/button'
import SpaceBetween from '@cloudscape-design/components/space-between'
import StatusIndicator from '@cloudscape-design/components/status-indicator'
import { useQuery } from '@tanstack/react-query'
import type { ClaimCertificate, ProvisioningTemplateDetail } from '@thingdeck/contract'
import { Fragment, useMemo } from 'react'
import { CertificateLink } from '../../../shared/certificate/certificate-link.tsx'
import { formatCount } from '../../../shared/format.ts'
import { loggingQuery } from '../../../shared/iot-logs/iot-log-queries.ts'
import { paths } from '../../../shared/paths.ts'
import type { SearchProps } from '../../../shared/search-props.ts'
import { claimCertificatesQuery } from '../api.ts'
import type { ProvisioningTemplateSearch } from '../search.ts'
import { ProvisionedList } from './provisioned-list.tsx'

interface DevicesTabProps extends SearchProps<ProvisioningTemplateSearch> {
  readonly template: ProvisioningTemplateDetail
}

/** The event of a connection that could not be authenticated. */
const AUTHENTICATION = 'Connection.AuthNError'

/** What was provisioned lately by one template. */
export function DevicesTab({ template: { templateName, type }, search, setSearch }: DevicesTabProps) {
  const { data } = useQuery({ ...claimCertificatesQuery(templateName), enabled: type === 'FLEET_PROVISIONING' })
  const claimIds = useMemo(() => idsOf(data?.certificates ?? []), [data])
  const { last, from, to } = search
  const range = { ...(last && { last }), ...(from !== undefined && { from }), ...(to !== undefined && { to }) }
  const inactive = (data?.certificates ?? []).filter(({ status }) => status !== undefined && status !== 'ACTIVE')
  return (
    <SpaceBetween size="s">
      {data?.isOver === false && (
        <StatusIndicator type="loading">
          {`Looking for the claims of this template: ${formatCount(data.looked)} of ${formatCount(data.listed)} policies. Whose connections were refused is listed as they are found.`}
        </StatusIndicator>
      )}
      {inactive.length > 0 && <InactiveClaims claims={inactive} />}
      <ProvisionedList templateName={templateName} claimIds={claimIds} range={range} onRange={setSearch} />
    </SpaceBetween>
  )
}

/** Those that are not let in come first: not all are looked up. */
const idsOf = (claims: readonly ClaimCertificate[]): readonly string[] =>
  claims
    .toSorted((one, other) => Number(one.status === 'ACTIVE') - Number(other.status === 'ACTIVE'))
    .map(({ certificateId }) => certificateId)

/** A claim that is not active leaves no trace in the log, unless that event has a level of its own. */
function InactiveClaims({ claims }: { readonly claims: readonly ClaimCertificate[] }) {
  const { data: logging } = useQuery(loggingQuery)
  const isLogged = logging?.events.some(
    ({ eventType, logLevel }) => eventType === AUTHENTICATION && logLevel !== 'DISABLED',
  )
  return (
    <Alert type="warning" {...(!isLogged && { action: <Button href={paths.logSettings()}>Logging settings</Button> })}>
      {'Devices with these claims are not let in, as the certificates are not active: '}
      {claims.map(({ certificateId }, index) => (
        <Fragment key={certificateId}>
          {index > 0 && ', '}
          <CertificateLink certificateId={certificateId} />
        </Fragment>
      ))}
      .{' '}
      {isLogged
        ? 'Who tried is listed below.'
        : `Who tried is not known: AWS IoT logs it only where ${AUTHENTICATION} has a level of its own.`}
    </Alert>
  )
}
