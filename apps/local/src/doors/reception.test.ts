import type { ApplicationProtocol, AuthenticationType } from '@aws-sdk/client-iot'
import { expect, test } from 'vitest'
import type { Domain } from '../foundation/domains.ts'
import { receptionOf } from './reception.ts'

const domain = (
  authenticationType: AuthenticationType,
  applicationProtocol: ApplicationProtocol,
  isEnabled = true,
): Domain => ({
  domainConfigurationName: 'd',
  domainName: 'd.localhost',
  isEnabled,
  authenticationType,
  applicationProtocol,
  defaultAuthorizerName: undefined,
  allowAuthorizerOverride: true,
  clientCertificateCallbackArn: undefined,
  securityPolicy: undefined,
  identities: () => Promise.reject(new Error('nobody is shown anything')),
})

// AWS IoT Core developer guide, "Protocols, port mappings, and authentication".
test.each([
  ['mqtts', undefined, undefined, 'MQTT AWS_X509'],
  ['mqtts', 'mqtt', undefined, 'MQTT AWS_X509'],
  ['https', 'x-amzn-mqtt-ca', undefined, 'MQTT AWS_X509'],
  ['https', 'mqtt', undefined, 'EITHER CUSTOM_AUTH'],
  ['https', 'x-amzn-http-ca', undefined, 'HTTP DEFAULT'],
  ['https', undefined, undefined, 'HTTP DEFAULT'],
  ['https', 'mqtt', domain('DEFAULT', 'DEFAULT'), 'EITHER CUSTOM_AUTH'],
  ['mqtts', undefined, domain('DEFAULT', 'DEFAULT'), 'MQTT AWS_X509'],
  ['mqtts', undefined, domain('AWS_X509', 'SECURE_MQTT'), 'MQTT AWS_X509'],
  ['https', undefined, domain('AWS_X509', 'SECURE_MQTT'), 'MQTT AWS_X509'],
  ['https', 'mqtt', domain('AWS_X509', 'HTTPS'), 'HTTP AWS_X509'],
  ['https', undefined, domain('CUSTOM_AUTH', 'SECURE_MQTT'), 'MQTT CUSTOM_AUTH'],
  ['https', 'x-amzn-mqtt-ca', domain('CUSTOM_AUTH', 'SECURE_MQTT'), 'MQTT CUSTOM_AUTH'],
  ['https', undefined, domain('CUSTOM_AUTH_X509', 'SECURE_MQTT'), 'MQTT CUSTOM_AUTH_X509'],
  ['https', undefined, domain('CUSTOM_AUTH', 'MQTT_WSS'), 'HTTP CUSTOM_AUTH'],
  ['https', undefined, domain('AWS_SIGV4', 'MQTT_WSS'), 'HTTP AWS_SIGV4'],
  ['mqtts', undefined, domain('AWS_X509', 'HTTPS'), 'DOMAIN_CONFIGURATION_INVALID'],
  ['mqtts', undefined, domain('CUSTOM_AUTH', 'SECURE_MQTT'), 'DOMAIN_CONFIGURATION_INVALID'],
  ['mqtts', undefined, domain('CUSTOM_AUTH_X509', 'SECURE_MQTT'), 'DOMAIN_CONFIGURATION_INVALID'],
  ['mqtts', undefined, domain('AWS_SIGV4', 'MQTT_WSS'), 'DOMAIN_CONFIGURATION_INVALID'],
  ['https', undefined, domain('DEFAULT', 'DEFAULT', false), 'DOMAIN_CONFIGURATION_DISABLED'],
  ['mqtts', undefined, domain('AWS_X509', 'SECURE_MQTT', false), 'DOMAIN_CONFIGURATION_DISABLED'],
] as const)('port %s, ALPN %s: %#', (port, alpn, at, expected) => {
  const reception = receptionOf(port, alpn, at)
  expect('reason' in reception ? reception.reason : `${reception.speaks} ${reception.authentication}`).toBe(expected)
})
