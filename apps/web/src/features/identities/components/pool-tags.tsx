import { useQueryClient } from '@tanstack/react-query'
import { endpoints, type IdentityPool } from '@thingdeck/contract'
import { api } from '../../../shared/api.ts'
import { TagsPanel } from '../../../shared/tags/tags-panel.tsx'
import { IDENTITIES } from '../api.ts'

/** The tags of a pool, which Cognito keeps. */
export function PoolTags({ pool: { identityPoolId, name, tags } }: { readonly pool: IdentityPool }) {
  const client = useQueryClient()
  return (
    <TagsPanel
      resourceArn={identityPoolId}
      what={`the identity pool ${name}`}
      tags={tags}
      send={(body) => api(endpoints.changeIdentityPoolTags, { params: { identityPoolId }, body })}
      onChange={() => void client.invalidateQueries({ queryKey: IDENTITIES })}
    />
  )
}
