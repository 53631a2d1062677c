import {
  CreateAuthorizerCommand,
  DeleteAuthorizerCommand,
  DescribeAuthorizerCommand,
  type IoTClient,
  ListAuthorizersCommand,
  UpdateAuthorizerCommand,
} from '@aws-sdk/client-iot'
import type { Authorizer, AuthorizerPage, BodyOf, endpoints, QueryOf } from '@thingdeck/contract'
import { isoTime, present } from '../../aws/present.ts'
import { tagList } from '../../aws/tags.ts'

/** Custom authorizers. Errors are AWS's own. */
export interface Authorizers {
  list(page: QueryOf<typeof endpoints.listAuthorizers>): Promise<AuthorizerPage>
  describe(authorizerName: string): Promise<Authorizer>
  create(authorizer: BodyOf<typeof endpoints.createAuthorizer>): Promise<Authorizer>
  update(authorizerName: string, change: BodyOf<typeof endpoints.updateAuthorizer>): Promise<Authorizer>
  delete(authorizerName: string): Promise<void>
}

export function createAuthorizers(iot: IoTClient): Authorizers {
  const authorizers: Authorizers = {
    async list({ nextToken, maxResults, status }) {
      const page = await iot.send(
        new ListAuthorizersCommand({ marker: nextToken, pageSize: maxResults, status, ascendingOrder: true }),
      )
      return {
        authorizers: (page.authorizers ?? []).flatMap(({ authorizerName }) => authorizerName ?? []),
        ...(page.nextMarker && { nextToken: page.nextMarker }),
      }
    },

    async describe(authorizerName) {
      const { authorizerDescription: found = {} } = await iot.send(new DescribeAuthorizerCommand({ authorizerName }))
      return present({
        authorizerName,
        authorizerArn: found.authorizerArn ?? '',
        authorizerFunctionArn: found.authorizerFunctionArn ?? '',
        status: found.status ?? 'INACTIVE',
        signingDisabled: found.signingDisabled ?? false,
        tokenKeyName: found.tokenKeyName,
        tokenSigningPublicKeys: found.tokenSigningPublicKeys ?? {},
        enableCachingForHttp: found.enableCachingForHttp ?? false,
        createdAt: isoTime(found.creationDate),
        changedAt: isoTime(found.lastModifiedDate),
      })
    },

    async create({ tags, ...authorizer }) {
      await iot.send(new CreateAuthorizerCommand({ ...authorizer, ...(tags && { tags: tagList(tags) }) }))
      return authorizers.describe(authorizer.authorizerName)
    },

    async update(authorizerName, change) {
      await iot.send(new UpdateAuthorizerCommand({ authorizerName, ...change }))
      return authorizers.describe(authorizerName)
    },

    async delete(authorizerName) {
      await iot.send(new DeleteAuthorizerCommand({ authorizerName }))
    },
  }
  return authorizers
}
