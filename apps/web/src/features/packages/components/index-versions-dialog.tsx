import { useQuery, useQueryClient } from '@tanstack/react-query'
import { endpoints, PACKAGE_SHADOW } from '@thingdeck/contract'
import { api } from '../../../shared/api.ts'
import { ConfirmDialog } from '../../../shared/dialog/confirm-dialog.tsx'
import { Consequences } from '../../../shared/dialog/consequences.tsx'
import { useFlash } from '../../../shared/flash/flash.tsx'
import { fleetIndexQuery } from '../../../shared/things/fleet-index-query.ts'

/** Has the fleet index know what things run; said before it is done. */
export function IndexVersionsDialog({ onClose }: { readonly onClose: () => void }) {
  const client = useQueryClient()
  const { flash } = useFlash()
  const { data: index } = useQuery(fleetIndexQuery)
  const isOff = index?.status === 'OFF'
  return (
    <ConfirmDialog
      header="Index the versions that things run?"
      action="Index versions"
      failure="The index could not be changed"
      disabled={index === undefined}
      onConfirm={async () => {
        // Where it is turned on anyway, connections are what lists show first.
        await api(endpoints.turnOnFleetIndex, { body: { connectivity: isOff, namedShadows: [PACKAGE_SHADOW] } })
        await client.invalidateQueries()
        flash({
          id: 'fleet-index',
          type: 'success',
          header: 'The fleet index takes up what things run',
          content: 'In a large fleet that takes a while.',
        })
      }}
      onClose={onClose}
    >
      <Consequences
        list={[
          ...(isOff
            ? [
                'Fleet indexing is turned on in this account: things can be searched, and it is known which are connected.',
              ]
            : []),
          'Of each package and each version it is counted how many things run it; things can be searched by it, and dynamic groups be made of it.',
          'AWS charges for each update of the index and for each search. The shadow $package does not count among the ten named shadows that can be indexed.',
        ]}
      />
    </ConfirmDialog>
  )
}
