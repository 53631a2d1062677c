import Alert from '@cloudscape-design/components/alert'
import Checkbox from '@cloudscape-design/components/checkbox'
import ExpandableSection from '@cloudscape-design/components/expandable-section'
import FormField from '@cloudscape-design/components/form-field'
import Input from '@cloudscape-design/components/input'
import Link from '@cloudscape-design/components/link'
import SpaceBetween from '@cloudscape-design/components/space-between'
import StatusIndicator from '@cloudscape-design/components/status-indicator'
import { useMutation } from '@tanstack/react-query'
import { type DirectMessage, type DirectMessageSent, endpoints, isConsoleClient } from '@thingdeck/contract'
import { useState } from 'react'
import { api } from '../../shared/api.ts'
import { serverNow } from '../../shared/clock/server-clock.ts'
import { Dialog } from '../../shared/dialog/dialog.tsx'
import { formatBytes } from '../../shared/format.ts'
import { type Draft, EMPTY_DRAFT } from '../../shared/message-draft/draft.ts'
import { PayloadField } from '../../shared/message-draft/payload-field.tsx'
import { PropertiesFields } from '../../shared/message-draft/properties-fields.tsx'
import { paths } from '../../shared/paths.ts'
import { useWhyNot } from '../../shared/session/session.tsx'
import { visible } from '../../shared/text/visible.tsx'
import { visibleText } from '../../shared/text/visible-text.ts'
import { formatTimeOfDay } from '../../shared/time.tsx'
import { readDirectMessage } from './direct-message.ts'

interface SendMessageDialogProps {
  readonly clientId: string
  readonly onClose: () => void
}

interface Sent extends DirectMessageSent {
  readonly topic: string
  readonly atMs: number
}

/** Writes a message to one client, says what it skips, and stays open with what became of it: there may be a next one. */
export function SendMessageDialog({ clientId, onClose }: SendMessageDialogProps) {
  const [draft, setDraft] = useState<Draft>(EMPTY_DRAFT)
  const [confirmation, setConfirmation] = useState(true)
  const [timeout, setTimeout] = useState('5')
  const whyNot = useWhyNot('operator')
  const read = readDirectMessage(draft, { confirmation, timeout }, serverNow())
  const problems = read.ok ? {} : read.problems
  const change = (changed: Partial<Draft>) => setDraft((before) => ({ ...before, ...changed }))
  const send = useMutation({
    mutationFn: async (body: DirectMessage): Promise<Sent> => ({
      ...(await api(endpoints.sendDirectMessage, { params: { clientId }, body })),
      topic: body.topic,
      atMs: serverNow(),
    }),
  })
  return (
    <Dialog
      header={`Send a message to ${visibleText(clientId)}`}
      action="Send message"
      size="large"
      disabled={!read.ok}
      whyNot={whyNot}
      busy={send.isPending}
      error={send.error}
      failure="The client did not get the message, as far as is known"
      onAction={() => read.ok && send.mutate(read.message)}
      onClose={onClose}
    >
      {send.data && !send.isPending && <Outcome clientId={clientId} sent={send.data} />}
      {isConsoleClient(clientId) && (
        <Alert type="info">
          This is the session of somebody at a console, which shows it among its live messages only if it is subscribed
          to the topic.
        </Alert>
      )}
      <p className="td-weak">
        It goes to this client’s connection alone, whatever it is subscribed to; its policies have to let it receive on
        the topic. No other subscriber gets it, no rule sees it, nothing is retained, and nothing is kept for a client
        that is not connected.
      </p>
      <FormField label="Topic" errorText={draft.topic === '' ? undefined : problems.topic} stretch>
        <Input
          value={draft.topic}
          placeholder={`cmd/${visibleText(clientId)}`}
          spellcheck={false}
          onChange={({ detail }) => change({ topic: detail.value })}
        />
      </FormField>
      <PayloadField
        draft={draft}
        problem={problems.payload}
        sizeBytes={read.ok ? read.sizeBytes : undefined}
        onChange={change}
      />
      <SpaceBetween size="xs">
        <Checkbox
          checked={confirmation}
          description="At QoS 1. Otherwise at QoS 0, and whether it arrived is not known."
          onChange={({ detail }) => setConfirmation(detail.checked)}
        >
          Wait until the client has confirmed it
        </Checkbox>
        {confirmation && (
          <FormField label="For at most" constraintText="Seconds, 1 to 15." errorText={problems.timeout}>
            <Input value={timeout} inputMode="numeric" onChange={({ detail }) => setTimeout(detail.value)} />
          </FormField>
        )}
      </SpaceBetween>
      <ExpandableSection headerText="MQTT 5 properties" variant="footer">
        <PropertiesFields draft={draft} problems={problems} onChange={change} hasExpiry={false} />
      </ExpandableSection>
    </Dialog>
  )
}

function Outcome({ clientId, sent }: { readonly clientId: string; readonly sent: Sent }) {
  const { confirmed, topic, sizeBytes, atMs, traceId } = sent
  return (
    <div role="status">
      <StatusIndicator type={confirmed ? 'success' : 'info'}>
        {formatTimeOfDay(atMs)}{' '}
        {confirmed ? 'Confirmed by the client' : 'Handed to its connection; whether it arrived is not known'}
        {': '}
        {formatBytes(sizeBytes)} on <span className="td-mono">{visible(topic)}</span>
      </StatusIndicator>
      {traceId !== undefined && (
        <>
          {' '}
          <Link href={paths.logs({ client: clientId, event: 'SendDirectMessage', last: '15m' })}>Its log entry</Link>
        </>
      )}
    </div>
  )
}
