import Box from '@cloudscape-design/components/box'
import Checkbox from '@cloudscape-design/components/checkbox'
import FormField from '@cloudscape-design/components/form-field'
import Input from '@cloudscape-design/components/input'
import Link from '@cloudscape-design/components/link'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { Fragment, useState } from 'react'
import { Consequences } from '../../../shared/dialog/consequences.tsx'
import { Dialog } from '../../../shared/dialog/dialog.tsx'
import { useFlash } from '../../../shared/flash/flash.tsx'
import { useSession } from '../../../shared/session/session.tsx'
import type { NotIndexed } from '../fields.ts'
import { useTurnOnFleetIndex } from '../list-api.ts'
import { useFleetIndex } from '../use-fleet-index.ts'

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

interface TurnOnDialogProps {
  /** What it is turned on for, beside what it has. */
  readonly wanted?: NotIndexed | undefined
  readonly onClose: () => void
}

/** Says what follows from an index before it is turned on, or made to know more. */
export function TurnOnDialog({ wanted, onClose }: TurnOnDialogProps) {
  const { account, region } = useSession()
  const { flash } = useFlash()
  const index = useFleetIndex().data
  const isOn = index !== undefined && index.status !== 'OFF'
  const [connectivity, setConnectivity] = useState(isOn ? wanted?.connectivity === true : true)
  const [shadows, setShadows] = useState(wanted?.shadows === true)
  const [names, setNames] = useState((wanted?.namedShadows ?? []).join(', '))
  const [violations, setViolations] = useState(wanted?.violations === true)
  const namedShadows = names.split(/[\s,]+/).filter((name) => name !== '')
  const [customField, setCustomField] = useState(wanted?.customField !== undefined)
  const turnOn = useTurnOnFleetIndex(({ status }) => {
    onClose()
    flash({ id: 'fleet-index', type: 'success', ...(status === 'BUILDING' ? IS_BUILT : IS_ON) })
  })
  const text = isOn ? 'Index more' : 'Turn on fleet indexing'
  const isNothing = isOn && !connectivity && !shadows && !violations && namedShadows.length === 0 && !customField
  return (
    <Dialog
      header={`${text}?`}
      action={text}
      busy={turnOn.isPending}
      error={turnOn.error}
      failure={isOn ? 'The index could not be changed' : 'Fleet indexing could not be turned on'}
      disabled={isNothing}
      whyNot={isNothing ? 'Choose what to index.' : undefined}
      onAction={() =>
        turnOn.mutate({
          connectivity,
          ...(shadows && { shadows }),
          ...(namedShadows.length > 0 && { namedShadows }),
          ...(violations && { violations }),
          ...(customField && wanted?.customField && { customFields: [wanted.customField] }),
        })
      }
      onClose={onClose}
    >
      <SpaceBetween size="m">
        <Box>
          AWS IoT will {isOn ? 'index more of' : 'keep an index of'} every thing in account {account}, {region}. This
          changes the account, for everyone who uses it:
        </Box>
        <Consequences list={isOn ? CONSEQUENCES.slice(1, -1) : CONSEQUENCES} />
        {wanted?.customField && (
          <Checkbox
            checked={customField}
            onChange={({ detail }) => setCustomField(detail.checked)}
            description="AWS counts things by fields that it manages, and by at most five others."
          >
            Count things by {wanted.customField.name} ({wanted.customField.type})
          </Checkbox>
        )}
        {!(isOn && index.connectivity) && (
          <Checkbox
            checked={connectivity}
            onChange={({ detail }) => setConnectivity(detail.checked)}
            description="Lists then show who is connected and since when. Every connect and disconnect is an update of the index."
          >
            Index connections too
          </Checkbox>
        )}
        {index?.shadows !== true && (
          <Checkbox
            checked={shadows}
            onChange={({ detail }) => setShadows(detail.checked)}
            description="Things are then found by what their classic shadows say. Every change of a shadow is an update of the index."
          >
            Index classic shadows
          </Checkbox>
        )}
        <FormField
          label="Named shadows"
          description={
            index?.namedShadows
              ? `Indexed already: ${index.namedShadows.join(', ')}. At most ten in all.`
              : 'Names, separated by commas; at most ten. $package has the versions of software packages.'
          }
        >
          <Input value={names} placeholder="config, $package" onChange={({ detail }) => setNames(detail.value)} />
        </FormField>
        {index?.violations !== true && (
          <Checkbox checked={violations} onChange={({ detail }) => setViolations(detail.checked)}>
            Index what Device Defender finds
          </Checkbox>
        )}
      </SpaceBetween>
    </Dialog>
  )
}
