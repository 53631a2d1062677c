import {
  CreateDomainConfigurationCommand,
  DeleteDomainConfigurationCommand,
  DescribeDomainConfigurationCommand,
  type DescribeDomainConfigurationResponse,
  type IoTClient,
  paginateListDomainConfigurations,
  UpdateDomainConfigurationCommand,
} from '@aws-sdk/client-iot'
import {
  type BodyOf,
  type DomainConfiguration,
  type DomainConfigurationList,
  type endpoints,
  MOST_DOMAIN_CONFIGURATIONS,
} from '@thingdeck/contract'
import { isoTime, present } from '../../aws/present.ts'
import { tagList } from '../../aws/tags.ts'
import { unlessGone } from '../../aws/unless-gone.ts'

type Creation = BodyOf<typeof endpoints.createDomainConfiguration>
type Change = BodyOf<typeof endpoints.updateDomainConfiguration>
type Settings = Pick<Change, 'authorizer' | 'securityPolicy' | 'clientCertificateCallbackArn'>

/** Domain configurations. Errors are AWS's own. */
export interface DomainConfigurations {
  list(): Promise<DomainConfigurationList>
  describe(domainConfigurationName: string): Promise<DomainConfiguration>
  create(configuration: Creation): Promise<DomainConfiguration>
  update(domainConfigurationName: string, change: Change): Promise<DomainConfiguration>
  delete(domainConfigurationName: string): Promise<void>
}

export function createDomainConfigurations(iot: IoTClient): DomainConfigurations {
  const configurations: DomainConfigurations = {
    async list() {
      const names: string[] = []
      let isAll = true
      for await (const page of paginateListDomainConfigurations({ client: iot, pageSize: 100 }, {})) {
        names.push(...(page.domainConfigurations ?? []).flatMap((each) => each.domainConfigurationName ?? []))
        if (names.length < MOST_DOMAIN_CONFIGURATIONS) continue
        isAll = names.length === MOST_DOMAIN_CONFIGURATIONS && page.nextMarker === undefined
        break
      }
      const described = await Promise.all(
        names.slice(0, MOST_DOMAIN_CONFIGURATIONS).map((name) => unlessGone(configurations.describe(name))),
      )
      return { domainConfigurations: described.filter((each) => each !== undefined), isAll }
    },

    async describe(domainConfigurationName) {
      return read(
        domainConfigurationName,
        await iot.send(new DescribeDomainConfigurationCommand({ domainConfigurationName })),
      )
    },

    async create({ tags, serverCertificateArn, ...configuration }) {
      const { domainConfigurationName, domainName, validationCertificateArn } = configuration
      await iot.send(
        new CreateDomainConfigurationCommand({
          domainConfigurationName,
          domainName,
          validationCertificateArn,
          authenticationType: configuration.authenticationType,
          applicationProtocol: configuration.applicationProtocol,
          ...settingsOf(configuration),
          ...(serverCertificateArn !== undefined && { serverCertificateArns: [serverCertificateArn] }),
          ...(tags && { tags: tagList(tags) }),
        }),
      )
      return configurations.describe(domainConfigurationName)
    },

    async update(domainConfigurationName, change) {
      await iot.send(
        new UpdateDomainConfigurationCommand({
          domainConfigurationName,
          domainConfigurationStatus: change.status,
          removeAuthorizerConfig: change.removeAuthorizer,
          authenticationType: change.authenticationType,
          applicationProtocol: change.applicationProtocol,
          ...settingsOf(change),
        }),
      )
      return configurations.describe(domainConfigurationName)
    },

    async delete(domainConfigurationName) {
      await iot.send(new DeleteDomainConfigurationCommand({ domainConfigurationName }))
    },
  }
  return configurations
}

/** What AWS nests, as it has it. */
const settingsOf = ({ authorizer, securityPolicy, clientCertificateCallbackArn }: Settings) => ({
  ...(authorizer && { authorizerConfig: authorizer }),
  ...(securityPolicy !== undefined && { tlsConfig: { securityPolicy } }),
  ...(clientCertificateCallbackArn !== undefined && { clientCertificateConfig: { clientCertificateCallbackArn } }),
})

/** What AWS leaves out of a configuration is as it is by default (AWS IoT API reference, DescribeDomainConfiguration). */
const read = (domainConfigurationName: string, found: DescribeDomainConfigurationResponse): DomainConfiguration =>
  present({
    domainConfigurationName,
    domainConfigurationArn: found.domainConfigurationArn ?? '',
    domainName: found.domainName,
    status: found.domainConfigurationStatus ?? 'ENABLED',
    domainType: found.domainType ?? 'ENDPOINT',
    serviceType: found.serviceType,
    serverCertificates: (found.serverCertificates ?? []).map((each) =>
      present({
        serverCertificateArn: each.serverCertificateArn ?? '',
        status: each.serverCertificateStatus,
        detail: each.serverCertificateStatusDetail,
      }),
    ),
    authorizer:
      found.authorizerConfig &&
      present({
        defaultAuthorizerName: found.authorizerConfig.defaultAuthorizerName,
        allowAuthorizerOverride: found.authorizerConfig.allowAuthorizerOverride ?? false,
      }),
    authenticationType: found.authenticationType ?? 'DEFAULT',
    applicationProtocol: found.applicationProtocol ?? 'DEFAULT',
    securityPolicy: found.tlsConfig?.securityPolicy,
    enableOCSPCheck: found.serverCertificateConfig?.enableOCSPCheck,
    clientCertificateCallbackArn: found.clientCertificateConfig?.clientCertificateCallbackArn,
    statusChangedAt: isoTime(found.lastStatusChangeDate),
  })
