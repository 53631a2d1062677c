import Alert from '@cloudscape-design/components/alert'
import Box from '@cloudscape-design/components/box'
import ExpandableSection from '@cloudscape-design/components/expandable-section'
import SpaceBetween from '@cloudscape-design/components/space-between'
import StatusIndicator from '@cloudscape-design/components/status-indicator'
import { useMutation } from '@tanstack/react-query'
import { endpoints, type ProvisioningHookAnswer, type ProvisioningHookEvent } from '@thingdeck/contract'
import { ActionButton } from '../../../shared/action/action-buttons.tsx'
import { api } from '../../../shared/api.ts'
import { CopyText } from '../../../shared/ui/copy-text.tsx'
import { ErrorAlert } from '../../../shared/ui/error-alert.tsx'
import { type HookVerdict, judgeHook } from './hook-answer.ts'
import type { RehearsedDevice } from './rehearsed-device.ts'
import { MADE_UP_ID } from './surroundings-of.ts'

interface HookTrialProps {
  readonly functionArn: string
  readonly templateArn: string
  readonly device: RehearsedDevice
  /** What it answered for this device, if it was tried. */
  readonly answer: ProvisioningHookAnswer | undefined
  readonly onAnswer: (answer: ProvisioningHookAnswer) => void
}

/** The hook of the template, with the event as AWS IoT would send it. The function really runs. */
export function HookTrial({ functionArn, templateArn, device, answer, onAnswer }: HookTrialProps) {
  const event: ProvisioningHookEvent = {
    claimCertificateId: MADE_UP_ID,
    certificateId: device.pseudo['AWS::IoT::Certificate::Id'] ?? MADE_UP_ID,
    certificatePem:
      device.certificatePem ?? '-----BEGIN CERTIFICATE-----\nmade when a device comes\n-----END CERTIFICATE-----\n',
    templateArn,
    clientId: 'rehearsal',
    parameters: { ...device.parameters },
  }
  const run = useMutation({
    mutationFn: () => api(endpoints.tryProvisioningHook, { body: { functionArn, event } }),
    onSuccess: onAnswer,
  })
  const verdict = answer && judgeHook(answer)
  return (
    <SpaceBetween size="s">
      <Box color="text-body-secondary">
        AWS IoT would ask it before anything is made. Trying it runs the function for real, with whatever it does: here
        with made-up certificate ids.
      </Box>
      <ExpandableSection headerText="The event that it gets">
        <CopyText what="the event" text={JSON.stringify(event, undefined, 2)} />
      </ExpandableSection>
      <ActionButton
        id="run-hook"
        text="Run the function"
        needs="admin"
        isBusy={run.isPending}
        onAction={() => run.mutate()}
      />
      {run.error && <ErrorAlert error={run.error} what="The function could not be run" />}
      {verdict && answer && <Verdict verdict={verdict} answer={answer} />}
      {!verdict && (
        <StatusIndicator type="info">Not tried: below, it is taken to let the device in unchanged.</StatusIndicator>
      )}
    </SpaceBetween>
  )
}

function Verdict({ verdict, answer }: { readonly verdict: HookVerdict; readonly answer: ProvisioningHookAnswer }) {
  return (
    <SpaceBetween size="xs">
      {verdict.kind === 'refused' ? (
        <Alert type="error" header="The hook refuses the device: nothing is made">
          {verdict.why}
        </Alert>
      ) : (
        <StatusIndicator type="success">
          {`It lets the device in, after ${Math.round(answer.durationMs)} ms. ${overrideWords(verdict.overrides)}`}
        </StatusIndicator>
      )}
      {verdict.kind === 'allowed' && verdict.note !== undefined && (
        <StatusIndicator type="info">{verdict.note}</StatusIndicator>
      )}
      <ExpandableSection headerText="What it answered">
        <CopyText what="the answer" text={answer.payload || '(nothing)'} />
      </ExpandableSection>
    </SpaceBetween>
  )
}

function overrideWords(overrides: Readonly<Record<string, string>>): string {
  const names = Object.keys(overrides)
  return names.length === 0 ? 'It changes no parameter.' : `It sets ${names.join(', ')}, which counts below.`
}
