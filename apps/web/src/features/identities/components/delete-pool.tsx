import { useQueryClient } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { endpoints, type IdentityPool } from '@thingdeck/contract'
import { api } from '../../../shared/api.ts'
import { DestroyDialog } from '../../../shared/dialog/destroy-dialog.tsx'
import { useFlash } from '../../../shared/flash/flash.tsx'
import { paths } from '../../../shared/paths.ts'
import { IDENTITIES } from '../api.ts'

interface DeletePoolProps {
  readonly pool: IdentityPool
  readonly onClose: () => void
}

/** Says first whom it locks out. */
export function DeletePool({ pool: { identityPoolId, name }, onClose }: DeletePoolProps) {
  const client = useQueryClient()
  const { history } = useRouter()
  const { flash } = useFlash()
  return (
    <DestroyDialog
      header={`Delete the identity pool ${name}`}
      action="Delete identity pool"
      name={name}
      consequences={[
        'All its identities are deleted with it, and cannot be brought back: a new pool has another id, and gives the same people new identities.',
        'Nobody gets credentials by it any more; those that were given are good until they expire, within an hour.',
        'Roles stay, and IoT policies stay attached to identities that are gone.',
      ]}
      failure="The identity pool could not be deleted"
      onDestroy={async () => {
        await api(endpoints.deleteIdentityPool, { params: { identityPoolId } })
        flash({
          id: `identity pool ${identityPoolId}`,
          type: 'success',
          header: `The identity pool ${name} is deleted`,
        })
        history.push(paths.identityPools())
        await client.invalidateQueries({ queryKey: IDENTITIES })
      }}
      onClose={onClose}
    />
  )
}
