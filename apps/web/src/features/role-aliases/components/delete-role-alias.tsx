import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { endpoints, type RoleAlias } from '@thingdeck/contract'
import { api } from '../../../shared/api.ts'
import { DestroyDialog } from '../../../shared/dialog/destroy-dialog.tsx'
import { ROLE_ALIASES, roleAliasUsersQuery } from '../api.ts'
import { roleAliasPaths } from '../role-alias-paths.ts'
import { usersInWords } from '../users-words.ts'

interface DeleteRoleAliasProps {
  readonly alias: RoleAlias
  readonly onClose: () => void
}

/** Says first who gets credentials by it. */
export function DeleteRoleAlias({ alias: { roleAlias, roleArn }, onClose }: DeleteRoleAliasProps) {
  const client = useQueryClient()
  const { history } = useRouter()
  const { data, error } = useQuery(roleAliasUsersQuery(roleAlias))
  return (
    <DestroyDialog
      header={`Delete the role alias ${roleAlias}`}
      action="Delete role alias"
      name={roleAlias}
      consequences={[
        error ? `Who may use it could not be read: ${error.message}` : usersInWords(data),
        'Devices get no credentials by it any more; those that they have are good until they expire.',
        `The role ${roleArn} stays, and policies that name the alias stay as they are.`,
      ]}
      failure="The role alias could not be deleted"
      onDestroy={async () => {
        await api(endpoints.deleteRoleAlias, { params: { roleAlias } })
        history.push(roleAliasPaths.list())
        await client.invalidateQueries({ queryKey: ROLE_ALIASES })
      }}
      onClose={onClose}
    />
  )
}
