import Alert from '@cloudscape-design/components/alert'
import SpaceBetween from '@cloudscape-design/components/space-between'
import StatusIndicator from '@cloudscape-design/components/status-indicator'
import type { ProvisioningClaim } from '@thingdeck/contract'
import { Facts } from '../../../shared/details/facts.tsx'
import { useNow } from '../../../shared/time.tsx'
import { ClaimFiles } from './claim-files.tsx'

interface TemporaryClaimProps {
  readonly claim: ProvisioningClaim
  readonly templateName: string
  readonly parameterNames: readonly string[]
  readonly isSaved: boolean
  readonly onSaved: () => void
}

/** A claim of a trusted person: its key is here once, and it is over in five minutes. */
export function TemporaryClaim({ claim, templateName, parameterNames, isSaved, onSaved }: TemporaryClaimProps) {
  const leftMs = Date.parse(claim.expiresAt) - useNow(1_000)
  const isOver = leftMs <= 0
  return (
    <SpaceBetween size="s">
      <div role="timer" aria-label="Time left">
        <StatusIndicator type={isOver ? 'stopped' : leftMs < 60_000 ? 'warning' : 'in-progress'}>
          {isOver
            ? 'It is over: a device that has connected by now may still finish.'
            : `${inMinutes(leftMs)} left to connect with it`}
        </StatusIndicator>
      </div>
      <Facts facts={[{ label: 'Certificate id', copy: claim.certificateId }]} />
      {isOver && !isSaved ? (
        <Alert type="info">Nobody has its key. Ask for another one.</Alert>
      ) : (
        <ClaimFiles
          claim={{
            templateName,
            parameterNames,
            clientIdPrefix: 'device-',
            certificateId: claim.certificateId,
            certificatePem: claim.certificatePem,
            privateKeyPem: claim.privateKey,
          }}
          isSaved={isSaved}
          onSaved={onSaved}
        />
      )}
    </SpaceBetween>
  )
}

const inMinutes = (ms: number): string => {
  const seconds = Math.ceil(ms / 1_000)
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}
