import { expect, test } from 'vitest'
import { decideThing, evaluateTemplate, parseTemplate } from './index.ts'

test('the example of the README', () => {
  const text = JSON.stringify({
    Parameters: { Serial: { Type: 'String' } },
    Resources: {
      thing: {
        Type: 'AWS::IoT::Thing',
        Properties: { ThingName: { 'Fn::Sub': 'pump-${Serial}' }, AttributePayload: { serial: { Ref: 'Serial' } } },
        OverrideSettings: { AttributePayload: 'MERGE' },
      },
      certificate: {
        Type: 'AWS::IoT::Certificate',
        Properties: { CertificateId: { Ref: 'AWS::IoT::Certificate::Id' } },
      },
    },
  })
  const template = parseTemplate(text, 'FLEET_PROVISIONING')
  const plan = evaluateTemplate(template, { Serial: '88' }, { 'AWS::IoT::Certificate::Id': 'c'.repeat(64) })
  expect(plan.thing?.thingName).toBe('pump-88')
  expect(plan.certificate?.status).toBe('ACTIVE')
  if (!plan.thing) throw new Error('no thing')
  const { attributes } = decideThing(plan.thing, { attributes: { site: 'north' }, thingGroups: [] })
  expect(JSON.stringify(attributes.after)).toBe('{"site":"north","serial":"88"}')
})
