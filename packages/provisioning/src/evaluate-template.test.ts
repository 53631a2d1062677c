import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { evaluateTemplate, ProvisioningFailure, parseTemplate, type TemplateUse } from './index.ts'

const ID = { 'AWS::IoT::Certificate::Id': 'c'.repeat(64) }
const CERTIFICATE = {
  Type: 'AWS::IoT::Certificate',
  Properties: { CertificateId: { Ref: 'AWS::IoT::Certificate::Id' } },
}
const MAPPINGS = { Table: { Seattle: { url: 'https://sea.example', zones: ['a', 'b'] } } }

const parse = (document: object, use: TemplateUse = 'FLEET_PROVISIONING') =>
  parseTemplate(JSON.stringify(document), use)

/** What a value becomes as the name of a thing. */
function nameOf(value: unknown, given: Record<string, string> = {}, parameters: object = {}): string | undefined {
  const document = {
    Parameters: { Name: { Type: 'String', Default: 'pump-7' }, ...parameters },
    Mappings: MAPPINGS,
    Resources: { thing: { Type: 'AWS::IoT::Thing', Properties: { ThingName: value } }, certificate: CERTIFICATE },
  }
  return evaluateTemplate(parse(document), given, ID).thing?.thingName
}

function failureOf(run: () => unknown): ProvisioningFailure {
  try {
    run()
  } catch (error) {
    if (error instanceof ProvisioningFailure) return error
    throw error
  }
  throw new Error('it was provisioned')
}

describe('functions (guide, "Intrinsic functions")', () => {
  test.each<[unknown, string]>([
    ['plain', 'plain'],
    [{ Ref: 'Name' }, 'pump-7'],
    [{ Ref: 'AWS::IoT::Certificate::Id' }, 'c'.repeat(64)],
    [{ 'Fn::Join': ['_', ['a', { Ref: 'Name' }, 'b']] }, 'a_pump-7_b'],
    [{ 'Fn::Join': ['', ['a', 'b']] }, 'ab'],
    [{ 'Fn::Join': ['+', { 'Fn::Split': ['-', { Ref: 'Name' }] }] }, 'pump+7'],
    [{ 'Fn::Join': ['+', { 'Fn::FindInMap': ['Table', 'Seattle', 'zones'] }] }, 'a+b'],
    [{ 'Fn::Select': ['1', ['a', 'b']] }, 'b'],
    [{ 'Fn::Select': [1, { 'Fn::Split': ['-', { Ref: 'Name' }] }] }, '7'],
    [{ 'Fn::Select': [{ 'Fn::Sub': '0' }, ['a', null]] }, 'a'],
    [{ 'Fn::Select': ['1', { 'Fn::FindInMap': ['Table', 'Seattle', 'zones'] }] }, 'b'],
    [{ 'Fn::FindInMap': ['Table', { 'Fn::Join': ['', ['Sea', 'ttle']] }, 'url'] }, 'https://sea.example'],
    [{ 'Fn::Sub': 'x-${Name}-y' }, 'x-pump-7-y'],
    [{ 'Fn::Sub': ['${a}${a}/${Name}', { a: { 'Fn::Join': ['', ['1', '2']] } }] }, '1212/pump-7'],
    [{ 'Fn::Sub': 'no $variable {here} ${' }, 'no $variable {here} ${'],
  ])('%j → %s', (value, expected) => {
    expect(nameOf(value)).toBe(expected)
  })

  test.each<[string, unknown, RegExp]>([
    ['an index beyond the list', { 'Fn::Select': ['2', ['a', 'b']] }, /there is no index 2 in a list of 2/],
    ['a negative index', { 'Fn::Select': ['-1', ['a']] }, /-1 is no index/],
    ['a null', { 'Fn::Select': ['1', ['a', null]] }, /is null/],
    ['a key that is not there', { 'Fn::FindInMap': ['Table', 'Paris', 'url'] }, /the map Table has no key Paris/],
    ['a key of an object', { 'Fn::FindInMap': ['Table', 'constructor', 'url'] }, /no key constructor/],
    ['a second key that is not there', { 'Fn::FindInMap': ['Table', 'Seattle', 'x'] }, /no key x in Seattle/],
    ['a list for a text', { 'Fn::FindInMap': ['Table', 'Seattle', 'zones'] }, /finds a list, and a text is needed/],
    ['a split for a text', { 'Fn::Split': ['-', 'a-b'] }, /makes a list, and a text is needed/],
    ['a text for a list', { 'Fn::Join': ['', { 'Fn::FindInMap': ['Table', 'Seattle', 'url'] }] }, /a list is needed/],
    ['no name', '', /is empty/],
  ])('%s is a failure', (_, value, reason) => {
    const failure = failureOf(() => nameOf(value))
    expect(failure.reason).toMatch(reason)
    expect(failure).toMatchObject({ step: 'thing', kind: 'value' })
    expect(failure.path).toMatch(/^Resources\.thing\.Properties\.ThingName/)
  })

  test('a text that functions make ever longer ends', () => {
    let value: unknown = 'x'.repeat(100)
    for (let depth = 0; depth < 20; depth++) value = { 'Fn::Sub': ['${a}${a}${a}${a}', { a: value }] }
    expect(failureOf(() => nameOf(value)).reason).toMatch(/65536 are the most/)
  })
})

describe('parameters', () => {
  const A = { A: { Type: 'String' } }

  test('what is given goes before the default, an empty text too', () => {
    expect(nameOf({ Ref: 'Name' }, { Name: 'lamp' })).toBe('lamp')
    expect(nameOf({ 'Fn::Sub': 'x${Name}' }, { Name: '' })).toBe('x')
  })

  test('others than the declared ones are ignored', () => {
    expect(nameOf({ Ref: 'Name' }, { Other: 'x' })).toBe('pump-7')
  })

  test('nobody gives what only AWS knows', () => {
    expect(nameOf({ Ref: 'AWS::IoT::Certificate::Id' }, { 'AWS::IoT::Certificate::Id': 'forged' })).toBe('c'.repeat(64))
  })

  test('one that has no value fails before any resource', () => {
    const failure = failureOf(() => nameOf({ Ref: 'A' }, {}, A))
    expect(failure).toMatchObject({ step: 'parameters', path: 'Parameters.A' })
    expect(failure.reason).toBe('has no value: none was given, and it has no default')
    expect(failureOf(() => nameOf({ Ref: 'toString' }, {}, { toString: { Type: 'String' } })).step).toBe('parameters')
  })

  test('what the subject of a certificate lacks fails (guide, "Just-in-time provisioning")', () => {
    const document = {
      Parameters: { 'AWS::IoT::Certificate::Country': { Type: 'String' } },
      Resources: { certificate: CERTIFICATE },
    }
    const failure = failureOf(() => evaluateTemplate(parse(document, 'JITP'), {}, ID))
    expect(failure.message).toBe('Parameters.AWS::IoT::Certificate::Country: has no value: the certificate has none')
  })
})

test('the plan of a whole template (guide, "Template example for fleet provisioning")', () => {
  const document = {
    Parameters: { ThingName: { Type: 'String' }, SerialNumber: { Type: 'String' }, DeviceLocation: { Type: 'String' } },
    Mappings: { LocationTable: { Seattle: { LocationUrl: 'https://example.aws' } } },
    Resources: {
      thing: {
        Type: 'AWS::IoT::Thing',
        Properties: {
          AttributePayload: { version: 'v1', serialNumber: { Ref: 'SerialNumber' } },
          ThingName: { Ref: 'ThingName' },
          ThingTypeName: { 'Fn::Join': ['', ['ThingPrefix_', { Ref: 'SerialNumber' }]] },
          ThingGroups: ['v1-lightbulbs', { Ref: 'DeviceLocation' }],
          BillingGroup: 'LightBulbBillingGroup',
          PackageVersions: { firmware: '1.2' },
        },
        OverrideSettings: { AttributePayload: 'MERGE' },
      },
      certificate: {
        Type: 'AWS::IoT::Certificate',
        Properties: { ...CERTIFICATE.Properties, Status: 'Active', ThingPrincipalType: 'EXCLUSIVE_THING' },
      },
      named: { Type: 'AWS::IoT::Policy', Properties: { PolicyName: { 'Fn::Sub': 'of-${DeviceLocation}' } } },
      written: { Type: 'AWS::IoT::Policy', Properties: { PolicyDocument: '{"Version":"2012-10-17"}' } },
      laidOut: { Type: 'AWS::IoT::Policy', Properties: { PolicyDocument: { Version: '2012-10-17', Statement: [] } } },
    },
    DeviceConfiguration: {
      FallbackUrl: 'https://www.example.com/test-site',
      LocationUrl: { 'Fn::FindInMap': ['LocationTable', { Ref: 'DeviceLocation' }, 'LocationUrl'] },
    },
  }
  const given = { ThingName: 'lamp-1', SerialNumber: '88', DeviceLocation: 'Seattle' }
  expect(evaluateTemplate(parse(document), given, ID)).toEqual({
    thing: {
      logicalName: 'thing',
      path: 'Resources.thing',
      thingName: 'lamp-1',
      attributes: { version: 'v1', serialNumber: '88' },
      thingTypeName: 'ThingPrefix_88',
      thingGroups: ['v1-lightbulbs', 'Seattle'],
      billingGroup: 'LightBulbBillingGroup',
      packageVersions: { firmware: '1.2' },
      overrides: { attributePayload: 'MERGE' },
    },
    certificate: {
      logicalName: 'certificate',
      path: 'Resources.certificate',
      source: { kind: 'CertificateId', certificateId: 'c'.repeat(64) },
      status: 'ACTIVE',
      thingPrincipalType: 'EXCLUSIVE_THING',
      overrides: {},
    },
    policies: [
      { logicalName: 'named', path: 'Resources.named', policy: { kind: 'PolicyName', policyName: 'of-Seattle' } },
      {
        logicalName: 'written',
        path: 'Resources.written',
        policy: { kind: 'PolicyDocument', policyDocument: '{"Version":"2012-10-17"}' },
      },
      {
        logicalName: 'laidOut',
        path: 'Resources.laidOut',
        policy: { kind: 'PolicyDocument', policyDocument: '{"Version":"2012-10-17","Statement":[]}' },
      },
    ],
    deviceConfiguration: { FallbackUrl: 'https://www.example.com/test-site', LocationUrl: 'https://example.aws' },
  })
})

test.each([
  ['Status', 'DELETED', /is DELETED; it must be ACTIVE or INACTIVE/],
  ['ThingPrincipalType', 'MANY', /is MANY; it must be EXCLUSIVE_THING or NON_EXCLUSIVE_THING/],
])('a certificate with the %s %s is a failure', (name, value, reason) => {
  const document = {
    Parameters: { Given: { Type: 'String', Default: value } },
    Resources: { certificate: { ...CERTIFICATE, Properties: { ...CERTIFICATE.Properties, [name]: { Ref: 'Given' } } } },
  }
  const failure = failureOf(() => evaluateTemplate(parse(document), {}, ID))
  expect(failure).toMatchObject({ step: 'certificate', path: `Resources.certificate.Properties.${name}` })
  expect(failure.reason).toMatch(reason)
})

test('whatever a device sends as its parameters, it is provisioned or told why not', () => {
  const parsed = parse({
    Parameters: { A: { Type: 'String' }, B: { Type: 'String', Default: '0' } },
    Mappings: MAPPINGS,
    Resources: {
      thing: {
        Type: 'AWS::IoT::Thing',
        Properties: {
          ThingName: { 'Fn::Select': [{ Ref: 'B' }, { 'Fn::Split': ['-', { 'Fn::Sub': '${A}-${B}' }] }] },
          ThingTypeName: { 'Fn::Join': ['/', { 'Fn::Split': [',', { Ref: 'A' }] }] },
        },
      },
      certificate: CERTIFICATE,
    },
  })
  const text = fc.oneof(fc.string(), fc.constantFrom('0', '1', '9', '-', 'a-b-c', '${A}', '__proto__'))
  fc.assert(
    fc.property(fc.dictionary(fc.oneof(fc.constantFrom('A', 'B'), fc.string()), text), (given) => {
      try {
        const { thing } = evaluateTemplate(parsed, given, ID)
        expect(thing?.thingName).not.toBe('')
        // What a parameter holds is never read as a template once more.
        expect(thing?.thingTypeName).toBe(given.A?.split(',').join('/'))
      } catch (error) {
        if (!(error instanceof ProvisioningFailure)) throw error
        expect(error.reason).not.toBe('')
      }
    }),
  )
})
