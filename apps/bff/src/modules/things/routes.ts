import { type FastifyPluginAsyncTypebox, Type } from '@fastify/type-provider-typebox'
import { ThingConnection, ThingDetail, ThingName, ThingPage } from '@thingdeck/contract'
import type { Things } from '../../aws/things.ts'

/** Page size of the AWS API: 1 to 250. */
const MaxResults = Type.Integer({ minimum: 1, maximum: 250 })

export const thingRoutes: FastifyPluginAsyncTypebox<{ things: Things }> = async (app, { things }) => {
  const params = Type.Object({ thingName: ThingName })

  app.get(
    '/api/things',
    {
      config: { access: 'viewer' },
      schema: {
        querystring: Type.Object({
          nextToken: Type.Optional(Type.String({ maxLength: 8192 })),
          maxResults: Type.Optional(MaxResults),
          thingTypeName: Type.Optional(ThingName),
          attributeName: Type.Optional(Type.String({ maxLength: 128 })),
          attributeValue: Type.Optional(Type.String({ maxLength: 800 })),
          usePrefixAttributeValue: Type.Optional(Type.Boolean()),
        }),
        response: { 200: ThingPage },
      },
    },
    async ({ query }) => things.list(query),
  )

  app.get(
    '/api/things/:thingName',
    { config: { access: 'viewer' }, schema: { params, response: { 200: ThingDetail } } },
    async ({ params: { thingName } }) => things.describe(thingName),
  )

  app.get(
    '/api/things/:thingName/connection',
    { config: { access: 'viewer' }, schema: { params, response: { 200: ThingConnection } } },
    async ({ params: { thingName } }) => things.connection(thingName),
  )
}
