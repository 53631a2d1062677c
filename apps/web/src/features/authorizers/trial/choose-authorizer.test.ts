import type { DomainConfiguration } from '@thingdeck/contract'
import { expect, test } from 'vitest'
import { type ChoiceFacts, chooseAuthorizer } from './choose-authorizer.ts'

const DOMAIN: DomainConfiguration = {
  domainConfigurationName: 'devices',
  domainConfigurationArn: 'arn:aws:iot:us-east-1:123456789012:domainconfiguration/devices/abc12',
  domainName: 'devices.example.com',
  status: 'ENABLED',
  domainType: 'CUSTOMER_MANAGED',
  serverCertificates: [],
  authenticationType: 'CUSTOM_AUTH',
  applicationProtocol: 'SECURE_MQTT',
}
const domain = (change: Partial<DomainConfiguration>): DomainConfiguration => ({ ...DOMAIN, ...change })
const OWN = { defaultAuthorizerName: 'of-domain', allowAuthorizerOverride: false }

const facts = (change: Partial<ChoiceFacts>): ChoiceFacts => ({
  transport: 'mqtt',
  domain: undefined,
  named: undefined,
  accountDefault: 'of-account',
  ...change,
})

test.each<[words: string, change: Partial<ChoiceFacts>, authorizerName: string]>([
  ['nobody names one: the default of the account', {}, 'of-account'],
  ['the client names one', { named: 'of-client' }, 'of-client'],
  ['the domain has one', { domain: domain({ authorizer: OWN }) }, 'of-domain'],
  ['the client names the same as the domain', { named: 'of-domain', domain: domain({ authorizer: OWN }) }, 'of-domain'],
  [
    'the client names another, and may',
    { named: 'of-client', domain: domain({ authorizer: { ...OWN, allowAuthorizerOverride: true } }) },
    'of-client',
  ],
  ['the domain has none: as without a domain', { named: 'of-client', domain: DOMAIN }, 'of-client'],
  ['the domain has none, and the client names none', { domain: DOMAIN }, 'of-account'],
  [
    'by port and ALPN every way is taken',
    { transport: 'https', domain: domain({ authenticationType: 'DEFAULT', applicationProtocol: 'DEFAULT' }) },
    'of-account',
  ],
])('%s', (_, change, authorizerName) => {
  expect(chooseAuthorizer(facts(change))).toMatchObject({ kind: 'chosen', authorizerName })
})

test.each<[words: string, change: Partial<ChoiceFacts>, reason: string | undefined, why: RegExp]>([
  ['there is none at all', { accountDefault: undefined }, 'CUSTOM_AUTHORIZER_NOT_FOUND', /no default one/],
  [
    'the domain allows no other',
    { named: 'of-client', domain: domain({ authorizer: OWN }) },
    'CUSTOM_AUTHORIZER_PARAMETER_INVALID',
    /lets nobody name another authorizer than of-domain/,
  ],
  ['the domain is disabled', { domain: domain({ status: 'DISABLED' }) }, 'DOMAIN_CONFIGURATION_DISABLED', /disabled/],
  ['the domain wants certificates', { domain: domain({ authenticationType: 'AWS_X509' }) }, undefined, /certificate/],
  ['the domain takes MQTT alone', { transport: 'wss', domain: DOMAIN }, undefined, /SECURE_MQTT alone/],
])('none is asked: %s', (_, change, reason, why) => {
  const choice = chooseAuthorizer(facts(change))
  expect(choice).toMatchObject({ kind: 'none', why: expect.stringMatching(why) })
  expect(choice.kind === 'none' && choice.reason).toBe(reason)
})
