import { type Static, Type } from 'typebox'
import { defineEndpoints, EMPTY, json } from './endpoint.ts'
import { RegistryDescription } from './registry-attributes.ts'
import { ReadTags, Tags } from './tags.ts'
import { ThingNamePage } from './thing-groups.ts'
import { ThingsCount } from './thing-types.ts'
import { NextToken, ThingName } from './things.ts'

/** A page may be short or empty and still have a token: a search goes on behind it. */
export const BillingGroupPage = Type.Object({
  billingGroups: Type.Array(Type.Object({ billingGroupName: Type.String(), billingGroupArn: Type.String() })),
  nextToken: Type.Optional(Type.String()),
})
export type BillingGroupPage = Static<typeof BillingGroupPage>

/** What a list says of a billing group beside its name. AWS has to be asked for each. */
export const BillingGroupLook = Type.Object({
  billingGroupName: Type.String(),
  description: Type.Optional(Type.String()),
  createdAt: Type.Optional(Type.String({ format: 'date-time' })),
  things: ThingsCount,
})
export type BillingGroupLook = Static<typeof BillingGroupLook>

export const BillingGroup = Type.Object({
  billingGroupName: Type.String(),
  billingGroupArn: Type.String(),
  billingGroupId: Type.Optional(Type.String()),
  version: Type.Integer(),
  description: Type.Optional(Type.String()),
  createdAt: Type.Optional(Type.String({ format: 'date-time' })),
  tags: ReadTags,
})
export type BillingGroup = Static<typeof BillingGroup>

const params = Type.Object({ billingGroupName: ThingName })
const memberParams = Type.Object({ billingGroupName: ThingName, thingName: ThingName })
const page = {
  nextToken: Type.Optional(NextToken),
  maxResults: Type.Optional(Type.Integer({ minimum: 1, maximum: 250 })),
}

export const billingGroupEndpoints = defineEndpoints({
  listBillingGroups: {
    method: 'GET',
    path: '/api/billing-groups',
    summary: 'Billing groups, a page at a time; by a part of their name, as AWS finds none but beginnings',
    access: 'viewer',
    query: Type.Object({
      name: Type.Optional(Type.String({ maxLength: 128, description: 'A part of it, in whatever case' })),
      prefix: Type.Optional(Type.String({ maxLength: 128, description: 'Its beginning' })),
      ...page,
    }),
    answer: json(BillingGroupPage),
  },
  listBillingGroupLooks: {
    method: 'GET',
    path: '/api/billing-group-looks',
    summary: 'Description and number of things of a few billing groups; those that are gone are left out',
    access: 'viewer',
    query: Type.Object({ billingGroupName: Type.Array(ThingName, { minItems: 1, maxItems: 10 }) }),
    answer: json(Type.Object({ looks: Type.Array(BillingGroupLook) })),
  },
  createBillingGroup: {
    method: 'POST',
    path: '/api/billing-groups',
    summary: 'Makes a billing group',
    access: 'admin',
    audit: 'CreateBillingGroup',
    body: Type.Object({
      billingGroupName: ThingName,
      description: Type.Optional(RegistryDescription),
      tags: Type.Optional(Tags),
    }),
    answer: json(BillingGroup),
  },
  describeBillingGroup: {
    method: 'GET',
    path: '/api/billing-groups/:billingGroupName',
    summary: 'A billing group with its tags',
    access: 'viewer',
    params,
    answer: json(BillingGroup),
  },
  updateBillingGroup: {
    method: 'PUT',
    path: '/api/billing-groups/:billingGroupName',
    summary: 'Changes the description of a billing group',
    access: 'admin',
    audit: 'UpdateBillingGroup',
    params,
    body: Type.Object({ description: RegistryDescription, expectedVersion: Type.Integer({ minimum: 1 }) }),
    answer: json(BillingGroup),
  },
  deleteBillingGroup: {
    method: 'DELETE',
    path: '/api/billing-groups/:billingGroupName',
    summary: 'Deletes a billing group; its things stay',
    access: 'admin',
    audit: 'DeleteBillingGroup',
    params,
    query: Type.Object({ expectedVersion: Type.Optional(Type.Integer({ minimum: 1 })) }),
    answer: EMPTY,
  },
  listBillingGroupThings: {
    method: 'GET',
    path: '/api/billing-groups/:billingGroupName/things',
    summary: 'Names of the things in a billing group',
    access: 'viewer',
    params,
    query: Type.Object(page),
    answer: json(ThingNamePage),
  },
  addThingToBillingGroup: {
    method: 'PUT',
    path: '/api/billing-groups/:billingGroupName/things/:thingName',
    summary: 'Puts a thing into a billing group; it leaves the one that it was in',
    access: 'admin',
    audit: 'AddThingToBillingGroup',
    params: memberParams,
    answer: EMPTY,
  },
  removeThingFromBillingGroup: {
    method: 'DELETE',
    path: '/api/billing-groups/:billingGroupName/things/:thingName',
    summary: 'Takes a thing out of a billing group',
    access: 'admin',
    audit: 'RemoveThingFromBillingGroup',
    params: memberParams,
    answer: EMPTY,
  },
})
