import { describe, expect, test } from 'vitest'
import { MAX_TEMPLATE_CHARACTERS, parseTemplate, TemplateError, type TemplateUse } from './index.ts'

const THING = { Type: 'AWS::IoT::Thing', Properties: { ThingName: { Ref: 'Name' } } }
const CERTIFICATE = {
  Type: 'AWS::IoT::Certificate',
  Properties: { CertificateId: { Ref: 'AWS::IoT::Certificate::Id' } },
}
const PARAMETERS = { Name: { Type: 'String' } }
const RESOURCES = { thing: THING, certificate: CERTIFICATE }

const template = (parts: object) => ({ Parameters: PARAMETERS, Resources: RESOURCES, ...parts })
const withThing = (properties: object, more: object = {}) =>
  template({
    Resources: { ...RESOURCES, thing: { ...THING, Properties: { ...THING.Properties, ...properties }, ...more } },
  })
const withCertificate = (properties: object, more: object = {}) =>
  template({
    Resources: { thing: THING, certificate: { Type: 'AWS::IoT::Certificate', Properties: properties, ...more } },
  })
const withPolicy = (properties: object, more: object = {}) =>
  template({ Resources: { ...RESOURCES, policy: { Type: 'AWS::IoT::Policy', Properties: properties, ...more } } })

function faultOf(document: unknown, use: TemplateUse = 'FLEET_PROVISIONING'): TemplateError {
  try {
    parseTemplate(typeof document === 'string' ? document : JSON.stringify(document, null, 2), use)
  } catch (error) {
    if (error instanceof TemplateError) return error
    throw error
  }
  throw new Error('the template was taken')
}

test('a whole template is taken', () => {
  const parsed = parseTemplate(
    JSON.stringify(
      template({
        Mappings: { Table: { a: { b: 'c', d: ['e'] } } },
        DeviceConfiguration: { url: 'https://example.aws' },
      }),
    ),
    'FLEET_PROVISIONING',
  )
  expect(parsed.mappings.get('Table')?.get('a')?.get('d')).toEqual(['e'])
  expect(parsed.thing?.logicalName).toBe('thing')
  expect(parsed.certificate?.source.kind).toBe('CertificateId')
  expect(parsed.deviceConfiguration?.get('url')).toMatchObject({ kind: 'text', text: 'https://example.aws' })
})

describe('what is refused, and where', () => {
  test.each<[string, unknown, string, RegExp]>([
    ['no JSON', '{', '', /Expected .* found the end of the text/],
    ['a key twice', '{"Resources":{},"Resources":{}}', '', /Resources/],
    ['no object', '[]', '', /must be an object, not a list/],
    ['no resources', { Parameters: {} }, '', /lacks Resources/],
    [
      'an unknown section',
      template({ Outputs: {} }),
      'Outputs',
      /is no member here; there may be Parameters, Mappings/,
    ],
    ['conditions, which AWS IoT has not', template({ Conditions: {} }), 'Conditions', /is no member here/],
    [
      'a number as a parameter',
      template({ Parameters: { Name: { Type: 'Number' } } }),
      'Parameters.Name.Type',
      /must be String, not Number/,
    ],
    [
      'a default that is no text',
      template({ Parameters: { Name: { Type: 'String', Default: 1 } } }),
      'Parameters.Name.Default',
      /must be a text, not a number/,
    ],
    [
      'a parameter of AWS that is none',
      template({ Parameters: { ...PARAMETERS, 'AWS::IoT::Certificate::Country': { Type: 'String' } } }),
      'Parameters.AWS::IoT::Certificate::Country',
      /there are AWS::IoT::Certificate::Id/,
    ],
    [
      'a resource of another type',
      template({ Resources: { x: { Type: 'AWS::IoT::Rule', Properties: {} } } }),
      'Resources.x.Type',
      /must be AWS::IoT::Thing, AWS::IoT::Certificate or AWS::IoT::Policy/,
    ],
    [
      'two things',
      template({ Resources: { ...RESOURCES, other: THING } }),
      'Resources.other',
      /is a second thing, beside thing/,
    ],
    [
      'two certificates',
      template({ Resources: { ...RESOURCES, other: CERTIFICATE } }),
      'Resources.other',
      /is a second certificate/,
    ],
    [
      'no certificate',
      template({ Resources: { thing: THING } }),
      'Resources',
      /lacks a resource of the type AWS::IoT::Certificate/,
    ],
    [
      'a thing without a name',
      template({ Resources: { ...RESOURCES, thing: { Type: 'AWS::IoT::Thing', Properties: {} } } }),
      'Resources.thing.Properties',
      /lacks ThingName/,
    ],
    [
      'an attribute that is a number',
      withThing({ AttributePayload: { version: 1 } }),
      'Resources.thing.Properties.AttributePayload.version',
      /must be a text, not a number/,
    ],
    [
      'a parameter that is not declared',
      withThing({ ThingTypeName: { Ref: 'Kind' } }),
      'Resources.thing.Properties.ThingTypeName.Ref',
      /refers to Kind, which Parameters does not declare/,
    ],
    [
      'one that is not declared, in Fn::Sub',
      withThing({ ThingTypeName: { 'Fn::Sub': 'a-${Kind}' } }),
      'Resources.thing.Properties.ThingTypeName.Fn::Sub',
      /refers to Kind/,
    ],
    [
      'a parameter of another kind of template',
      withThing({ ThingTypeName: { Ref: 'AWS::IoT::Certificate::Country' } }),
      'Resources.thing.Properties.ThingTypeName.Ref',
      /is not known here/,
    ],
    [
      'an unknown function',
      withThing({ ThingTypeName: { 'Fn::If': ['a', 'b', 'c'] } }),
      'Resources.thing.Properties.ThingTypeName',
      /must be a text or one function: Ref, Fn::Join/,
    ],
    [
      'two functions',
      withThing({ ThingTypeName: { Ref: 'Name', 'Fn::Sub': 'x' } }),
      'Resources.thing.Properties.ThingTypeName',
      /must be a text or one function/,
    ],
    [
      'too few values',
      withThing({ ThingTypeName: { 'Fn::Join': ['-'] } }),
      'Resources.thing.Properties.ThingTypeName.Fn::Join',
      /takes 2 values: a delimiter, a list/,
    ],
    [
      'a text where a list is needed',
      withThing({ ThingTypeName: { 'Fn::Select': ['0', { Ref: 'Name' }] } }),
      'Resources.thing.Properties.ThingTypeName.Fn::Select[1]',
      /must be a list, or Fn::Split or Fn::FindInMap/,
    ],
    [
      'a split by nothing',
      withThing({ ThingTypeName: { 'Fn::Select': ['0', { 'Fn::Split': ['', 'a,b'] }] } }),
      'Resources.thing.Properties.ThingTypeName.Fn::Select[1].Fn::Split[0]',
      /must not be empty/,
    ],
    [
      'a map that is not there',
      withThing({ ThingTypeName: { 'Fn::FindInMap': ['Table', 'a', 'b'] } }),
      'Resources.thing.Properties.ThingTypeName.Fn::FindInMap[0]',
      /Mappings has no map Table/,
    ],
    [
      'a function in Mappings',
      template({ Mappings: { Table: { a: { b: { Ref: 'Name' } } } } }),
      'Mappings.Table.a.b',
      /must be a text, not an object/,
    ],
    [
      'an override of another kind',
      withThing({}, { OverrideSettings: { ThingTypeName: 'MERGE' } }),
      'Resources.thing.OverrideSettings.ThingTypeName',
      /must be DO_NOTHING, REPLACE or FAIL, not MERGE/,
    ],
    [
      'an override in both spellings',
      withThing({}, { OverrideSettings: { ThingGroups: 'MERGE', THING_GROUPS: 'FAIL' } }),
      'Resources.thing.OverrideSettings.THING_GROUPS',
      /a second time/,
    ],
    [
      'an override of a policy',
      withPolicy({ PolicyName: 'p' }, { OverrideSettings: {} }),
      'Resources.policy.OverrideSettings',
      /is not available for policies/,
    ],
    [
      'no certificate in particular',
      withCertificate({ Status: 'ACTIVE' }),
      'Resources.certificate.Properties',
      /must say which certificate/,
    ],
    [
      'a request for a certificate, by claim',
      withCertificate({ CertificateSigningRequest: { Ref: 'Name' } }),
      'Resources.certificate.Properties.CertificateSigningRequest',
      /is for bulk registration/,
    ],
    [
      'two certificates in one',
      withCertificate({ CertificateId: 'a', CertificatePem: 'b' }),
      'Resources.certificate.Properties.CertificatePem',
      /must not stand beside CertificateId/,
    ],
    [
      'an authority without its certificate',
      withCertificate({ CertificateId: 'a', CACertificatePem: 'b' }),
      'Resources.certificate.Properties.CACertificatePem',
      /belongs to a CertificatePem/,
    ],
    ['no policy in particular', withPolicy({}), 'Resources.policy.Properties', /must say which policy/],
    [
      'name and document of a policy',
      withPolicy({ PolicyName: 'p', PolicyDocument: '{}' }),
      'Resources.policy.Properties.PolicyDocument',
      /must not stand beside PolicyName/,
    ],
    [
      'Fn::Join in a policy',
      withPolicy({ PolicyName: { 'Fn::Join': ['', ['a']] } }),
      'Resources.policy.Properties.PolicyName',
      /Fn::Join is not allowed in a policy/,
    ],
    [
      'objects in the device configuration',
      template({ DeviceConfiguration: { a: { b: 'c' } } }),
      'DeviceConfiguration.a',
      /must be a text or one function/,
    ],
  ])('%s', (_, document, path, message) => {
    const fault = faultOf(document)
    expect(fault.message).toMatch(message)
    expect(fault.path).toBe(path)
  })

  test('a body that is too long', () => {
    const fault = faultOf(JSON.stringify(template({})).padEnd(MAX_TEMPLATE_CHARACTERS + 1))
    expect(fault.message).toBe('has 10241 characters; a template has at most 10240')
  })

  test('functions without end', () => {
    let value: object | string = 'x'
    for (let depth = 0; depth < 40; depth++) value = { 'Fn::Join': ['', [value]] }
    expect(faultOf(JSON.stringify(withThing({ ThingTypeName: value }))).message).toMatch(
      /at most 100 levels of nesting/,
    )
  })

  test('a device configuration where none is sent', () => {
    expect(faultOf(template({ DeviceConfiguration: {} }), 'JITP').path).toBe('DeviceConfiguration')
  })

  test('the place is that of the text', () => {
    const { line, column, offset } = faultOf('{\n  "Resources": {\n    "x": 1\n  }\n}')
    expect({ line, column, offset }).toEqual({ line: 3, column: 10, offset: 28 })
  })
})

test('a certificate is asked for by its request, or brought, in a registration', () => {
  const request = withCertificate({ CertificateSigningRequest: { Ref: 'Name' } })
  expect(parseTemplate(JSON.stringify(request), 'REGISTRATION').certificate?.source.kind).toBe(
    'CertificateSigningRequest',
  )
  const brought = withCertificate({ CertificatePem: { Ref: 'Name' }, CACertificatePem: { Ref: 'Name' } })
  expect(parseTemplate(JSON.stringify(brought), 'REGISTRATION').certificate?.source).toMatchObject({
    kind: 'CertificatePem',
    caCertificatePem: { kind: 'Ref' },
  })
})

test('settings are taken in both spellings', () => {
  const document = withThing({}, { OverrideSettings: { ATTRIBUTE_PAYLOAD: 'MERGE', ThingGroups: 'DO_NOTHING' } })
  expect(parseTemplate(JSON.stringify(document), 'FLEET_PROVISIONING').thing?.overrides).toEqual({
    attributePayload: 'MERGE',
    thingGroups: 'DO_NOTHING',
  })
})
