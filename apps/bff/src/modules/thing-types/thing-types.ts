import {
  CreateThingTypeCommand,
  DeleteThingTypeCommand,
  DeprecateThingTypeCommand,
  DescribeThingTypeCommand,
  type IoTClient,
  ListThingTypesCommand,
  type ThingTypeDefinition,
  UpdateThingTypeCommand,
} from '@aws-sdk/client-iot'
import type {
  BodyOf,
  endpoints,
  PropagatingAttribute,
  QueryOf,
  ThingType,
  ThingTypeDetail,
  ThingTypePage,
} from '@thingdeck/contract'
import { siftedPage } from '../../aws/sifted-pages.ts'
import { readTags, tagList } from '../../aws/tags.ts'

/** Thing types. Errors are AWS's own. */
export interface ThingTypes {
  list(search: QueryOf<typeof endpoints.listThingTypes>): Promise<ThingTypePage>
  describe(thingTypeName: string): Promise<ThingTypeDetail>
  create(type: BodyOf<typeof endpoints.createThingType>): Promise<ThingTypeDetail>
  update(thingTypeName: string, propagatingAttributes: readonly PropagatingAttribute[]): Promise<ThingTypeDetail>
  deprecate(thingTypeName: string, isDeprecated: boolean): Promise<ThingTypeDetail>
  delete(thingTypeName: string): Promise<void>
}

export function createThingTypes(iot: IoTClient): ThingTypes {
  const types: ThingTypes = {
    async list({ name, prefix, nextToken, maxResults }) {
      const { items: sifted, ...more } = await siftedPage(
        { name, nextToken, maxResults, nameOf: ({ thingTypeName }: ThingType) => thingTypeName },
        async ({ size, token }) => {
          const { thingTypes = [], nextToken: next } = await iot.send(
            new ListThingTypesCommand({
              maxResults: size,
              ...(token !== undefined && { nextToken: token }),
              ...(prefix && { thingTypeName: prefix }),
            }),
          )
          return { items: thingTypes.map(listed), nextToken: next }
        },
      )
      return { thingTypes: sifted, ...more }
    },

    async describe(thingTypeName) {
      const found = await iot.send(new DescribeThingTypeCommand({ thingTypeName }))
      const { thingTypeArn = '', thingTypeId } = found
      const tags = await readTags(iot, thingTypeArn)
      return { ...listed({ ...found, thingTypeName }), ...(thingTypeId && { thingTypeId }), ...(tags && { tags }) }
    },

    async create({ thingTypeName, description, searchableAttributes = [], propagatingAttributes = [], tags = {} }) {
      const given = tagList(tags)
      await iot.send(
        new CreateThingTypeCommand({
          thingTypeName,
          thingTypeProperties: {
            ...(description && { thingTypeDescription: description }),
            ...(searchableAttributes.length > 0 && { searchableAttributes }),
            ...(propagatingAttributes.length > 0 && { mqtt5Configuration: { propagatingAttributes } }),
          },
          ...(given.length > 0 && { tags: given }),
        }),
      )
      return types.describe(thingTypeName)
    },

    async update(thingTypeName, propagatingAttributes) {
      await iot.send(
        new UpdateThingTypeCommand({
          thingTypeName,
          thingTypeProperties: { mqtt5Configuration: { propagatingAttributes: [...propagatingAttributes] } },
        }),
      )
      return types.describe(thingTypeName)
    },

    async deprecate(thingTypeName, isDeprecated) {
      await iot.send(new DeprecateThingTypeCommand({ thingTypeName, undoDeprecate: !isDeprecated }))
      return types.describe(thingTypeName)
    },

    async delete(thingTypeName) {
      await iot.send(new DeleteThingTypeCommand({ thingTypeName }))
    },
  }
  return types
}

function listed(type: ThingTypeDefinition): ThingType {
  const { thingTypeName = '', thingTypeArn = '', thingTypeProperties = {}, thingTypeMetadata = {} } = type
  const { thingTypeDescription, searchableAttributes = [], mqtt5Configuration } = thingTypeProperties
  const { deprecated = false, deprecationDate, creationDate } = thingTypeMetadata
  return {
    thingTypeName,
    thingTypeArn,
    searchableAttributes,
    propagatingAttributes: (mqtt5Configuration?.propagatingAttributes ?? []).map(
      ({ userPropertyKey = '', thingAttribute, connectionAttribute }) => ({
        userPropertyKey,
        ...(thingAttribute && { thingAttribute }),
        ...(connectionAttribute && { connectionAttribute }),
      }),
    ),
    isDeprecated: deprecated,
    ...(thingTypeDescription && { description: thingTypeDescription }),
    ...(deprecated && deprecationDate && { deprecatedAt: deprecationDate.toISOString() }),
    ...(creationDate && { createdAt: creationDate.toISOString() }),
  }
}
