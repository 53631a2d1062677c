import {
  AddThingToBillingGroupCommand,
  CreateBillingGroupCommand,
  DeleteBillingGroupCommand,
  DescribeBillingGroupCommand,
  type IoTClient,
  ListBillingGroupsCommand,
  ListThingsInBillingGroupCommand,
  RemoveThingFromBillingGroupCommand,
  UpdateBillingGroupCommand,
} from '@aws-sdk/client-iot'
import type { BillingGroup, BillingGroupPage, BodyOf, endpoints, QueryOf, ThingNamePage } from '@thingdeck/contract'
import { siftedPage } from '../../aws/sifted-pages.ts'
import { readTags, tagList } from '../../aws/tags.ts'

type Listed = BillingGroupPage['billingGroups'][number]

/** Billing groups and the things in them. Errors are AWS's own. */
export interface BillingGroups {
  list(search: QueryOf<typeof endpoints.listBillingGroups>): Promise<BillingGroupPage>
  describe(billingGroupName: string): Promise<BillingGroup>
  create(group: BodyOf<typeof endpoints.createBillingGroup>): Promise<BillingGroup>
  update(billingGroupName: string, change: BodyOf<typeof endpoints.updateBillingGroup>): Promise<BillingGroup>
  delete(billingGroupName: string, expectedVersion: number | undefined): Promise<void>
  things(billingGroupName: string, page: QueryOf<typeof endpoints.listBillingGroupThings>): Promise<ThingNamePage>
  add(billingGroupName: string, thingName: string): Promise<void>
  remove(billingGroupName: string, thingName: string): Promise<void>
}

export function createBillingGroups(iot: IoTClient): BillingGroups {
  const groups: BillingGroups = {
    async list({ name, prefix, nextToken, maxResults }) {
      const { items: sifted, ...more } = await siftedPage(
        { name, nextToken, maxResults, nameOf: ({ billingGroupName }: Listed) => billingGroupName },
        async ({ size, token }) => {
          const { billingGroups = [], nextToken: next } = await iot.send(
            new ListBillingGroupsCommand({
              maxResults: size,
              ...(token !== undefined && { nextToken: token }),
              ...(prefix && { namePrefixFilter: prefix }),
            }),
          )
          const items = billingGroups.map(({ groupName = '', groupArn = '' }) => ({
            billingGroupName: groupName,
            billingGroupArn: groupArn,
          }))
          return { items, nextToken: next }
        },
      )
      return { billingGroups: sifted, ...more }
    },

    async describe(billingGroupName) {
      const found = await iot.send(new DescribeBillingGroupCommand({ billingGroupName }))
      const { billingGroupArn = '', billingGroupId, version = 1 } = found
      const description = found.billingGroupProperties?.billingGroupDescription
      const createdAt = found.billingGroupMetadata?.creationDate
      const tags = await readTags(iot, billingGroupArn)
      return {
        billingGroupName,
        billingGroupArn,
        version,
        ...(billingGroupId && { billingGroupId }),
        ...(description && { description }),
        ...(createdAt && { createdAt: createdAt.toISOString() }),
        ...(tags && { tags }),
      }
    },

    async create({ billingGroupName, description, tags = {} }) {
      const given = tagList(tags)
      await iot.send(
        new CreateBillingGroupCommand({
          billingGroupName,
          ...(description && { billingGroupProperties: { billingGroupDescription: description } }),
          ...(given.length > 0 && { tags: given }),
        }),
      )
      return groups.describe(billingGroupName)
    },

    async update(billingGroupName, { description, expectedVersion }) {
      await iot.send(
        new UpdateBillingGroupCommand({
          billingGroupName,
          billingGroupProperties: { billingGroupDescription: description },
          expectedVersion,
        }),
      )
      return groups.describe(billingGroupName)
    },

    async delete(billingGroupName, expectedVersion) {
      await iot.send(
        new DeleteBillingGroupCommand({ billingGroupName, ...(expectedVersion !== undefined && { expectedVersion }) }),
      )
    },

    async things(billingGroupName, { nextToken, maxResults = 250 }) {
      const found = await iot.send(
        new ListThingsInBillingGroupCommand({ billingGroupName, maxResults, ...(nextToken && { nextToken }) }),
      )
      return { thingNames: found.things ?? [], ...(found.nextToken && { nextToken: found.nextToken }) }
    },

    async add(billingGroupName, thingName) {
      await iot.send(new AddThingToBillingGroupCommand({ billingGroupName, thingName }))
    },

    async remove(billingGroupName, thingName) {
      await iot.send(new RemoveThingFromBillingGroupCommand({ billingGroupName, thingName }))
    },
  }
  return groups
}
