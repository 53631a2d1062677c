import {
  CreateRoleAliasCommand,
  DeleteRoleAliasCommand,
  DescribeRoleAliasCommand,
  type IoTClient,
  ListRoleAliasesCommand,
  UpdateRoleAliasCommand,
} from '@aws-sdk/client-iot'
import type { BodyOf, endpoints, RoleAlias, RoleAliasPage } from '@thingdeck/contract'

type Creation = BodyOf<typeof endpoints.createRoleAlias>

/** Role aliases. Errors are AWS's own. */
export interface RoleAliases {
  list(page: { readonly nextToken?: string; readonly maxResults?: number }): Promise<RoleAliasPage>
  describe(roleAlias: string): Promise<RoleAlias>
  create(alias: Creation): Promise<RoleAlias>
  update(roleAlias: string, definition: BodyOf<typeof endpoints.updateRoleAlias>): Promise<RoleAlias>
  delete(roleAlias: string): Promise<void>
}

export function createRoleAliases(iot: IoTClient): RoleAliases {
  const aliases: RoleAliases = {
    async list({ nextToken, maxResults }) {
      const { roleAliases = [], nextMarker } = await iot.send(
        new ListRoleAliasesCommand({ marker: nextToken, pageSize: maxResults, ascendingOrder: true }),
      )
      return { roleAliases, ...(nextMarker && { nextToken: nextMarker }) }
    },

    async describe(roleAlias) {
      const { roleAliasDescription: found } = await iot.send(new DescribeRoleAliasCommand({ roleAlias }))
      return {
        roleAlias,
        roleAliasArn: found?.roleAliasArn ?? '',
        roleArn: found?.roleArn ?? '',
        credentialDurationSeconds: found?.credentialDurationSeconds ?? 0,
        ...(found?.creationDate && { createdAt: found.creationDate.toISOString() }),
        ...(found?.lastModifiedDate && { changedAt: found.lastModifiedDate.toISOString() }),
      }
    },

    async create(alias) {
      await iot.send(new CreateRoleAliasCommand(alias))
      return aliases.describe(alias.roleAlias)
    },

    async update(roleAlias, definition) {
      await iot.send(new UpdateRoleAliasCommand({ roleAlias, ...definition }))
      return aliases.describe(roleAlias)
    },

    async delete(roleAlias) {
      await iot.send(new DeleteRoleAliasCommand({ roleAlias }))
    },
  }
  return aliases
}
