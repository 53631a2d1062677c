import Link from '@cloudscape-design/components/link'
import StatusIndicator from '@cloudscape-design/components/status-indicator'
import type { DomainConfiguration } from '@thingdeck/contract'
import { Facts } from '../../../shared/details/facts.tsx'
import { paths } from '../../../shared/paths.ts'
import { NameText } from '../../../shared/text/name-text.tsx'
import { visible } from '../../../shared/text/visible.tsx'
import { Age } from '../../../shared/time.tsx'
import { Copyable } from '../../../shared/ui/copyable.tsx'
import { asksAuthorizers, hasCertificates, pairInWords } from '../authentication-words.ts'

export function DomainStatus({ status }: Pick<DomainConfiguration, 'status'>) {
  return <StatusIndicator type={status === 'ENABLED' ? 'success' : 'stopped'}>{status}</StatusIndicator>
}

const TYPES: Readonly<Record<string, string>> = {
  ENDPOINT: 'AWS’s own endpoint',
  AWS_MANAGED: 'A host of AWS’s',
  CUSTOMER_MANAGED: 'A domain of yours',
}

export const domainTypeWords = (domainType: string): string => TYPES[domainType] ?? domainType

/** The authorizer of a domain, and whether clients may name another one. */
export function DomainAuthorizerText({
  configuration: { authorizer, authenticationType, serviceType },
}: {
  readonly configuration: DomainConfiguration
}) {
  if (!asksAuthorizers(authenticationType) || (serviceType ?? 'DATA') !== 'DATA') return 'none is asked'
  const name = authorizer?.defaultAuthorizerName
  if (name === undefined) return 'as clients name it, or the default'
  return (
    <>
      <Link href={paths.authorizer(name)}>
        <NameText text={name} />
      </Link>
      {authorizer?.allowAuthorizerOverride === true ? ', or another that clients name' : ', and no other'}
    </>
  )
}

/** All that is configured. */
export function DomainFacts({ configuration }: { readonly configuration: DomainConfiguration }) {
  const { domainName, domainType, serverCertificates, authenticationType, applicationProtocol, statusChangedAt } =
    configuration
  return (
    <Facts
      facts={[
        { label: 'Status', value: <DomainStatus status={configuration.status} /> },
        { label: 'Host', copy: domainName },
        { label: 'Type', value: domainTypeWords(domainType) },
        { label: 'Authentication type', value: <span className="td-mono">{authenticationType}</span> },
        { label: 'Application protocol', value: <span className="td-mono">{applicationProtocol}</span> },
        { label: 'How clients are let in', value: visible(pairInWords(authenticationType, applicationProtocol)) },
        { label: 'Authorizer', value: <DomainAuthorizerText configuration={configuration} /> },
        {
          label: 'TLS policy',
          value:
            configuration.securityPolicy === undefined ? (
              'AWS’s default'
            ) : (
              <NameText text={configuration.securityPolicy} />
            ),
        },
        hasCertificates(authenticationType) || configuration.clientCertificateCallbackArn !== undefined
          ? {
              label: 'Function that looks at client certificates',
              copy: configuration.clientCertificateCallbackArn,
              what: 'ARN of the function that looks at client certificates',
            }
          : undefined,
        {
          label: serverCertificates.length === 1 ? 'Server certificate' : 'Server certificates',
          list: serverCertificates.map(({ serverCertificateArn, status, detail }) => (
            <div key={serverCertificateArn}>
              <Copyable what="ARN of the server certificate" text={serverCertificateArn} />{' '}
              {status !== undefined && (
                <StatusIndicator type={status === 'VALID' ? 'success' : 'error'}>
                  {status}
                  {detail !== undefined && `: ${detail}`}
                </StatusIndicator>
              )}
            </div>
          )),
        },
        { label: 'ARN', copy: configuration.domainConfigurationArn },
        statusChangedAt === undefined
          ? undefined
          : { label: 'Status changed', value: <Age atMs={Date.parse(statusChangedAt)} /> },
      ]}
    />
  )
}
