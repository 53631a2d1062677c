import type { Authority } from '../../foundation/authority/authority.ts'
import type { LocalContext } from '../../foundation/context.ts'
import type { ControlPlaneNeeds } from '../../foundation/control-plane-needs.ts'
import type { Domain, Domains, TlsIdentities } from '../../foundation/domains.ts'
import type { SecurityPolicyName } from '../../foundation/security-policy-name.ts'
import type { ServerCertificates } from '../../foundation/server-certificates.ts'
import type { Service } from '../../foundation/service.ts'
import type { TagKeeper } from '../../foundation/tag-keeper.ts'
import type { DomainConfiguration } from './domain-configuration-table.ts'
import { DomainConfigurations } from './domain-configurations.ts'
import { domainHandlers, domainResource } from './domain-handlers.ts'

export interface DomainConfigurationsOptions {
  readonly tags: TagKeeper
  readonly authority: Pick<Authority, 'identityOf'>
  readonly certificates: ServerCertificates
  readonly authorizerExists: (name: string) => boolean
  /** The name under which clients reach the server. */
  readonly host: string
  /** What else the server is called. */
  readonly otherNames: readonly string[]
  readonly securityPolicy: SecurityPolicyName
}

export interface DomainConfigurationsService extends Service {
  readonly domains: Domains
  /** Names of the configurations that ask for an authorizer by itself. */
  readonly namesByAuthorizer: (authorizerName: string) => readonly string[]
  readonly arnOf: (domainConfigurationName: string) => string
  /** ARNs of the configurations that show a certificate. */
  readonly usersOf: (certificateArn: string) => readonly string[]
}

/** Domain configurations: under which names, with which certificate and by what authentication clients come. */
export function domainConfigurationsService(
  context: LocalContext,
  options: DomainConfigurationsOptions,
): DomainConfigurationsService {
  const { tags, certificates, authorizerExists, host, otherNames, securityPolicy } = options
  const defaults = new Set([host, ...otherNames].map((name) => name.toLowerCase()))
  const isDefaultEndpoint = (serverName: string) => defaults.has(serverName.toLowerCase())
  const configurations = new DomainConfigurations(context, {
    tags,
    host,
    isDefaultEndpoint,
    authorizerExists,
    certificates,
  })
  const needOf = ({ domainConfigurationName: name }: { readonly domainConfigurationName: string }) => ({
    resources: [domainResource(configurations, name)],
  })
  return {
    name: 'domain-configurations',
    handlers: {
      iot: domainHandlers({
        ...{ account: context.account, configurations, certificates, host, securityPolicy },
        sinceMs: context.clock(),
      }),
    },
    controlPlaneNeeds: {
      CreateDomainConfiguration: needOf,
      UpdateDomainConfiguration: needOf,
      DescribeDomainConfiguration: needOf,
      DeleteDomainConfiguration: needOf,
    } satisfies ControlPlaneNeeds,
    reread: () => configurations.forget(),
    domains: {
      find: (serverName) => {
        const found = configurations.named(serverName)
        return found && domainOf(found, options)
      },
      isEndpoint: (serverName) => isDefaultEndpoint(serverName) || configurations.named(serverName) !== undefined,
    },
    namesByAuthorizer: (authorizerName) =>
      configurations.all
        .filter(({ authorizerConfig }) => authorizerConfig?.defaultAuthorizerName === authorizerName)
        .map(({ name }) => name),
    arnOf: (name) => configurations.mustFind(name).arn,
    usersOf: (certificateArn) =>
      configurations.all
        .filter((each) => [each.serverCertificateArn, each.validationCertificateArn].includes(certificateArn))
        .map(({ arn }) => arn),
  }
}

function domainOf(
  configuration: DomainConfiguration,
  { authority, certificates }: Pick<DomainConfigurationsOptions, 'authority' | 'certificates'>,
): Domain {
  const { authorizerConfig, domainName, serverCertificateArn } = configuration
  return {
    domainConfigurationName: configuration.name,
    domainName,
    isEnabled: configuration.status === 'ENABLED',
    authenticationType: configuration.authenticationType,
    applicationProtocol: configuration.applicationProtocol,
    defaultAuthorizerName: authorizerConfig?.defaultAuthorizerName,
    allowAuthorizerOverride: authorizerConfig?.allowAuthorizerOverride ?? true,
    clientCertificateCallbackArn: configuration.clientCertificateCallbackArn,
    securityPolicy: configuration.securityPolicy,
    identities: async () =>
      serverCertificateArn === undefined
        ? authority.identityOf(domainName)
        : importedIdentities(certificates, serverCertificateArn),
  }
}

/** An imported certificate is shown to everybody, of whichever kind its key is. */
function importedIdentities(certificates: ServerCertificates, arn: string): TlsIdentities {
  const server = certificates.find(arn)
  if (!server) throw new Error(`the server certificate ${arn} is not there any more`)
  return { server, rsa: async () => ({ server, crossSigned: server }) }
}
