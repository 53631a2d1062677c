import Box from '@cloudscape-design/components/box'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { CommandError, type ParameterValue } from '@thingdeck/commands'
import type { CommandTarget } from '@thingdeck/contract'
import { visible } from '../../../shared/text/visible.tsx'
import { PayloadView } from '../components/payload-view.tsx'
import { type CommandContent, requestTopic, type SentPayload, sentPayload } from '../words/payload.ts'

interface PayloadPreviewProps {
  readonly command: CommandContent
  readonly parameters: Readonly<Record<string, ParameterValue>>
  readonly timeoutSeconds: number
  /** Undefined: several, or none yet. */
  readonly device: CommandTarget | undefined
}

/** What a device gets, exactly, and on which topic. */
export function PayloadPreview({ command, parameters, timeoutSeconds, device }: PayloadPreviewProps) {
  const sent = filled(command, parameters, timeoutSeconds)
  if (sent === undefined) return null
  const topic = requestTopic(
    sent.contentType,
    device?.clientId === undefined
      ? { kind: 'things', id: device?.thingName ?? 'THING' }
      : { kind: 'clients', id: device.clientId },
  )
  return (
    <SpaceBetween size="xxs">
      <Box variant="awsui-key-label">The device gets</Box>
      <PayloadView label="What the device gets" payload={sent} />
      <Box color="text-body-secondary" fontSize="body-s">
        On <span className="td-mono">{visible(topic)}</span>, at QoS 1.
      </Box>
    </SpaceBetween>
  )
}

/** Undefined: it cannot be filled, of which AWS says why. */
function filled(...args: Parameters<typeof sentPayload>): SentPayload | undefined {
  try {
    return sentPayload(...args)
  } catch (error) {
    if (error instanceof CommandError) return undefined
    throw error
  }
}
