import { isDeepStrictEqual } from 'node:util'
import {
  type CognitoIdentityClient,
  CreateIdentityPoolCommand,
  DeleteIdentityPoolCommand,
  DescribeIdentityCommand,
  DescribeIdentityPoolCommand,
  type IdentityDescription,
  ListIdentitiesCommand,
  ListIdentityPoolsCommand,
  SetIdentityPoolRolesCommand,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateIdentityPoolCommand,
} from '@aws-sdk/client-cognito-identity'
import { type IoTClient, paginateListAttachedPolicies, paginateListPrincipalThings } from '@aws-sdk/client-iot'
import type {
  BodyOf,
  CognitoIdentity,
  endpoints,
  IdentityDetail,
  IdentityPage,
  IdentityPool,
  IdentityPoolPage,
} from '@thingdeck/contract'
import { collected } from '../../aws/pages.ts'
import { orUnread } from '../../aws/why-unread.ts'
import { Problem } from '../../problem.ts'
import { mustBeMappings, rolesInput, rolesOf } from './pool-roles.ts'
import { inputOf, mustBeProviders, settingsOf, settingsPartOf } from './pool-settings.ts'

/** The most that Cognito gives at once (Cognito Identity API reference). */
const PAGE = 60

interface Page {
  readonly nextToken?: string | undefined
  readonly maxResults?: number | undefined
}

export interface IdentityPoolParts {
  readonly cognito: CognitoIdentityClient
  readonly iot: IoTClient
  readonly arnOf: (identityPoolId: string) => string
  /** The pool that signs the console's own people in; undefined where they sign in without one. */
  readonly ofConsole: string | undefined
}

/** Cognito's identity pools and their identities. Errors are AWS's own. */
export interface IdentityPools {
  /** What the console's own role may not read, or nothing serves here, is said. */
  list(page: Page): Promise<IdentityPoolPage>
  describe(identityPoolId: string): Promise<IdentityPool>
  /** @throws {Problem} BAD_REQUEST for login providers that cannot be */
  create(pool: BodyOf<typeof endpoints.createIdentityPool>): Promise<IdentityPool>
  /** @throws {Problem} BAD_REQUEST, IDENTITY_POOL_CHANGED */
  update(before: IdentityPool, change: BodyOf<typeof endpoints.updateIdentityPool>): Promise<IdentityPool>
  /** @throws {Problem} BAD_REQUEST, IDENTITY_POOL_CHANGED */
  setRoles(before: IdentityPool, roles: BodyOf<typeof endpoints.setIdentityPoolRoles>): Promise<IdentityPool>
  changeTags(identityPoolId: string, change: BodyOf<typeof endpoints.changeIdentityPoolTags>): Promise<void>
  /** @throws {Problem} BAD_REQUEST for the console's own */
  delete(before: IdentityPool): Promise<void>
  identities(identityPoolId: string, page: Page): Promise<IdentityPage>
  identity(identityId: string): Promise<IdentityDetail>
}

export function createIdentityPools({ cognito, iot, arnOf, ofConsole }: IdentityPoolParts): IdentityPools {
  const paged = ({ nextToken, maxResults = PAGE }: Page) => ({
    MaxResults: maxResults,
    ...(nextToken !== undefined && nextToken !== '' && { NextToken: nextToken }),
  })
  const pools: IdentityPools = {
    async list(page) {
      const read = async () => {
        const { IdentityPools = [], NextToken } = await cognito.send(new ListIdentityPoolsCommand(paged(page)))
        const pools = IdentityPools.map(({ IdentityPoolId = '', IdentityPoolName = '' }) => ({
          identityPoolId: IdentityPoolId,
          name: IdentityPoolName,
        }))
        return { outcome: 'read' as const, pools, ...(NextToken && { nextToken: NextToken }) }
      }
      return orUnread(read, { pools: [] })
    },

    async describe(identityPoolId) {
      const [pool, roles] = await Promise.all([
        cognito.send(new DescribeIdentityPoolCommand({ IdentityPoolId: identityPoolId })),
        rolesOf(cognito, identityPoolId),
      ])
      return {
        identityPoolId,
        ...settingsOf(pool),
        ...(roles && { roles }),
        tags: pool.IdentityPoolTags ?? {},
        isOfConsole: identityPoolId === ofConsole,
      }
    },

    async create({ tags, ...settings }) {
      mustBeProviders(settings.providers)
      const { IdentityPoolId = '' } = await cognito.send(
        new CreateIdentityPoolCommand({ ...inputOf(settings), ...(tags && { IdentityPoolTags: tags }) }),
      )
      return pools.describe(IdentityPoolId)
    },

    async update({ identityPoolId, ...before }, { expected, ...settings }) {
      mustBeProviders(settings.providers)
      mustBeAsSeen(settingsPartOf(before), expected, before.name)
      await cognito.send(new UpdateIdentityPoolCommand({ IdentityPoolId: identityPoolId, ...inputOf(settings) }))
      return pools.describe(identityPoolId)
    },

    async setRoles({ identityPoolId, name, roles }, { expected, ...wanted }) {
      mustBeMappings(wanted.mappings)
      mustBeAsSeen(roles, expected, name)
      await cognito.send(new SetIdentityPoolRolesCommand({ IdentityPoolId: identityPoolId, ...rolesInput(wanted) }))
      return pools.describe(identityPoolId)
    },

    async changeTags(identityPoolId, { set, remove }) {
      const ResourceArn = arnOf(identityPoolId)
      if (remove.length > 0) await cognito.send(new UntagResourceCommand({ ResourceArn, TagKeys: [...remove] }))
      if (Object.keys(set).length > 0) await cognito.send(new TagResourceCommand({ ResourceArn, Tags: set }))
    },

    async delete({ identityPoolId, isOfConsole }) {
      if (isOfConsole) {
        throw new Problem('BAD_REQUEST', 'By this pool the console signs its own people in: it is not deleted here.')
      }
      await cognito.send(new DeleteIdentityPoolCommand({ IdentityPoolId: identityPoolId }))
    },

    async identities(identityPoolId, page) {
      const { Identities = [], NextToken } = await cognito.send(
        new ListIdentitiesCommand({ IdentityPoolId: identityPoolId, ...paged(page) }),
      )
      return { identities: Identities.map(format), ...(NextToken && { nextToken: NextToken }) }
    },

    async identity(identityId) {
      // First: of one that is not there Cognito says so, while to AWS IoT it may be no principal at all.
      const identity = await cognito.send(new DescribeIdentityCommand({ IdentityId: identityId }))
      const [policyNames, thingNames] = await Promise.all([
        collected(paginateListAttachedPolicies({ client: iot }, { target: identityId }), ({ policies = [] }) =>
          policies.flatMap(({ policyName }) => policyName ?? []),
        ),
        collected(paginateListPrincipalThings({ client: iot }, { principal: identityId }), ({ things }) => things),
      ])
      return { ...format(identity), policyNames, thingNames }
    },
  }
  return pools
}

/** @throws {Problem} IDENTITY_POOL_CHANGED where it is not as it was seen. Cognito has no condition for that: a moment is left. */
function mustBeAsSeen(now: object | undefined, expected: object, name: string): void {
  if (isDeepStrictEqual(now, expected)) return
  throw new Problem('IDENTITY_POOL_CHANGED', `${name} is not as it was when the change was begun.`)
}

const format = ({
  IdentityId = '',
  Logins = [],
  CreationDate,
  LastModifiedDate,
}: IdentityDescription): CognitoIdentity => ({
  identityId: IdentityId,
  logins: Logins,
  ...(CreationDate && { createdAt: CreationDate.toISOString() }),
  ...(LastModifiedDate && { changedAt: LastModifiedDate.toISOString() }),
})
