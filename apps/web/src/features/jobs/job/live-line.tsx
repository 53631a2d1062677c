import Button from '@cloudscape-design/components/button'
import SpaceBetween from '@cloudscape-design/components/space-between'
import StatusIndicator from '@cloudscape-design/components/status-indicator'
import type { EventType } from '@thingdeck/contract'
import { useState } from 'react'
import { ConfirmDialog } from '../../../shared/dialog/confirm-dialog.tsx'
import { Consequences } from '../../../shared/dialog/consequences.tsx'
import { useTurnEvents } from '../../../shared/events/event-configurations.ts'
import { useWhyNot } from '../../../shared/session/session.tsx'

const EVENTS: readonly EventType[] = ['JOB', 'JOB_EXECUTION']

/** How what is shown comes to be of now: told by events, or asked for; and how to have it told. */
export function LiveLine({ isTold }: { readonly isTold: boolean | undefined }) {
  const [isAsking, setAsking] = useState(false)
  const mayNot = useWhyNot('admin')
  if (isTold === undefined) return null
  if (isTold) return <StatusIndicator type="success">Live, by the events of jobs</StatusIndicator>
  return (
    <SpaceBetween direction="horizontal" size="xs" alignItems="center">
      <StatusIndicator type="info">Asked for every 5 seconds: the events of jobs are off</StatusIndicator>
      <Button
        variant="inline-link"
        onClick={() => setAsking(true)}
        {...(mayNot !== undefined && { disabled: true, disabledReason: mayNot })}
      >
        Turn them on
      </Button>
      {isAsking && <TurnOnDialog onClose={() => setAsking(false)} />}
    </SpaceBetween>
  )
}

function TurnOnDialog({ onClose }: { readonly onClose: () => void }) {
  const turn = useTurnEvents()
  return (
    <ConfirmDialog
      header="Turn the events of jobs on?"
      action="Turn on"
      failure="They were not turned on"
      onConfirm={() => turn.mutateAsync({ types: EVENTS, isEnabled: true })}
      onClose={onClose}
    >
      <Consequences
        list={[
          'From now on AWS IoT publishes a message on $aws/events/jobExecution/… whenever an execution of any job of the account ends, and on $aws/events/job/… when a job does.',
          'Each is billed as a published message: a job for 10,000 devices is 10,000 of them.',
          'Pages of jobs then change as soon as something ends, in place of every 5 seconds. Other people and rules that listen hear them, too.',
        ]}
      />
    </ConfirmDialog>
  )
}
