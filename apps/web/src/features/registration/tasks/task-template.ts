import type { PlannedThing } from '@thingdeck/contract'

/** What a registration task of AWS needs for the lines of a file. */
export interface TaskInput {
  readonly templateBody: string
  readonly lines: readonly Readonly<Record<string, string>>[]
}

/**
 * The template by which AWS registers things, and a line of parameters for each. A template cannot leave out what a line
 * has not: what one thing has, all must have.
 * @throws {Error} a sentence, where that is not so
 */
export function taskInputOf(things: readonly PlannedThing[], policyName: string | undefined): TaskInput {
  const [first] = things
  if (!first) throw new Error('There is no thing to register.')
  const inAll = (what: string, has: (thing: PlannedThing) => boolean): boolean => {
    const without = things.find((thing) => has(thing) !== has(first))
    if (!without) return has(first)
    throw new Error(
      `AWS registers things by one template, which cannot leave anything out: ${what} is given for some things and not for ${has(first) ? without.thingName : first.thingName}. Register these as a file of their own.`,
    )
  }
  const parameters: Record<string, { readonly Type: 'String' }> = { ThingName: { Type: 'String' } }
  const ref = (name: string) => {
    parameters[name] = { Type: 'String' }
    return { Ref: name }
  }
  const attributeNames = [...new Set(things.flatMap(({ attributes = {} }) => Object.keys(attributes)))]
  for (const name of attributeNames) {
    inAll(`the attribute ${name}`, ({ attributes = {} }) => Object.hasOwn(attributes, name))
  }
  const groups = first.thingGroupNames ?? []
  const odd = things.find(({ thingGroupNames = [] }) => thingGroupNames.length !== groups.length)
  if (odd) {
    throw new Error(
      `AWS registers things by one template: ${odd.thingName} is to be in another number of groups than ${first.thingName}.`,
    )
  }
  const attributes = attributeNames.map((name, index) => [name, ref(`Attribute${index + 1}`)] as const)
  const properties = {
    ThingName: { Ref: 'ThingName' },
    ...(inAll('a thing type', hasMember('thingTypeName')) && { ThingTypeName: ref('ThingTypeName') }),
    ...(inAll('a billing group', hasMember('billingGroupName')) && { BillingGroup: ref('BillingGroup') }),
    ...(attributes.length > 0 && { AttributePayload: Object.fromEntries(attributes) }),
    ...(groups.length > 0 && { ThingGroups: groups.map((_, index) => ref(`ThingGroup${index + 1}`)) }),
  }
  const hasCertificate = inAll('a request for a certificate', hasMember('certificateSigningRequest'))
  const resources = {
    thing: { Type: 'AWS::IoT::Thing', Properties: properties },
    ...(hasCertificate && {
      certificate: {
        Type: 'AWS::IoT::Certificate',
        Properties: { CertificateSigningRequest: ref('CSR'), Status: 'ACTIVE' },
      },
    }),
    ...(hasCertificate &&
      policyName !== undefined && {
        policy: { Type: 'AWS::IoT::Policy', Properties: { PolicyName: policyName } },
      }),
  }
  return {
    templateBody: JSON.stringify({ Parameters: parameters, Resources: resources }, undefined, 2),
    lines: things.map((thing) => lineOf(thing, attributeNames)),
  }
}

const hasMember =
  (member: 'thingTypeName' | 'billingGroupName' | 'certificateSigningRequest') =>
  (thing: PlannedThing): boolean =>
    thing[member] !== undefined

function lineOf(thing: PlannedThing, attributeNames: readonly string[]): Record<string, string> {
  const { thingName, thingTypeName, billingGroupName, certificateSigningRequest } = thing
  const { attributes = {}, thingGroupNames = [] } = thing
  return {
    ThingName: thingName,
    ...(thingTypeName !== undefined && { ThingTypeName: thingTypeName }),
    ...(billingGroupName !== undefined && { BillingGroup: billingGroupName }),
    ...(certificateSigningRequest !== undefined && { CSR: certificateSigningRequest }),
    ...Object.fromEntries(attributeNames.map((name, index) => [`Attribute${index + 1}`, attributes[name] ?? ''])),
    ...Object.fromEntries(thingGroupNames.map((name, index) => [`ThingGroup${index + 1}`, name])),
  }
}

/** A template to begin with, where there is no file to make one of. */
export const EXAMPLE_TEMPLATE = taskInputOf(
  [{ thingName: 'pump-1', attributes: { site: 'hall-1' } }],
  undefined,
).templateBody

/** What the role of a task may do at least. @see AWS IoT developer guide, "Bulk registration" */
export function rolePolicy(bucket: string, key: string): string {
  return JSON.stringify(
    {
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Action: [
            'iot:AddThingToThingGroup',
            'iot:AttachPolicy',
            'iot:AttachThingPrincipal',
            'iot:CreateCertificateFromCsr',
            'iot:CreateThing',
            'iot:DescribeThing',
            'iot:GetPolicy',
            'iot:UpdateThing',
          ],
          Resource: '*',
        },
        { Effect: 'Allow', Action: 's3:GetObject', Resource: `arn:aws:s3:::${bucket}/${key}` },
      ],
    },
    undefined,
    2,
  )
}
