import './device-qr-code.css'
import Box from '@cloudscape-design/components/box'
import ExpandableSection from '@cloudscape-design/components/expandable-section'
import SegmentedControl from '@cloudscape-design/components/segmented-control'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { deviceEndpointQuery } from '../../../shared/device-package/device-queries.ts'
import { Copyable } from '../../../shared/ui/copyable.tsx'
import { addressForPhone, connectionFacts, isOfThisMachine } from '../qr-content.ts'
import { QrImage } from './qr-image.tsx'

interface DeviceQrCodeProps {
  readonly thingName: string
  readonly certificateId: string
}

const CHOICES = [
  { id: 'page', text: 'This page' },
  { id: 'facts', text: 'How to connect' },
]

/** For the phone beside the device: this page to follow it there, or what an app needs to set a device up. No key. */
export function DeviceQrCode({ thingName, certificateId }: DeviceQrCodeProps) {
  const [choice, setChoice] = useState('page')
  const { data: place } = useQuery(deviceEndpointQuery)
  const address = addressForPhone(location.origin, thingName, certificateId)
  const text = choice === 'page' ? address : place && connectionFacts(place, thingName, certificateId)
  return (
    <ExpandableSection headerText="QR code, for a phone beside the device">
      <div className="td-device-qr">
        {text !== undefined && <QrImage text={text} label={choice === 'page' ? 'This page' : 'How to connect'} />}
        <SpaceBetween size="s">
          <SegmentedControl
            label="What the code says"
            selectedId={choice}
            options={CHOICES}
            onChange={({ detail }) => setChoice(detail.selectedId)}
          />
          <Box>
            {choice === 'page'
              ? 'The address of this page: whoever scans it signs in there, and sees when the device connects.'
              : 'JSON with endpoint, port, client id and certificate id, for an app that sets devices up.'}{' '}
            The private key is not in it: that is in the archive alone.
          </Box>
          {choice === 'page' && isOfThisMachine(location.hostname) && (
            <Box color="text-status-warning">
              The console is open as {location.hostname}, which on a phone is the phone itself: open it by a name that
              the phone knows, too.
            </Box>
          )}
          {text !== undefined && <Copyable what="what the code says" text={text} />}
        </SpaceBetween>
      </div>
    </ExpandableSection>
  )
}
