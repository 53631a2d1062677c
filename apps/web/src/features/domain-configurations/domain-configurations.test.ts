import {
  APPLICATION_PROTOCOLS,
  AUTHENTICATION_TYPES,
  type DomainConfiguration,
  PROTOCOLS_OF_AUTHENTICATION,
} from '@thingdeck/contract'
import { expect, test } from 'vitest'
import { whyNoPair } from './authentication-words.ts'
import { whyNotDeleted } from './deletion-rule.ts'
import { changeOf, creationOf, NEW, valuesOf, withAuthenticationType } from './domain-values.ts'

const DISABLED_AT = Date.parse('2026-03-01T12:00:00.000Z')
const DAY_MS = 86_400_000
const CONFIGURATION: DomainConfiguration = {
  domainConfigurationName: 'devices',
  domainConfigurationArn: 'arn',
  status: 'DISABLED',
  domainType: 'AWS_MANAGED',
  serverCertificates: [],
  authenticationType: 'CUSTOM_AUTH',
  applicationProtocol: 'SECURE_MQTT',
  authorizer: { defaultAuthorizerName: 'by-token', allowAuthorizerOverride: true },
  statusChangedAt: new Date(DISABLED_AT).toISOString(),
}

test.each<[string, Partial<DomainConfiguration>, number, RegExp | undefined]>([
  ['enabled', { status: 'ENABLED' }, 8, /disable it first/],
  ['AWS’s own endpoint', { domainType: 'ENDPOINT' }, 8, /cannot be deleted/],
  ['AWS’s host, six days later', {}, 6, /from 2026-03-08 12:00 UTC on/],
  ['AWS’s host, seven days later', {}, 7, undefined],
  ['a domain of one’s own, at once', { domainType: 'CUSTOMER_MANAGED' }, 0, undefined],
])('deleting: %s', (_, change, days, why) => {
  const said = whyNotDeleted({ ...CONFIGURATION, ...change }, DISABLED_AT + days * DAY_MS)
  if (why === undefined) expect(said).toBeUndefined()
  else expect(said).toMatch(why)
})

test('pairs that AWS IoT does not take are told, and the others are not', () => {
  for (const type of AUTHENTICATION_TYPES) {
    for (const protocol of APPLICATION_PROTOCOLS) {
      expect(whyNoPair(type, protocol) === undefined).toBe(PROTOCOLS_OF_AUTHENTICATION[type].includes(protocol))
    }
    expect(whyNoPair(type, withAuthenticationType(NEW, type).applicationProtocol ?? 'DEFAULT')).toBeUndefined()
  }
  expect(whyNoPair('AWS_SIGV4', 'SECURE_MQTT')).toBe('With AWS_SIGV4 AWS IoT takes MQTT_WSS or HTTPS.')
})

test('an authorizer that is taken away is removed by a word, and one that has no part in it is not sent', () => {
  const before = valuesOf(CONFIGURATION)
  expect(changeOf({ ...before, authorizerName: '' }, before)).toMatchObject({ removeAuthorizer: true })
  const certificates = changeOf({ ...before, authenticationType: 'AWS_X509' }, before)
  expect(certificates).toMatchObject({ removeAuthorizer: true, authenticationType: 'AWS_X509' })
  expect(certificates).not.toHaveProperty('authorizer')
  expect(changeOf(before, before)).not.toHaveProperty('removeAuthorizer')
})

test('what was written for a domain of one’s own is not sent for a host of AWS’s', () => {
  const values = { ...NEW, domainConfigurationName: 'devices', domainName: 'iot.example.com' }
  expect(creationOf(values)).not.toHaveProperty('domainName')
  expect(creationOf({ ...values, kind: 'own', serverCertificateArn: 'arn' })).toMatchObject({
    domainName: 'iot.example.com',
    serverCertificateArn: 'arn',
  })
})
