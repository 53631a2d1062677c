import Alert from '@cloudscape-design/components/alert'
import Box from '@cloudscape-design/components/box'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useMutation } from '@tanstack/react-query'
import type { AuditVerification } from '@thingdeck/contract'
import { useEffect } from 'react'
import { ActionButtons } from '../../../shared/action/action-buttons.tsx'
import { Facts } from '../../../shared/details/facts.tsx'
import { Dialog } from '../../../shared/dialog/dialog.tsx'
import { formatCount } from '../../../shared/format.ts'
import { ErrorAlert } from '../../../shared/ui/error-alert.tsx'
import { verifyTrail } from '../api.ts'

interface VerifyButtonProps {
  /** By a link, which is as good as a press. */
  readonly isAsked: boolean
  /** What was found was read. */
  readonly onSeen: () => void
}

/** Has the server read the whole trail, and says whether it is as it was written. */
export function VerifyButton({ isAsked, onSeen }: VerifyButtonProps) {
  const { mutate, data, error, isPending, reset } = useMutation({ mutationFn: () => verifyTrail() })
  useEffect(() => {
    if (isAsked) mutate()
  }, [isAsked, mutate])
  const close = () => {
    reset()
    onSeen()
  }
  return (
    <>
      <ActionButtons
        actions={[{ id: 'verify', text: 'Verify the trail', isBusy: isPending, onAction: () => mutate() }]}
      />
      {(data || error) && (
        <Dialog header="Is the trail as it was written?" action="Close" isOver onAction={close} onClose={close}>
          {data ? (
            <Verification {...data} />
          ) : (
            <ErrorAlert error={error as Error} what="The trail could not be verified" />
          )}
        </Dialog>
      )}
    </>
  )
}

function Verification({ isWhole, verified, unchained, heads, firstBroken }: AuditVerification) {
  return (
    <SpaceBetween size="m">
      {isWhole ? (
        <Alert type="success" header="It is whole">
          {entriesWords(verified)} as they were written, each behind the one before it.
        </Alert>
      ) : (
        <Alert type="error" header="It is not whole">
          {firstBroken ? brokenWords(firstBroken) : 'Something in it was changed.'} {entriesWords(verified)} as they
          were written.
        </Alert>
      )}
      {unchained > 0 && (
        <Alert type="warning">
          {formatCount(unchained)} older entries were written by a release that made no hashes: whether they were
          changed cannot be told.
        </Alert>
      )}
      <Box color="text-body-secondary">
        Whoever can write where the trail is kept could write all of it anew. Note these hashes somewhere else: as long
        as the trail holds them, what was there today is there unchanged.
      </Box>
      <Facts
        columns={1}
        facts={[
          { label: 'Latest of what was done', copy: heads.done, what: 'hash of what was done' },
          { label: 'Latest of what was refused', copy: heads.refused, what: 'hash of what was refused' },
        ]}
      />
    </SpaceBetween>
  )
}

function brokenWords({ id, why }: NonNullable<AuditVerification['firstBroken']>): string {
  const entry = id === undefined ? 'An entry' : `Entry ${id}`
  if (why === 'changed') return `${entry} is not what was written.`
  if (why === 'unreadable') return `${entry} cannot be read as an entry.`
  return id === undefined ? 'The latest entries are gone.' : `What stood before entry ${id} is gone.`
}

const entriesWords = (count: number): string => `${formatCount(count)} ${count === 1 ? 'entry is' : 'entries are'}`
