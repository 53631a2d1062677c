import { type Static, Type } from 'typebox'
import { AuthorizerName, FunctionArn } from './authorizers.ts'
import { defineEndpoints, EMPTY, json } from './endpoint.ts'
import { oneOf } from './one-of.ts'
import { Tags } from './tags.ts'

/** At its making 1 to 128 of `\w.-`; the names of default endpoints have a `:` (AWS IoT API reference). */
export const NewDomainConfigurationName = Type.String({ minLength: 1, maxLength: 128, pattern: '^[\\w.-]+$' })
export const DomainConfigurationName = Type.String({ minLength: 1, maxLength: 128, pattern: '^[\\w.:-]+$' })

/** A host name of the customer's (AWS IoT API reference, CreateDomainConfiguration). */
export const DomainName = Type.String({
  minLength: 1,
  maxLength: 253,
  pattern: '^([a-zA-Z0-9]([a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?\\.)+[a-zA-Z0-9]([a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?$',
})

/** Of ACM (AWS IoT API reference, AcmCertificateArn). */
export const AcmCertificateArn = Type.String({
  minLength: 1,
  maxLength: 2_048,
  pattern: '^arn:aws[a-z-]*:acm:[a-z0-9-]+:[0-9]{12}:certificate/[a-zA-Z0-9/-]+$',
})

/** A security policy of IoT: `IoTSecurityPolicy_TLS13_1_2_2022_10` (AWS IoT API reference, TlsConfig). */
export const SecurityPolicyName = Type.String({ minLength: 1, maxLength: 128, pattern: '^[a-zA-Z0-9_]+$' })

export const AUTHENTICATION_TYPES = ['DEFAULT', 'AWS_X509', 'AWS_SIGV4', 'CUSTOM_AUTH', 'CUSTOM_AUTH_X509'] as const
export type AuthenticationType = (typeof AUTHENTICATION_TYPES)[number]
export const APPLICATION_PROTOCOLS = ['DEFAULT', 'SECURE_MQTT', 'MQTT_WSS', 'HTTPS'] as const
export type ApplicationProtocol = (typeof APPLICATION_PROTOCOLS)[number]

/**
 * The protocols that AWS IoT takes with each authentication type.
 * @see AWS IoT Core developer guide, "Choosing an application protocol for your device communication"
 */
export const PROTOCOLS_OF_AUTHENTICATION: Readonly<Record<AuthenticationType, readonly ApplicationProtocol[]>> = {
  DEFAULT: ['DEFAULT'],
  AWS_X509: ['SECURE_MQTT', 'HTTPS'],
  AWS_SIGV4: ['MQTT_WSS', 'HTTPS'],
  CUSTOM_AUTH: ['SECURE_MQTT', 'MQTT_WSS', 'HTTPS'],
  CUSTOM_AUTH_X509: ['SECURE_MQTT', 'HTTPS'],
}

/** So many configurations are looked at; an account has 10 by default (AWS IoT Core quotas). */
export const MOST_DOMAIN_CONFIGURATIONS = 100

export const DomainAuthorizer = Type.Object({
  defaultAuthorizerName: Type.Optional(Type.String()),
  allowAuthorizerOverride: Type.Boolean({ description: 'Whether a client may name another one' }),
})
export type DomainAuthorizer = Static<typeof DomainAuthorizer>

export const DomainConfiguration = Type.Object({
  domainConfigurationName: Type.String(),
  domainConfigurationArn: Type.String(),
  domainName: Type.Optional(Type.String({ description: 'The host that clients connect to' })),
  status: oneOf(['ENABLED', 'DISABLED']),
  domainType: Type.String({ description: 'ENDPOINT, AWS_MANAGED or CUSTOMER_MANAGED' }),
  serviceType: Type.Optional(Type.String()),
  serverCertificates: Type.Array(
    Type.Object({
      serverCertificateArn: Type.String(),
      status: Type.Optional(Type.String({ description: 'VALID or INVALID' })),
      detail: Type.Optional(Type.String()),
    }),
  ),
  authorizer: Type.Optional(DomainAuthorizer),
  authenticationType: Type.String(),
  applicationProtocol: Type.String(),
  securityPolicy: Type.Optional(Type.String()),
  enableOCSPCheck: Type.Optional(Type.Boolean()),
  clientCertificateCallbackArn: Type.Optional(Type.String()),
  statusChangedAt: Type.Optional(Type.String({ format: 'date-time' })),
})
export type DomainConfiguration = Static<typeof DomainConfiguration>

export const DomainConfigurationList = Type.Object({
  domainConfigurations: Type.Array(DomainConfiguration),
  isAll: Type.Boolean({ description: `There are no more than these; ${MOST_DOMAIN_CONFIGURATIONS} are looked at` }),
})
export type DomainConfigurationList = Static<typeof DomainConfigurationList>

const settings = {
  authorizer: Type.Optional(
    Type.Object({ defaultAuthorizerName: AuthorizerName, allowAuthorizerOverride: Type.Boolean() }),
  ),
  authenticationType: oneOf(AUTHENTICATION_TYPES),
  applicationProtocol: oneOf(APPLICATION_PROTOCOLS),
  securityPolicy: Type.Optional(SecurityPolicyName),
  clientCertificateCallbackArn: Type.Optional(FunctionArn),
}
const params = Type.Object({ domainConfigurationName: DomainConfigurationName })

export const domainConfigurationEndpoints = defineEndpoints({
  listDomainConfigurations: {
    method: 'GET',
    path: '/api/domain-configurations',
    summary: 'The domain configurations of the account, each whole',
    access: 'viewer',
    answer: json(DomainConfigurationList),
  },
  createDomainConfiguration: {
    method: 'POST',
    path: '/api/domain-configurations',
    summary: 'Makes a domain configuration: a host that devices connect to, and how they are let in there',
    access: 'admin',
    audit: 'CreateDomainConfiguration',
    body: Type.Object({
      domainConfigurationName: NewDomainConfigurationName,
      domainName: Type.Optional(DomainName),
      serverCertificateArn: Type.Optional(AcmCertificateArn),
      validationCertificateArn: Type.Optional(AcmCertificateArn),
      ...settings,
      tags: Type.Optional(Tags),
    }),
    answer: json(DomainConfiguration),
  },
  describeDomainConfiguration: {
    method: 'GET',
    path: '/api/domain-configurations/:domainConfigurationName',
    summary: 'A domain configuration',
    access: 'viewer',
    params,
    answer: json(DomainConfiguration),
  },
  updateDomainConfiguration: {
    method: 'PATCH',
    path: '/api/domain-configurations/:domainConfigurationName',
    summary: 'Changes how clients are let in at a domain, enables or disables it; what is not named stays',
    access: 'admin',
    audit: 'UpdateDomainConfiguration',
    params,
    body: Type.Partial(
      Type.Object({
        ...settings,
        removeAuthorizer: Type.Literal(true),
        status: oneOf(['ENABLED', 'DISABLED']),
      }),
      { minProperties: 1 },
    ),
    answer: json(DomainConfiguration),
  },
  deleteDomainConfiguration: {
    method: 'DELETE',
    path: '/api/domain-configurations/:domainConfigurationName',
    summary: 'Deletes a domain configuration that is disabled',
    access: 'admin',
    audit: 'DeleteDomainConfiguration',
    params,
    answer: EMPTY,
  },
})
