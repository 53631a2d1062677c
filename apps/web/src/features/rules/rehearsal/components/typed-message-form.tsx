import Button from '@cloudscape-design/components/button'
import ExpandableSection from '@cloudscape-design/components/expandable-section'
import FormField from '@cloudscape-design/components/form-field'
import Input from '@cloudscape-design/components/input'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useState } from 'react'
import { serverNow } from '../../../../shared/clock/server-clock.ts'
import { type Draft, EMPTY_DRAFT } from '../../../../shared/message-draft/draft.ts'
import { PayloadField } from '../../../../shared/message-draft/payload-field.tsx'
import { PropertiesFields } from '../../../../shared/message-draft/properties-fields.tsx'
import type { DraftField } from '../../../../shared/message-draft/read-template.ts'
import type { RehearsalMessage } from '../protocol.ts'
import { readTypedMessage, type TypedDraft } from './typed-message.ts'

interface TypedMessageFormProps {
  /** A topic that the rule would take, to begin with. */
  readonly topic: string
  /** Who is taken to have sent it, to begin with. */
  readonly clientId?: string | undefined
  readonly onMessage: (message: RehearsalMessage) => void
}

/** A message that is made up: nobody gets it but the rehearsal. */
export function TypedMessageForm({ topic, clientId = '', onMessage }: TypedMessageFormProps) {
  const [typed, setTyped] = useState<TypedDraft>({ draft: { ...EMPTY_DRAFT, topic }, clientId, principal: '' })
  const [problems, setProblems] = useState<Partial<Record<DraftField, string>>>({})
  const { draft } = typed
  const change = (changed: Partial<Draft>) =>
    setTyped((before) => ({ ...before, draft: { ...before.draft, ...changed } }))
  const rehearse = () => {
    const read = readTypedMessage(typed, serverNow())
    setProblems(read.ok ? {} : read.problems)
    if (read.ok) onMessage(read.message)
  }
  return (
    <SpaceBetween size="s">
      <FormField label="Topic" errorText={problems.topic} stretch>
        <Input value={draft.topic} spellcheck={false} onChange={({ detail }) => change({ topic: detail.value })} />
      </FormField>
      <PayloadField draft={draft} problem={problems.payload} sizeBytes={undefined} onChange={change} />
      <ExpandableSection headerText="Sender and MQTT 5 properties">
        <SpaceBetween size="s">
          <FormField
            label="Client id"
            description="What clientid() says. Over HTTPS, and of messages that are received, there is none."
            stretch
          >
            <Input
              value={typed.clientId}
              spellcheck={false}
              onChange={({ detail }) => setTyped((before) => ({ ...before, clientId: detail.value }))}
            />
          </FormField>
          <FormField label="Principal" description="What principal() says: the id of a certificate, say." stretch>
            <Input
              value={typed.principal}
              spellcheck={false}
              onChange={({ detail }) => setTyped((before) => ({ ...before, principal: detail.value }))}
            />
          </FormField>
          <PropertiesFields draft={draft} problems={problems} onChange={change} hasExpiry={false} />
        </SpaceBetween>
      </ExpandableSection>
      <Button onClick={rehearse}>Rehearse on this message</Button>
    </SpaceBetween>
  )
}
