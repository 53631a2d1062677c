import type { ServiceType } from '@aws-sdk/client-iot'
import { type Account, arnOf } from '../../foundation/account.ts'
import { invalidRequest } from '../../foundation/errors.ts'
import type { IotHandlers } from '../../foundation/iot-handlers.ts'
import { paginate } from '../../foundation/paging.ts'
import type { SecurityPolicyName } from '../../foundation/security-policy-name.ts'
import type { ServerCertificates } from '../../foundation/server-certificates.ts'
import type { DomainConfiguration } from './domain-configuration-table.ts'
import type { DomainConfigurations } from './domain-configurations.ts'

export interface DomainHandlersParts {
  readonly account: Account
  readonly configurations: DomainConfigurations
  readonly certificates: ServerCertificates
  readonly host: string
  /** The server's own, where a domain has none. */
  readonly securityPolicy: SecurityPolicyName
  /** When the account's default endpoints were there first: epoch milliseconds. */
  readonly sinceMs: number
}

interface DefaultEndpoint {
  readonly name: string
  readonly serviceType: ServiceType
}

/** The endpoints that every account has. */
const DEFAULT_ENDPOINTS: readonly DefaultEndpoint[] = [
  { name: 'iot:CredentialProvider', serviceType: 'CREDENTIAL_PROVIDER' },
  { name: 'iot:Data-ATS', serviceType: 'DATA' },
  { name: 'iot:Jobs', serviceType: 'JOBS' },
]
/** What a caller gets who names no size: the largest page. */
const DEFAULT_PAGE_SIZE = 250

/** The control plane's operations on domain configurations. */
export function domainHandlers(parts: DomainHandlersParts) {
  const { account, configurations } = parts
  const summaryOfDefault = ({ name }: DefaultEndpoint) => ({
    domainConfigurationName: name,
    domainConfigurationArn: defaultEndpointArn(account, name),
  })
  return {
    CreateDomainConfiguration: (input) => summaryOf(configurations.create(input)),
    UpdateDomainConfiguration: (input) => {
      refuseDefault(input.domainConfigurationName, 'updated')
      return summaryOf(configurations.update(input))
    },
    DescribeDomainConfiguration: ({ domainConfigurationName: name }) => {
      const endpoint = defaultEndpoint(name)
      if (!endpoint) return descriptionOf(parts, configurations.mustFind(name))
      return {
        ...summaryOfDefault(endpoint),
        domainName: parts.host,
        serverCertificates: [],
        domainConfigurationStatus: 'ENABLED',
        serviceType: endpoint.serviceType,
        domainType: 'ENDPOINT',
        lastStatusChangeDate: new Date(parts.sinceMs),
        tlsConfig: { securityPolicy: parts.securityPolicy },
        authenticationType: 'DEFAULT',
        applicationProtocol: 'DEFAULT',
      }
    },
    DeleteDomainConfiguration: ({ domainConfigurationName: name }) => {
      refuseDefault(name, 'deleted')
      configurations.delete(name)
      return {}
    },
    ListDomainConfigurations: ({ marker, pageSize = DEFAULT_PAGE_SIZE, serviceType }) => {
      const defaults = DEFAULT_ENDPOINTS.map((endpoint) => ({
        ...summaryOfDefault(endpoint),
        serviceType: endpoint.serviceType,
      }))
      const made = configurations.all.map((each) => ({ ...summaryOf(each), serviceType: 'DATA' as const }))
      const all = [...defaults, ...made]
        .filter((each) => serviceType === undefined || each.serviceType === serviceType)
        .sort((one, other) => (one.domainConfigurationName < other.domainConfigurationName ? -1 : 1))
      const { items, nextToken } = paginate(
        { maxResults: pageSize, nextToken: marker },
        `domain configurations ${serviceType ?? ''}`,
        [''],
        ([after]: readonly [string], limit) =>
          all.filter(({ domainConfigurationName: name }) => name > after).slice(0, limit),
        ({ domainConfigurationName: name }) => [name],
      )
      return { domainConfigurations: items, ...(nextToken !== undefined && { nextMarker: nextToken }) }
    },
  } satisfies IotHandlers
}

const defaultEndpoint = (name: string): DefaultEndpoint | undefined =>
  DEFAULT_ENDPOINTS.find((endpoint) => endpoint.name === name)

const defaultEndpointArn = (account: Account, name: string): string =>
  arnOf(account, 'iot', `domainconfiguration/${name}/00000`)

/** As it stands in ARNs behind the account, for policies. */
export function domainResource(configurations: DomainConfigurations, name: string): string {
  if (defaultEndpoint(name)) return `domainconfiguration/${name}/00000`
  const arn = configurations.find(name)?.arn
  return arn ?? `domainconfiguration/${name}/*`
}

/** @throws {AwsError} InvalidRequestException */
function refuseDefault(name: string, done: string): void {
  if (defaultEndpoint(name)) throw invalidRequest(`The default endpoint ${name} cannot be ${done}`)
}

const summaryOf = ({ name, arn }: DomainConfiguration) => ({
  domainConfigurationName: name,
  domainConfigurationArn: arn,
})

function descriptionOf(parts: DomainHandlersParts, configuration: DomainConfiguration) {
  const { authorizerConfig, clientCertificateCallbackArn, securityPolicy = parts.securityPolicy } = configuration
  return {
    ...summaryOf(configuration),
    domainName: configuration.domainName,
    serverCertificates: serverCertificatesOf(parts.certificates, configuration),
    ...(authorizerConfig && { authorizerConfig: { ...authorizerConfig } }),
    domainConfigurationStatus: configuration.status,
    serviceType: 'DATA' as const,
    domainType: configuration.domainType,
    lastStatusChangeDate: new Date(configuration.statusChangedAtMs),
    tlsConfig: { securityPolicy },
    authenticationType: configuration.authenticationType,
    applicationProtocol: configuration.applicationProtocol,
    ...(clientCertificateCallbackArn !== undefined && { clientCertificateConfig: { clientCertificateCallbackArn } }),
  }
}

function serverCertificatesOf(
  certificates: ServerCertificates,
  { serverCertificateArn, domainName }: DomainConfiguration,
) {
  if (serverCertificateArn === undefined) return []
  const whyInvalid = certificates.whyInvalid(serverCertificateArn, domainName)
  return [
    {
      serverCertificateArn,
      serverCertificateStatus: whyInvalid === undefined ? ('VALID' as const) : ('INVALID' as const),
      ...(whyInvalid !== undefined && { serverCertificateStatusDetail: whyInvalid }),
    },
  ]
}
