import {
  AcmCertificateArn,
  type ApplicationProtocol,
  type AuthenticationType,
  type BodyOf,
  type DomainConfiguration,
  DomainName,
  type endpoints,
  FunctionArn,
  NewDomainConfigurationName,
  PROTOCOLS_OF_AUTHENTICATION,
  SecurityPolicyName,
} from '@thingdeck/contract'
import { type Pair, recordOf } from '../../shared/form/pairs-field.tsx'
import { limitsOf, type TextLimits } from '../../shared/form/text-limits.ts'
import { asksAuthorizers, hasCertificates, whyNoPair } from './authentication-words.ts'

/** How clients are let in, as both forms hold it. */
export interface DomainSettings {
  readonly authenticationType: AuthenticationType
  readonly applicationProtocol: ApplicationProtocol
  /** `''`: none. */
  readonly authorizerName: string
  readonly allowAuthorizerOverride: boolean
  /** `''`: AWS's default. */
  readonly securityPolicy: string
  /** `''`: none. */
  readonly clientCertificateCallbackArn: string
}

export interface NewDomain extends DomainSettings {
  readonly domainConfigurationName: string
  readonly kind: 'aws' | 'own'
  readonly domainName: string
  readonly serverCertificateArn: string
  readonly validationCertificateArn: string
  readonly tags: readonly Pair[]
}

export const NEW: NewDomain = {
  domainConfigurationName: '',
  kind: 'aws',
  domainName: '',
  serverCertificateArn: '',
  validationCertificateArn: '',
  authenticationType: 'CUSTOM_AUTH',
  applicationProtocol: 'SECURE_MQTT',
  authorizerName: '',
  allowAuthorizerOverride: false,
  securityPolicy: '',
  clientCertificateCallbackArn: '',
  tags: [],
}

const optional = (limits: TextLimits): TextLimits => ({ ...limits, minLength: 0, isRequired: false })

export const SETTINGS_LIMITS = {
  securityPolicy: optional(limitsOf(SecurityPolicyName, 'letters, digits and _')),
  clientCertificateCallbackArn: optional(
    limitsOf(FunctionArn, 'the ARN of a function, arn:aws:lambda:REGION:ACCOUNT:function:NAME'),
  ),
}

export const LIMITS = {
  ...SETTINGS_LIMITS,
  domainConfigurationName: limitsOf(NewDomainConfigurationName, 'letters, digits and _ . -'),
  domainName: optional(limitsOf(DomainName, 'a host name, iot.example.com')),
  serverCertificateArn: optional(limitsOf(AcmCertificateArn, 'the ARN of a certificate in ACM')),
  validationCertificateArn: optional(limitsOf(AcmCertificateArn, 'the ARN of a certificate in ACM')),
}

export const SETTINGS_RULES = {
  applicationProtocol: (protocol: ApplicationProtocol, { authenticationType }: DomainSettings) =>
    whyNoPair(authenticationType, protocol),
}

const forOwn =
  (words: string) =>
  (text: string, { kind }: NewDomain) =>
    kind === 'own' && text === '' ? words : undefined

export const RULES = {
  ...SETTINGS_RULES,
  domainName: forOwn('Your domain’s name is needed.'),
  serverCertificateArn: forOwn('A certificate for your domain is needed.'),
}

/** What a change of the authentication type does to the protocol: one that is not taken any more gives way. */
export function withAuthenticationType(
  settings: DomainSettings,
  authenticationType: AuthenticationType,
): Partial<DomainSettings> {
  const taken = PROTOCOLS_OF_AUTHENTICATION[authenticationType]
  return {
    authenticationType,
    applicationProtocol: taken.includes(settings.applicationProtocol)
      ? settings.applicationProtocol
      : (taken[0] ?? 'DEFAULT'),
  }
}

/** Settings as AWS is told of them; what has no part in it is left out. */
function settingsOf(settings: DomainSettings) {
  const { authenticationType, applicationProtocol, authorizerName, allowAuthorizerOverride, securityPolicy } = settings
  const { clientCertificateCallbackArn } = settings
  return {
    authenticationType,
    applicationProtocol,
    ...(asksAuthorizers(authenticationType) &&
      authorizerName !== '' && { authorizer: { defaultAuthorizerName: authorizerName, allowAuthorizerOverride } }),
    ...(securityPolicy !== '' && { securityPolicy }),
    ...(hasCertificates(authenticationType) && clientCertificateCallbackArn !== '' && { clientCertificateCallbackArn }),
  }
}

export function creationOf(values: NewDomain): BodyOf<typeof endpoints.createDomainConfiguration> {
  const { domainConfigurationName, kind, domainName, serverCertificateArn, validationCertificateArn } = values
  const tags = recordOf(values.tags)
  return {
    domainConfigurationName,
    ...(kind === 'own' && {
      domainName,
      serverCertificateArn,
      ...(validationCertificateArn !== '' && { validationCertificateArn }),
    }),
    ...settingsOf(values),
    ...(Object.keys(tags).length > 0 && { tags }),
  }
}

export const valuesOf = (configuration: DomainConfiguration): DomainSettings => ({
  // A word that AWS has since this was written cannot be kept by this form, nor is it offered.
  authenticationType: configuration.authenticationType as AuthenticationType,
  applicationProtocol: configuration.applicationProtocol as ApplicationProtocol,
  authorizerName: configuration.authorizer?.defaultAuthorizerName ?? '',
  allowAuthorizerOverride: configuration.authorizer?.allowAuthorizerOverride ?? false,
  securityPolicy: configuration.securityPolicy ?? '',
  clientCertificateCallbackArn: configuration.clientCertificateCallbackArn ?? '',
})

/** AWS IoT has no word that takes these away again: left out, they stay as they are. */
export const keptRule =
  (before: string) =>
  (text: string): string | undefined =>
    before !== '' && text === ''
      ? `AWS IoT takes it away from no configuration: name another one than ${before}.`
      : undefined

/** @param before whether it had an authorizer: one that is left out has to be removed by a word of its own */
export function changeOf(
  settings: DomainSettings,
  before: DomainSettings,
): BodyOf<typeof endpoints.updateDomainConfiguration> {
  const change = settingsOf(settings)
  return { ...change, ...(before.authorizerName !== '' && !change.authorizer && { removeAuthorizer: true as const }) }
}
