import Box from '@cloudscape-design/components/box'
import Checkbox from '@cloudscape-design/components/checkbox'
import Link from '@cloudscape-design/components/link'
import { Fragment, useState } from 'react'
import { Consequences } from '../../../shared/dialog/consequences.tsx'
import { Dialog } from '../../../shared/dialog/dialog.tsx'
import { useFlash } from '../../../shared/flash/flash.tsx'
import { useSession } from '../../../shared/session/session.tsx'
import { useTurnOnFleetIndex } from '../list-api.ts'

const IS_ON = {
  header: 'The fleet index is on',
  content: 'Things are found by part of their name, by group and by connection.',
}
const IS_BUILT = {
  header: 'The fleet index is being built',
  content: 'This takes minutes, in a large fleet longer. Until then lists come from the registry.',
}

const CONSEQUENCES = [
  'Things can be searched by part of their name, by attribute, type and group, here and with the API.',
  'The first build reads the whole registry: minutes, in a fleet of millions longer. Nothing waits for it.',
  <Fragment key="charges">
    AWS charges for each update of the index and for each search; this console searches when a list of things is opened
    or filtered.{' '}
    <Link
      external
      externalIconAriaLabel="Opens in a new tab"
      href="https://aws.amazon.com/iot-device-management/pricing/"
    >
      Prices of fleet indexing
    </Link>
  </Fragment>,
  'It can be turned off again with the API while no dynamic thing group or fleet metric depends on it.',
]

/** Says what follows from an index before it is turned on. */
export function TurnOnDialog({ onClose }: { readonly onClose: () => void }) {
  const { account, region } = useSession()
  const { flash } = useFlash()
  const [connectivity, setConnectivity] = useState(true)
  const turnOn = useTurnOnFleetIndex(({ status }) => {
    onClose()
    flash({ id: 'fleet-index', type: 'success', ...(status === 'BUILDING' ? IS_BUILT : IS_ON) })
  })
  return (
    <Dialog
      header="Turn on fleet indexing?"
      action="Turn on fleet indexing"
      busy={turnOn.isPending}
      error={turnOn.error}
      failure="Fleet indexing could not be turned on"
      onAction={() => turnOn.mutate(connectivity)}
      onClose={onClose}
    >
      <Box>
        AWS IoT will keep an index of every thing in account {account}, {region}. This changes the account, for everyone
        who uses it:
      </Box>
      <Consequences list={CONSEQUENCES} />
      <Checkbox
        checked={connectivity}
        onChange={({ detail }) => setConnectivity(detail.checked)}
        description="Lists then show who is connected and since when. Every connect and disconnect is an update of the index."
      >
        Index connections too
      </Checkbox>
    </Dialog>
  )
}
