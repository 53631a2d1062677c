import { serverNow } from '../../../../shared/clock/server-clock.ts'
import './publish.css'
import Alert from '@cloudscape-design/components/alert'
import Autosuggest from '@cloudscape-design/components/autosuggest'
import Button from '@cloudscape-design/components/button'
import Checkbox from '@cloudscape-design/components/checkbox'
import ExpandableSection from '@cloudscape-design/components/expandable-section'
import FormField from '@cloudscape-design/components/form-field'
import Input from '@cloudscape-design/components/input'
import SegmentedControl from '@cloudscape-design/components/segmented-control'
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react'
import { SubmittingForm } from '../../../../shared/form/submitting-form.tsx'
import { type Draft, placeholdersOf } from '../../../../shared/message-draft/draft.ts'
import { PayloadField } from '../../../../shared/message-draft/payload-field.tsx'
import { PropertiesFields } from '../../../../shared/message-draft/properties-fields.tsx'
import { readTemplate } from '../../../../shared/message-draft/read-template.ts'
import { useMqttStatus } from '../../../../shared/mqtt/mqtt-context.ts'
import { usePreference } from '../../../../shared/preferences/preferences.ts'
import { useWhyNot } from '../../../../shared/session/session.tsx'
import { keyCaps, useShortcut } from '../../../../shared/shortcuts/shortcuts.tsx'
import { TopicDoubtWords } from '../subscriptions/topic-doubt-words.tsx'
import { useTopicSuggestions } from '../subscriptions/use-topic-suggestions.ts'
import { Outcomes } from './outcomes.tsx'
import { RepeatSection } from './repeat-section.tsx'
import { draftPreference } from './saved-messages.ts'
import { SavedMessagesMenu } from './saved-messages-menu.tsx'
import { usePublish } from './use-publish.ts'

const SEND_KEYS = keyCaps('Mod enter').join(' ')

interface PublishDrawerProps {
  readonly stream: string
  /** The thing that the page is about: what `{{thingName}}` stands for at first. */
  readonly thingName: string | undefined
  readonly onClose: () => void
}

/** Writes and publishes messages beside the stream, in which they appear. */
export function PublishDrawer({ stream, thingName, onClose }: PublishDrawerProps) {
  const [stored, setDraft] = usePreference(draftPreference)
  const draft = useMemo(
    () => (stored.thingName === '' && thingName !== undefined ? { ...stored, thingName } : stored),
    [stored, thingName],
  )
  const change = (some: Partial<Draft>) => setDraft({ ...draft, ...some })
  const read = useMemo(() => readTemplate(draft, serverNow()), [draft])
  const problems = read.ok ? {} : read.problems
  const whyNot = useWhyNotPublish()
  const { outcomes, isSending, publish } = usePublish()
  const send = () => {
    if (read.ok && whyNot === undefined) publish(read.template)
  }

  // Told in the list of shortcuts; heard where one writes, before a field takes the key for its own.
  useShortcut('Mod enter', 'While a message is written: publish it', () => {})
  const onKeyDownCapture = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return
    event.preventDefault()
    event.stopPropagation()
    send()
  }

  // In a narrow window it stands below the messages.
  const drawer = useRef<HTMLElement>(null)
  useEffect(() => {
    // Browsers answer with a promise where types say nothing: an effect that hands it on has no way to be ended.
    void drawer.current?.scrollIntoView?.({ block: 'nearest' })
  }, [])

  return (
    <aside ref={drawer} className="td-drawer" aria-label="Publish a message" onKeyDownCapture={onKeyDownCapture}>
      <header className="td-detail-head">
        <h2>Publish a message</h2>
        <SavedMessagesMenu draft={draft} onOpen={(opened) => setDraft(opened)} />
        <Button variant="icon" iconName="close" ariaLabel="Close publish" onClick={onClose} />
      </header>
      <SubmittingForm className="td-drawer-body" onSubmit={send}>
        {whyNot !== undefined && <Alert type="info">{whyNot}</Alert>}
        <div className="td-drawer-where">
          <FormField label="Topic" errorText={draft.topic === '' ? undefined : problems.topic} stretch>
            <TopicInput stream={stream} topic={draft.topic} onChange={(topic) => change({ topic })} />
            <TopicDoubtWords topic={draft.topic} onChange={(topic) => change({ topic })} />
          </FormField>
          {draft.replacesPlaceholders && placeholdersOf(draft).has('thingName') && (
            <FormField label="Thing name" description="What {{thingName}} stands for" stretch>
              <Input
                value={draft.thingName}
                onChange={({ detail }) => change({ thingName: detail.value })}
                spellcheck={false}
              />
            </FormField>
          )}
          <div className="td-draft-line">
            <SegmentedControl
              label="Quality of service"
              selectedId={String(draft.qos)}
              options={[
                { id: '0', text: 'QoS 0' },
                { id: '1', text: 'QoS 1' },
              ]}
              onChange={({ detail }) => change({ qos: detail.selectedId === '1' ? 1 : 0 })}
            />
            <FormField errorText={problems.retain}>
              <Checkbox checked={draft.retain} onChange={({ detail }) => change({ retain: detail.checked })}>
                Retain
              </Checkbox>
            </FormField>
          </div>
        </div>
        <div className="td-drawer-what">
          <PayloadField
            draft={draft}
            problem={problems.payload}
            sizeBytes={read.ok ? read.sizeBytes : undefined}
            onChange={change}
          />
          {draft.retain && draft.text === '' && (
            <p className="td-weak">An empty retained message deletes what the broker retains on this topic.</p>
          )}
        </div>
        <div className="td-drawer-more">
          <ExpandableSection
            headerText={`MQTT 5 properties${propertyCount(draft)}`}
            variant="footer"
            defaultExpanded={propertyCount(draft) !== ''}
          >
            <PropertiesFields draft={draft} problems={problems} onChange={change} />
          </ExpandableSection>
          <RepeatSection template={read.ok ? read.template : undefined} whyNot={whyNot} />
        </div>
      </SubmittingForm>
      <footer className="td-drawer-foot">
        <Outcomes outcomes={outcomes} />
        <Button
          variant="primary"
          onClick={send}
          loading={isSending}
          disabled={!read.ok || whyNot !== undefined}
          disabledReason={whyNot ?? Object.values(problems)[0] ?? ''}
          nativeButtonAttributes={{ title: `Publish message (${SEND_KEYS})` }}
        >
          Publish message
        </Button>
      </footer>
    </aside>
  )
}

/** Why nothing can be published now; undefined when it can. */
export function useWhyNotPublish(): string | undefined {
  const forbidden = useWhyNot('operator')
  const { state } = useMqttStatus().connection
  if (forbidden !== undefined) return `Publishing is off. ${forbidden}`
  return state.kind === 'connected' ? undefined : 'The MQTT session is not connected, so nothing can be published now.'
}

function propertyCount(draft: Draft): string {
  const { contentType, responseTopic, correlation, expiry, isUtf8, user } = draft
  const count =
    [contentType, responseTopic, correlation, expiry].filter(Boolean).length + (isUtf8 ? 1 : 0) + user.length
  return count === 0 ? '' : ` (${count})`
}

interface TopicInputProps {
  readonly stream: string
  readonly topic: string
  readonly onChange: (topic: string) => void
}

function TopicInput({ stream, topic, onChange }: TopicInputProps) {
  const [isFocused, setIsFocused] = useState(false)
  const seen = useTopicSuggestions(stream, topic, isFocused).filter((each) => !/[#+]/.test(each))
  return (
    <Autosuggest
      value={topic}
      onChange={({ detail }) => onChange(detail.value)}
      onFocus={() => setIsFocused(true)}
      onBlur={() => setIsFocused(false)}
      options={seen.map((value) => ({ value }))}
      filteringType="manual"
      enteredTextLabel={(value) => `Use “${value}”`}
      ariaLabel="Topic"
      placeholder="dt/site/pump-7/telemetry"
    />
  )
}
