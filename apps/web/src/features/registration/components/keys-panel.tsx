import Alert from '@cloudscape-design/components/alert'
import Button from '@cloudscape-design/components/button'
import Container from '@cloudscape-design/components/container'
import Header from '@cloudscape-design/components/header'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { BulkChange } from '@thingdeck/contract'
import { useState } from 'react'
import { ActionButton } from '../../../shared/action/action-buttons.tsx'
import { isOver } from '../../../shared/bulk-changes/bulk-change-queries.ts'
import { serverNow } from '../../../shared/clock/server-clock.ts'
import { deviceEndpointQuery, rootCaQuery } from '../../../shared/device-package/device-queries.ts'
import { ConfirmDialog } from '../../../shared/dialog/confirm-dialog.tsx'
import { formatCounted } from '../../../shared/format.ts'
import { paths } from '../../../shared/paths.ts'
import { saveFile } from '../../../shared/save-file.ts'
import { useWhyNot } from '../../../shared/session/session.tsx'
import { timeForFileName } from '../../../shared/time-for-file-name.ts'
import { ErrorAlert } from '../../../shared/ui/error-alert.tsx'
import { allCertificates, REGISTRATION } from '../api.ts'
import { openKeyStore } from '../keys/key-store.ts'
import type { DeviceFiles } from '../keys/registration-package.ts'
import { keySetOf } from '../run-words.ts'

/** Names of things that a rotation can be given in an address. */
const MOST_IN_ADDRESS = 50

/** Keys and certificates of a registration as one archive, and what becomes of the keys in this browser. */
export function KeysPanel({ run }: { readonly run: BulkChange }) {
  const keySetId = keySetOf(run)
  const mayNot = useWhyNot('admin')
  const client = useQueryClient()
  const [isSaved, setSaved] = useState(false)
  const [isForgetting, setForgetting] = useState(false)
  const made = run.counts.changed ?? 0
  const here = useQuery({
    queryKey: [...REGISTRATION, 'keys', keySetId ?? ''],
    queryFn: async () => {
      const store = await openKeyStore()
      return { lasts: store.lasts, names: keySetId === undefined ? [] : await store.names(keySetId) }
    },
    networkMode: 'always',
  })
  const certificates = useQuery({
    queryKey: [...REGISTRATION, 'certificates', run.bulkChangeId, run.endedAt ?? ''],
    queryFn: () => allCertificates(run.bulkChangeId),
    enabled: mayNot === undefined && isOver(run) && made > 0,
  })
  const save = useMutation({
    mutationFn: async () => {
      const found = await allCertificates(run.bulkChangeId)
      const devices = await withKeys(keySetId, found)
      const { registrationPackage } = await import('../keys/registration-package.ts')
      // The keys are saved though these could not be had; the archive says what it lacks.
      const [place, rootCa] = await Promise.all([
        client.ensureQueryData(deviceEndpointQuery).catch(() => undefined),
        client.ensureQueryData(rootCaQuery).catch(() => undefined),
      ])
      const name = `things-${timeForFileName(serverNow())}`
      saveFile(
        registrationPackage(name, devices, { ...(place && { place }), ...(rootCa && { rootCaPem: rootCa.pem }) }),
        `${name}.zip`,
      )
    },
    onSuccess: () => setSaved(true),
  })
  if (made === 0 || mayNot !== undefined) return null
  if (isOver(run) && certificates.data?.length === 0) return null
  const names = new Set(here.data?.names)
  const lost =
    keySetId !== undefined && here.data && certificates.data
      ? certificates.data.filter(({ thingName }) => !names.has(thingName))
      : []
  const isLost = keySetId !== undefined && here.data !== undefined && names.size === 0
  return (
    <Container
      header={
        <Header
          variant="h2"
          description={
            keySetId === undefined
              ? 'The devices made their own keys.'
              : here.data?.lasts === false
                ? 'The private keys are in this tab alone: keep it open until you have saved them.'
                : 'The private keys were made in the browser that began this, and are kept there, encrypted, until it is told to forget them.'
          }
        >
          Keys and certificates
        </Header>
      }
    >
      <SpaceBetween size="m">
        {save.error && <ErrorAlert error={save.error} what="Keys and certificates could not be put together" />}
        {certificates.error && <ErrorAlert error={certificates.error} what="The certificates could not be read" />}
        {isLost && (
          <Alert
            type="warning"
            header="Their private keys are not in this browser"
            action={
              <Button
                href={paths.createCertificateRotation({
                  things: lost.slice(0, MOST_IN_ADDRESS).map(({ thingName }) => thingName),
                })}
              >
                They are lost: make new ones
              </Button>
            }
          >
            They are in the browser that began this, unless it was told to forget them. If they were saved, all is well.
            If they are lost, their certificates are of no use: a rotation makes a new key and certificate for each
            thing
            {lost.length > MOST_IN_ADDRESS &&
              `; it begins with the first ${MOST_IN_ADDRESS} here, name a group or a query for all`}
            .
          </Alert>
        )}
        <SpaceBetween direction="horizontal" size="xs">
          <ActionButton
            id="save-keys"
            text={
              isSaved
                ? 'Download them again'
                : isLost || keySetId === undefined
                  ? 'Download certificates'
                  : 'Download keys and certificates'
            }
            isPrimary={!isSaved && !isLost && isOver(run)}
            isBusy={save.isPending}
            whyNot={isOver(run) || run.state === 'paused' ? undefined : 'They are still being made.'}
            onAction={() => save.mutate()}
          />
          {names.size > 0 && (
            <ActionButton
              id="forget-keys"
              text="I have the file: forget the keys here"
              whyNot={isSaved ? (isOver(run) ? undefined : 'Wait until all are made.') : 'Download the keys first.'}
              onAction={() => setForgetting(true)}
            />
          )}
        </SpaceBetween>
      </SpaceBetween>
      {isForgetting && keySetId !== undefined && (
        <ConfirmDialog
          header={`Forget ${formatCounted(names.size, 'private key')} in this browser?`}
          action="Forget the keys"
          isConsoleOnly
          failure="The keys could not be forgotten"
          onConfirm={async () => {
            await (await openKeyStore()).delete(keySetId)
            await client.invalidateQueries({ queryKey: REGISTRATION })
          }}
          onClose={() => setForgetting(false)}
        >
          They are then in the file that you have saved, and nowhere else.
        </ConfirmDialog>
      )}
    </Container>
  )
}

async function withKeys(
  keySetId: string | undefined,
  certificates: readonly Omit<DeviceFiles, 'privateKeyPem'>[],
): Promise<DeviceFiles[]> {
  if (keySetId === undefined) return [...certificates]
  const store = await openKeyStore()
  return Promise.all(
    certificates.map(async (certificate) => {
      const key = await store.get(keySetId, certificate.thingName)
      return { ...certificate, ...(key && { privateKeyPem: key.privateKeyPem }) }
    }),
  )
}
