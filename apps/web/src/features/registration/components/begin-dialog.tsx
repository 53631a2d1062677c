import Alert from '@cloudscape-design/components/alert'
import ProgressBar from '@cloudscape-design/components/progress-bar'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useQueryClient } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { BULK_CHANGE_KINDS, endpoints, type PlannedThing } from '@thingdeck/contract'
import { useState } from 'react'
import { api } from '../../../shared/api.ts'
import { BULK_CHANGES } from '../../../shared/bulk-changes/bulk-change-queries.ts'
import { ConfirmDialog } from '../../../shared/dialog/confirm-dialog.tsx'
import { Consequences } from '../../../shared/dialog/consequences.tsx'
import { formatCount, formatCounted } from '../../../shared/format.ts'
import { paths } from '../../../shared/paths.ts'
import { useSession } from '../../../shared/session/session.tsx'
import { type FlowDraft, keysToMake } from '../flow-values.ts'
import { makeKeys } from '../keys/make-keys.ts'
import { makePolicy } from '../make-policy.ts'

interface BeginDialogProps {
  readonly draft: FlowDraft
  readonly things: readonly PlannedThing[]
  /** Wrong lines. */
  readonly leftOut: number
  readonly onBegun: () => void
  /** It was asked for, and whether it was begun is not known. */
  readonly onUnanswered: () => void
  readonly onClose: () => void
}

/** Says what will happen; makes the keys, then has the server begin, which needs this page no more. */
export function BeginDialog({ draft, things, leftOut, onBegun, onUnanswered, onClose }: BeginDialogProps) {
  const { history } = useRouter()
  const client = useQueryClient()
  const session = useSession()
  const [made, setMade] = useState<number>()
  const keys = keysToMake(draft, things)
  const { reads, writes, perSecond } = BULK_CHANGE_KINDS.create
  const minutes = Math.ceil((things.length * (reads + writes)) / perSecond / 60)
  const begin = async () => {
    const newThings = await makeKeys(draft, things, setMade)
    const hasCertificates = newThings.some((thing) => thing.certificateSigningRequest !== undefined)
    if (hasCertificates && draft.policy === 'template') await makePolicy(draft, session)
    const body = {
      targets: { newThings },
      change: {
        kind: 'create' as const,
        source: draft.fileName.slice(0, 255),
        ...(hasCertificates && draft.policy !== 'none' && { policyName: draft.policyName }),
        ...(keys > 0 && { keySetId: draft.keySetId }),
      },
      dryRun: false,
      // A person who had no answer asks again.
      clientRequestToken: draft.keySetId,
    }
    try {
      const { bulkChangeId } = await api(endpoints.startBulkChange, { body })
      onBegun()
      history.push(paths.registerThings({ run: bulkChangeId }))
    } catch (error) {
      onUnanswered()
      throw error
    } finally {
      void client.invalidateQueries({ queryKey: BULK_CHANGES })
    }
  }
  return (
    <ConfirmDialog
      header={`Register ${formatCounted(things.length, 'thing')}?`}
      action={`Register ${formatCounted(things.length, 'thing')}`}
      failure="The registration could not be begun"
      onConfirm={begin}
      onClose={onClose}
    >
      <SpaceBetween size="m">
        <Consequences
          list={[
            ...(leftOut > 0 ? [`${formatCounted(leftOut, 'wrong line is', 'wrong lines are')} left out.`] : []),
            ...(keys > 0
              ? [
                  `${formatCounted(keys, 'key is', 'keys are')} made in this browser first, and kept in it until you have saved them. In another browser they are not there.`,
                ]
              : []),
            ...(draft.policy === 'template' ? [`The policy ${draft.policyName} is made, unless it is there.`] : []),
            `It takes about ${minutes === 1 ? 'a minute' : `${formatCount(minutes)} minutes`}, in the pace that AWS allows, and goes on when this page is closed or the console restarts.`,
            'Whose name is taken by then stays as it is. There is no undo for all at once; things can be deleted in bulk.',
          ]}
        />
        {made !== undefined && (
          <ProgressBar
            label="Making keys in this browser"
            value={(made / Math.max(1, keys)) * 100}
            additionalInfo={`${formatCount(made)} of ${formatCounted(keys, 'key')}`}
          />
        )}
        {keys > 0 && typeof indexedDB === 'undefined' && (
          <Alert type="warning">
            This browser keeps nothing for pages: the keys are in this tab alone. Keep it open until you have saved
            them.
          </Alert>
        )}
      </SpaceBetween>
    </ConfirmDialog>
  )
}
