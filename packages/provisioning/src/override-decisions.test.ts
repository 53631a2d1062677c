import { describe, expect, test } from 'vitest'
import {
  decideCertificateStatus,
  decideThing,
  type ExistingThing,
  evaluateTemplate,
  type OverrideAction,
  ProvisioningFailure,
  parseTemplate,
} from './index.ts'

const PROPERTIES = {
  ThingName: 'lamp-1',
  AttributePayload: { version: 'v2', site: 'north' },
  ThingTypeName: 'lamp',
  ThingGroups: ['new', 'both'],
  BillingGroup: 'paid',
}

function planned(overrides: object, properties: object = PROPERTIES) {
  const document = {
    Resources: { thing: { Type: 'AWS::IoT::Thing', Properties: properties, OverrideSettings: overrides } },
  }
  const { thing } = evaluateTemplate(parseTemplate(JSON.stringify(document), 'REGISTRATION'), {})
  if (!thing) throw new Error('no thing')
  return thing
}

const THERE: ExistingThing = {
  attributes: { version: 'v1', colour: 'red' },
  thingTypeName: 'bulb',
  thingGroups: ['old', 'both'],
  billingGroup: 'free',
}

describe('a thing that is there already (guide, "Override settings")', () => {
  test.each<[OverrideAction | undefined, Record<string, string>, string, string[]]>([
    [undefined, { version: 'v1', colour: 'red' }, 'bulb', ['old', 'both']],
    ['DO_NOTHING', { version: 'v1', colour: 'red' }, 'bulb', ['old', 'both']],
    ['REPLACE', { version: 'v2', site: 'north' }, 'lamp', ['new', 'both']],
    ['MERGE', { version: 'v2', colour: 'red', site: 'north' }, 'bulb', ['old', 'both', 'new']],
  ])('%s', (setting, attributes, thingTypeName, thingGroups) => {
    const settings = setting && {
      AttributePayload: setting,
      ThingGroups: setting,
      ...(setting !== 'MERGE' && { ThingTypeName: setting }),
    }
    const decided = decideThing(planned(settings ?? {}), THERE)
    expect(decided.attributes).toMatchObject({ setting, before: THERE.attributes, after: attributes })
    expect(decided.thingTypeName.after).toBe(thingTypeName)
    expect(decided.thingGroups.after).toEqual(thingGroups)
    expect(decided.attributes.isChanged).toBe(setting === 'REPLACE' || setting === 'MERGE')
  })

  test.each(['AttributePayload', 'ThingTypeName', 'ThingGroups'])('FAIL for %s fails, and says where', (name) => {
    const thing = planned({ [name]: 'FAIL' })
    expect(() => decideThing(thing, THERE)).toThrow(
      expect.objectContaining({ kind: 'conflict', step: 'thing', path: `Resources.thing.Properties.${name}` }),
    )
    expect(() => decideThing(thing, THERE)).toThrow(ProvisioningFailure)
  })

  test('FAIL for a property that the template does not have changes nothing', () => {
    const thing = planned({ AttributePayload: 'FAIL' }, { ThingName: 'lamp-1' })
    expect(decideThing(thing, THERE).attributes).toMatchObject({ after: THERE.attributes, isChanged: false })
  })

  test('the same in another order is no change', () => {
    const thing = planned(
      { AttributePayload: 'REPLACE', ThingGroups: 'REPLACE' },
      { ThingName: 'lamp-1', AttributePayload: { colour: 'red', version: 'v1' }, ThingGroups: ['both', 'old'] },
    )
    const { attributes, thingGroups } = decideThing(thing, THERE)
    expect([attributes.isChanged, thingGroups.isChanged]).toEqual([false, false])
  })

  test('a billing group, for which there is no setting, stays', () => {
    expect(decideThing(planned({}), THERE).billingGroup).toMatchObject({ before: 'free', after: 'free' })
  })
})

describe('the status of a certificate', () => {
  const certificate = (setting?: string, status = 'ACTIVE') => {
    const document = {
      Resources: {
        certificate: {
          Type: 'AWS::IoT::Certificate',
          Properties: { CertificateId: 'c', Status: status },
          ...(setting && { OverrideSettings: { Status: setting } }),
        },
      },
    }
    const plan = evaluateTemplate(parseTemplate(JSON.stringify(document), 'FLEET_PROVISIONING'), {})
    if (!plan.certificate) throw new Error('no certificate')
    return plan.certificate
  }

  test.each<[string, string | undefined, string]>([
    ['PENDING_ACTIVATION', undefined, 'ACTIVE'],
    ['PENDING_ACTIVATION', 'DO_NOTHING', 'ACTIVE'],
    ['PENDING_ACTIVATION', 'FAIL', 'ACTIVE'],
    ['INACTIVE', undefined, 'INACTIVE'],
    ['INACTIVE', 'DO_NOTHING', 'INACTIVE'],
    ['INACTIVE', 'REPLACE', 'ACTIVE'],
  ])('%s with %s becomes %s', (before, setting, after) => {
    expect(decideCertificateStatus(certificate(setting), before)).toMatchObject({ before, after })
  })

  test('FAIL fails', () => {
    expect(() => decideCertificateStatus(certificate('FAIL'), 'ACTIVE')).toThrow(
      expect.objectContaining({
        kind: 'conflict',
        step: 'certificate',
        path: 'Resources.certificate.Properties.Status',
      }),
    )
  })
})
