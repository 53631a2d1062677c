import { messageOf } from '../../../../shared/message-of.ts'
import './recording.css'
import Alert from '@cloudscape-design/components/alert'
import Checkbox from '@cloudscape-design/components/checkbox'
import FormField from '@cloudscape-design/components/form-field'
import Input from '@cloudscape-design/components/input'
import RadioGroup from '@cloudscape-design/components/radio-group'
import SegmentedControl from '@cloudscape-design/components/segmented-control'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useEffect, useMemo, useState } from 'react'
import { Dialog } from '../../../../shared/dialog/dialog.tsx'
import { useFlash } from '../../../../shared/flash/flash.tsx'
import { formatBytes, formatCount } from '../../../../shared/format.ts'
import { useMqtt } from '../../../../shared/mqtt/mqtt-context.ts'
import { VisibleText } from '../../../../shared/text/visible.tsx'
import { formatSpan } from '../../../../shared/time.tsx'
import type { MessageScope, ReplayOptions, ReplayPlan } from '../../protocol/record.ts'
import { useLiveClient } from '../client.ts'
import { reportTask } from '../tasks/report-task.ts'
import { useTaskFlash } from '../tasks/task-flash.tsx'
import { replayReport } from './replay-report.ts'

interface ReplayDialogProps {
  readonly stream: string
  readonly isFiltered: boolean
  readonly picked: ReadonlySet<number>
  readonly onClose: () => void
}

const SPEEDS = [
  { id: '1', text: 'As received' },
  { id: '2', text: '2×' },
  { id: '10', text: '10×' },
  { id: '0', text: 'As fast as allowed' },
]
const TOPICS_SHOWN = 8
/** What AWS IoT Core takes from one connection. */
const BROKER_PER_SECOND = 100

/** Says how many messages would go where before any goes. */
export function ReplayDialog({ stream, isFiltered, picked, onClose }: ReplayDialogProps) {
  const client = useLiveClient()
  const { flash } = useFlash()
  const showTask = useTaskFlash()
  const mqtt = useMqtt()
  const [scopeId, setScopeId] = useState<MessageScope['kind']>(
    picked.size > 0 ? 'sequences' : isFiltered ? 'shown' : 'kept',
  )
  const [speed, setSpeed] = useState('1')
  const [topicPrefix, setTopicPrefix] = useState('replay/')
  const [keepRetain, setKeepRetain] = useState(false)
  const options = useMemo(
    (): ReplayOptions => ({
      stream,
      scope: scopeId === 'sequences' ? { kind: 'sequences', sequences: [...picked] } : { kind: scopeId },
      speed: Number(speed),
      topicPrefix,
      keepRetain,
    }),
    [stream, scopeId, picked, speed, topicPrefix, keepRetain],
  )
  const plan = useReplayPlan(options)

  const start = async () => {
    if (!(plan && 'messages' in plan)) return
    const task = `replay-${crypto.randomUUID()}`
    try {
      await client.call('live.replay', { plan: plan.id, task })
      const { writer } = mqtt.status()
      void reportTask({ client, task, writer }, (counts, end) => replayReport(plan, options, counts, end))
      showTask(task, `Replaying ${formatCount(plan.messages)} ${plan.messages === 1 ? 'message' : 'messages'}`)
      onClose()
    } catch (error) {
      flash({ id: task, type: 'error', header: 'The replay did not begin', content: messageOf(error) })
    }
  }
  const count = plan && 'messages' in plan ? plan.messages : 0
  return (
    <Dialog
      size="large"
      header="Replay messages"
      action={`Publish ${formatCount(count)} ${count === 1 ? 'message' : 'messages'}`}
      disabled={count === 0}
      onAction={() => void start()}
      onClose={onClose}
    >
      <FormField label="Messages">
        <RadioGroup
          value={scopeId}
          onChange={({ detail }) => setScopeId(SCOPES.find((kind) => kind === detail.value) ?? 'kept')}
          items={[
            ...(picked.size > 0
              ? [{ value: 'sequences', label: `The ${formatCount(picked.size)} that are picked` }]
              : []),
            ...(isFiltered ? [{ value: 'shown', label: 'Those that the filter shows' }] : []),
            { value: 'kept', label: 'Everything that is kept' },
          ]}
        />
      </FormField>
      <FormField
        label="Topic prefix"
        description="Set before each topic. Without one, devices and rules take the messages for new ones."
      >
        <Input value={topicPrefix} onChange={({ detail }) => setTopicPrefix(detail.value)} spellcheck={false} />
      </FormField>
      <FormField label="Speed">
        <SegmentedControl
          label="Speed"
          selectedId={speed}
          options={SPEEDS}
          onChange={({ detail }) => setSpeed(detail.selectedId)}
        />
      </FormField>
      <Checkbox checked={keepRetain} onChange={({ detail }) => setKeepRetain(detail.checked)}>
        Retain again what was received as retained
      </Checkbox>
      <div aria-live="polite">
        {plan ? <Plan plan={plan} hasPrefix={topicPrefix !== ''} /> : 'Looking at what goes where …'}
      </div>
    </Dialog>
  )
}

const SCOPES = ['sequences', 'shown', 'kept'] as const

type Answer = ReplayPlan | { readonly failure: string }

/** Undefined while it is being made. */
function useReplayPlan(options: ReplayOptions): Answer | undefined {
  const client = useLiveClient()
  const [plan, setPlan] = useState<Answer>()
  useEffect(() => {
    let isCurrent = true
    setPlan(undefined)
    client
      .call('live.planReplay', options)
      .catch((error: Error) => ({ failure: error.message }))
      .then((answer) => {
        if (isCurrent) setPlan(answer)
      })
    return () => {
      isCurrent = false
    }
  }, [client, options])
  return plan
}

function Plan({ plan, hasPrefix }: { readonly plan: Answer; readonly hasPrefix: boolean }) {
  if ('failure' in plan) return <Alert type="error">{plan.failure}</Alert>
  const { messages, bytes, durationMs, peakPerSecond, topics, left } = plan
  return (
    <SpaceBetween size="s">
      <Alert
        type={hasPrefix ? 'info' : 'warning'}
        header={`${formatCount(messages)} ${messages === 1 ? 'message' : 'messages'} (${formatBytes(bytes)}) to ${formatCount(topics.length)} ${topics.length === 1 ? 'topic' : 'topics'} in ${formatSpan(durationMs)}`}
      >
        {hasPrefix
          ? 'Everyone who is subscribed to these topics gets them, rules included.'
          : 'They go to the very topics that they came from: devices, rules and everyone else takes them for new ones.'}
        {peakPerSecond > BROKER_PER_SECOND &&
          ` At its fastest that is ${formatCount(peakPerSecond)} a second, more than the ${BROKER_PER_SECOND} that AWS takes from one connection: it will take longer.`}
      </Alert>
      {topics.length > 0 && (
        <table className="td-replay-topics">
          <thead>
            <tr>
              <th scope="col">Received on</th>
              <th scope="col">Goes to</th>
              <th scope="col">Messages</th>
            </tr>
          </thead>
          <tbody>
            {topics.slice(0, TOPICS_SHOWN).map(({ topic, target, messages: count }) => (
              <tr key={topic}>
                <td className="td-mono">
                  <VisibleText text={topic} />
                </td>
                <td className="td-mono">
                  <VisibleText text={target} />
                </td>
                <td>{formatCount(count)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {topics.length > TOPICS_SHOWN && (
        <p className="td-weak">and {formatCount(topics.length - TOPICS_SHOWN)} more topics</p>
      )}
      {left.length > 0 && (
        <Alert type="warning" header="Left out">
          <ul>
            {left.slice(0, TOPICS_SHOWN).map(({ topic, reason, messages: count }) => (
              <li key={`${topic} ${reason}`}>
                <span className="td-mono">
                  <VisibleText text={topic} />
                </span>{' '}
                ({formatCount(count)}): {reason}
              </li>
            ))}
          </ul>
          {left.length > TOPICS_SHOWN && `and ${formatCount(left.length - TOPICS_SHOWN)} more topics`}
        </Alert>
      )}
    </SpaceBetween>
  )
}
