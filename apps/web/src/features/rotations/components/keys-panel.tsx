import Alert from '@cloudscape-design/components/alert'
import Button from '@cloudscape-design/components/button'
import Container from '@cloudscape-design/components/container'
import Header from '@cloudscape-design/components/header'
import ProgressBar from '@cloudscape-design/components/progress-bar'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { Rotation } from '@thingdeck/contract'
import { useState, useSyncExternalStore } from 'react'
import { ActionButton } from '../../../shared/action/action-buttons.tsx'
import { serverNow } from '../../../shared/clock/server-clock.ts'
import { formatCount, formatCounted } from '../../../shared/format.ts'
import { saveFile } from '../../../shared/save-file.ts'
import { timeForFileName } from '../../../shared/time-for-file-name.ts'
import { ErrorAlert } from '../../../shared/ui/error-alert.tsx'
import { ROTATIONS } from '../api.ts'
import { type KeysProgress, rotationKeysOf } from '../keys/rotation-keys.ts'
import type { DeviceFiles } from '../keys/rotation-package.ts'
import { thingsInWords } from '../stage-words.ts'
import { ActionDialog } from './action-dialog.tsx'

/** What is to be done for keys and certificates, as far as they are; nothing where there is nothing to do. */
export function KeysPanel({ rotation }: { readonly rotation: Rotation }) {
  const keys = rotationKeysOf(rotation.rotationId)
  const progress = useSyncExternalStore(keys.subscribe, () => keys.progress)
  const { chosen = 0, prepared = 0, requested = 0 } = rotation.counts
  const client = useQueryClient()
  const begin = () => void keys.make().then(() => client.invalidateQueries({ queryKey: ROTATIONS }))
  const isNobodys = progress.phase === 'none' || (progress.phase === 'failed' && progress.held === 0)
  if (chosen + prepared + requested === 0 && progress.phase === 'none') return null
  return (
    <Container
      header={
        <Header
          variant="h2"
          description="Private keys are made in this browser and stay in this tab until you download them. The server never has one."
        >
          Keys and certificates
        </Header>
      }
    >
      <SpaceBetween size="m">
        <Underway progress={progress} onGoOn={begin} />
        {progress.phase === 'ready' && <Ready rotationId={rotation.rotationId} devices={progress.devices} />}
        {progress.phase === 'none' && chosen > 0 && <Begin count={chosen} onBegin={begin} />}
        {isNobodys && prepared + requested > 0 && <Lost rotation={rotation} />}
      </SpaceBetween>
    </Container>
  )
}

function Begin({ count, onBegin }: { readonly count: number; readonly onBegin: () => void }) {
  return (
    <SpaceBetween size="xs">
      <span>
        {`Next: make a key and a certificate for ${thingsInWords(count)}. The new certificates are inactive until you have the keys.`}
      </span>
      <ActionButton
        id="make-keys"
        text={`Make keys for ${thingsInWords(count)}`}
        needs="admin"
        isPrimary
        onAction={onBegin}
      />
    </SpaceBetween>
  )
}

function Underway({ progress, onGoOn }: { readonly progress: KeysProgress; readonly onGoOn: () => void }) {
  if (progress.phase === 'failed')
    return (
      <ErrorAlert
        error={progress.error}
        what={
          progress.held === 0
            ? 'Keys and certificates could not be made'
            : `Keys and certificates could not all be made; this tab still has ${formatCounted(progress.held, 'key')}`
        }
        onRetry={onGoOn}
      />
    )
  if (progress.phase === 'making')
    return (
      <ProgressBar
        label="Making keys in this browser"
        value={progress.total === 0 ? 0 : (progress.made / progress.total) * 100}
        additionalInfo={`${formatCount(progress.made)} of ${formatCounted(progress.total, 'key')}`}
      />
    )
  if (progress.phase === 'waiting')
    return (
      <ProgressBar
        label="AWS IoT makes the certificates"
        value={progress.total === 0 ? 0 : (progress.issued / progress.total) * 100}
        additionalInfo={`${formatCount(progress.issued)} of ${formatCounted(progress.total, 'certificate')}. Keep this tab open: it has the private keys.${progress.trouble ? ` It asks again: ${progress.trouble.message}` : ''}`}
      />
    )
  return null
}

interface ReadyProps {
  readonly rotationId: string
  readonly devices: readonly DeviceFiles[]
}

/** The archive first, then the certificates may work. */
function Ready({ rotationId, devices }: ReadyProps) {
  const client = useQueryClient()
  const [isSaved, setSaved] = useState(false)
  const save = useMutation({
    mutationFn: async () => {
      const { rotationPackage } = await import('../keys/rotation-package.ts')
      const name = `certificates-${timeForFileName(serverNow())}`
      saveFile(rotationPackage(name, devices), `${name}.zip`)
    },
    onSuccess: () => setSaved(true),
  })
  const activate = useMutation({
    mutationFn: () => rotationKeysOf(rotationId).activate(devices),
    onSuccess: () => client.invalidateQueries({ queryKey: ROTATIONS }),
  })
  return (
    <Alert
      type="success"
      header={`Keys and certificates of ${thingsInWords(devices.length)} are ready`}
      action={
        <SpaceBetween direction="horizontal" size="xs">
          <Button {...(!isSaved && { variant: 'primary' })} loading={save.isPending} onClick={() => save.mutate()}>
            {isSaved ? 'Download them again' : 'Download keys and certificates'}
          </Button>
          <ActionButton
            id="activate"
            text="I have the file: activate them"
            needs="admin"
            whyNot={isSaved ? undefined : 'Download the keys first.'}
            isPrimary={isSaved}
            isBusy={activate.isPending}
            onAction={() => activate.mutate()}
          />
        </SpaceBetween>
      }
    >
      {(save.error ?? activate.error) && (
        <ErrorAlert error={save.error ?? activate.error ?? new Error()} what="That did not work" />
      )}
      The private keys are nowhere else. Whoever loses the file makes new ones. Once you say that you have it, the new
      certificates are activated, and work beside the old ones.
    </Alert>
  )
}

/** Certificates whose keys this tab does not have. */
function Lost({ rotation }: { readonly rotation: Rotation }) {
  const [isRenewing, setRenewing] = useState(false)
  const count = (rotation.counts.prepared ?? 0) + (rotation.counts.requested ?? 0)
  return (
    <>
      <Alert
        type="warning"
        header={`The keys of ${thingsInWords(count)} are not in this tab`}
        action={
          <ActionButton
            id="renew"
            text="They are lost: make new ones"
            needs="admin"
            onAction={() => setRenewing(true)}
          />
        }
      >
        They are in the tab that made them, if it is open still: go on there. If it was closed before they were
        downloaded, they are lost, and so is what their certificates are good for. Keys of requests that devices
        answered to a job are in the devices: deliver their certificates below. The old certificates go on working.
      </Alert>
      {isRenewing && <ActionDialog rotation={rotation} action="renew" onClose={() => setRenewing(false)} />}
    </>
  )
}
