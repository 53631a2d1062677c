import Alert from '@cloudscape-design/components/alert'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useQuery } from '@tanstack/react-query'
import type { MqttMessage } from '../../../shared/mqtt/message.ts'
import { useMqtt } from '../../../shared/mqtt/mqtt-context.ts'
import { Loading } from '../../../shared/ui/loading.tsx'
import type { RehearsalMessage, RehearsedRule } from '../rehearsal/protocol.ts'
import { receivedMessage } from '../rehearsal/received-message.ts'
import { RehearsalPanel } from '../rehearsal/rehearsal-panel.tsx'

/** The message that a link to the rehearsal means. */
export interface MeantMessage {
  readonly topic: string
  readonly client?: string | undefined
  /** When AWS IoT logged it, ISO 8601. */
  readonly at?: string | undefined
}

/** So far from the time of the log a message of the topic may have been received. */
const NEAR_MS = 5_000
const LOOKED_AT = 1_000

/** The rehearsal, begun with a message of the trace: as Live messages kept it, else as far as the log knows it. */
export function RehearsedMessage({
  rule,
  ruleName,
  message,
}: {
  readonly rule: RehearsedRule
  readonly ruleName: string
  readonly message: MeantMessage
}) {
  const mqtt = useMqtt()
  const { data, isPending } = useQuery({
    queryKey: ['kept message', message],
    queryFn: async () => nearest(await mqtt.kept(message.topic, LOOKED_AT), message),
    staleTime: Number.POSITIVE_INFINITY, // the message that was meant stays the same
    retry: false,
  })
  if (isPending) return <Loading what="kept messages" />
  return (
    <SpaceBetween size="m">
      {!data && (
        <Alert type="info">
          Live messages have not kept this message, and AWS IoT’s log does not carry payloads: type what the device
          sent.
        </Alert>
      )}
      <RehearsalPanel
        key={JSON.stringify(message)}
        draft={rule}
        ruleName={ruleName}
        begin={{ topic: message.topic, clientId: message.client, message: data ?? undefined }}
      />
    </SpaceBetween>
  )
}

/** The one that was received next to the time; null: none was, near enough. */
function nearest(kept: readonly MqttMessage[], { at, client }: MeantMessage): RehearsalMessage | null {
  if (at === undefined) return null
  const away = ({ receivedAtMs }: MqttMessage) => Math.abs(receivedAtMs - Date.parse(at))
  const [found] = kept.toSorted((one, other) => away(one) - away(other))
  if (!found || away(found) > NEAR_MS) return null
  return { ...receivedMessage(found, 'kept'), ...(client !== undefined && { clientId: client }) }
}
