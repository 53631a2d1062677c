import type { ProvisioningTemplateType } from '@thingdeck/contract'
import type { PolicyHome } from '@thingdeck/policies'
import { arnPrefix } from '@thingdeck/policies'

/** A template to begin with. */
export interface StartingPoint {
  readonly id: string
  readonly type: ProvisioningTemplateType
  readonly title: string
  readonly description: string
  /** It is of use with a pre-provisioning hook alone. */
  readonly needsHook?: true
  readonly body: (home: PolicyHome) => object
}

const ID = 'AWS::IoT::Certificate::Id'
const COMMON_NAME = 'AWS::IoT::Certificate::CommonName'
const TEXT = { Type: 'String' } as const

/** What a device may do: connect as its thing, and send and receive below its name. */
const devicePolicy = (home: PolicyHome): string => {
  const arn = (resource: string) => `${arnPrefix(home)}${resource}`
  const thing = '${iot:Connection.Thing.ThingName}'
  const allow = (Action: string | readonly string[], Resource: string | readonly string[]) => ({
    Effect: 'Allow',
    Action,
    Resource,
  })
  return JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      allow('iot:Connect', arn(`client/${thing}`)),
      allow('iot:Publish', arn(`topic/dt/${thing}/*`)),
      allow('iot:Subscribe', arn(`topicfilter/cmd/${thing}/*`)),
      allow('iot:Receive', arn(`topic/cmd/${thing}/*`)),
    ],
  })
}

const certificate = {
  Type: 'AWS::IoT::Certificate',
  Properties: { CertificateId: { Ref: ID }, Status: 'ACTIVE' },
} as const

const policyByDocument = (home: PolicyHome) => ({
  Type: 'AWS::IoT::Policy',
  Properties: { PolicyDocument: devicePolicy(home) },
})

const thingOfSerial = {
  Type: 'AWS::IoT::Thing',
  Properties: {
    ThingName: { 'Fn::Sub': 'device-${SerialNumber}' },
    AttributePayload: { serial: { Ref: 'SerialNumber' } },
  },
  OverrideSettings: { AttributePayload: 'MERGE', ThingTypeName: 'DO_NOTHING', ThingGroups: 'MERGE' },
} as const

export const STARTING_POINTS: readonly StartingPoint[] = [
  {
    id: 'claim',
    type: 'FLEET_PROVISIONING',
    title: 'By claim, with a policy of its own',
    description: 'A device gives its serial number, and gets a thing that is named after it. One policy for all.',
    body: (home) => ({
      Parameters: { SerialNumber: TEXT, [ID]: TEXT },
      Resources: { thing: thingOfSerial, certificate, policy: policyByDocument(home) },
    }),
  },
  {
    id: 'policy-by-name',
    type: 'FLEET_PROVISIONING',
    title: 'By claim, with a policy that is there',
    description: 'The same, with a policy of the account by its name: a new version of it holds for all devices.',
    body: () => ({
      Parameters: { SerialNumber: TEXT, [ID]: TEXT },
      Resources: {
        thing: thingOfSerial,
        certificate,
        policy: { Type: 'AWS::IoT::Policy', Properties: { PolicyName: 'device' } },
      },
    }),
  },
  {
    id: 'hook',
    type: 'FLEET_PROVISIONING',
    title: 'By claim, with a hook that looks the serial number up',
    description:
      'Your function lets in the serial numbers that it knows, and says the site, which the device itself cannot claim.',
    needsHook: true,
    body: (home) => ({
      Parameters: { SerialNumber: TEXT, Site: { Type: 'String', Default: 'unknown' }, [ID]: TEXT },
      Resources: {
        thing: {
          ...thingOfSerial,
          Properties: {
            ...thingOfSerial.Properties,
            AttributePayload: { serial: { Ref: 'SerialNumber' }, site: { Ref: 'Site' } },
          },
        },
        certificate,
        policy: policyByDocument(home),
      },
      DeviceConfiguration: { site: { Ref: 'Site' } },
    }),
  },
  {
    id: 'jitp',
    type: 'JITP',
    title: 'Just in time, named after the certificate',
    description: 'The common name of the certificate becomes the name of the thing.',
    body: (home) => ({
      Parameters: { [COMMON_NAME]: TEXT, [ID]: TEXT },
      Resources: {
        thing: { Type: 'AWS::IoT::Thing', Properties: { ThingName: { Ref: COMMON_NAME } } },
        certificate,
        policy: policyByDocument(home),
      },
    }),
  },
]

export const textOf = ({ body }: StartingPoint, home: PolicyHome): string => JSON.stringify(body(home), undefined, 2)
