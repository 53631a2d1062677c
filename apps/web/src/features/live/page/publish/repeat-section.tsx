import Button from '@cloudscape-design/components/button'
import ExpandableSection from '@cloudscape-design/components/expandable-section'
import FormField from '@cloudscape-design/components/form-field'
import Input from '@cloudscape-design/components/input'
import { useState } from 'react'
import { useFlash } from '../../../../shared/flash/flash.tsx'
import type { MessageTemplate } from '../../../../shared/message-draft/message-template.ts'
import { messageOf } from '../../../../shared/message-of.ts'
import { useMqtt } from '../../../../shared/mqtt/mqtt-context.ts'
import { useLiveClient } from '../client.ts'
import { reportTask } from '../tasks/report-task.ts'
import { progressWords, TaskButtons, useTaskFlash } from '../tasks/task-flash.tsx'
import { isUnderWay, useRunningTask, useTask } from '../tasks/use-task.ts'
import { readRepeat } from './repeat.ts'

interface RepeatSectionProps {
  /** Undefined while the message has a problem. */
  readonly template: MessageTemplate | undefined
  readonly whyNot: string | undefined
}

/** The same message again and again, until it is stopped; it goes on when the page is left. */
export function RepeatSection({ template, whyNot }: RepeatSectionProps) {
  const client = useLiveClient()
  const mqtt = useMqtt()
  const { flash } = useFlash()
  const showTask = useTaskFlash()
  const [task, setTask] = useRunningTask('publish')
  const [rate, setRate] = useState('1')
  const [count, setCount] = useState('')
  const repeat = readRepeat(rate, count)

  const start = async () => {
    if (!template || !repeat.ok) return
    const id = `publish-${crypto.randomUUID()}`
    const { perSecond } = repeat
    try {
      await client.call('live.publishRepeatedly', {
        task: id,
        template,
        perSecond,
        ...(repeat.count === undefined ? {} : { count: repeat.count }),
      })
      void reportTask({ client, task: id, writer: mqtt.status().writer }, (counts, end) => ({
        kind: 'repeat',
        ...counts,
        perSecond,
        end,
      }))
      setTask(id)
      showTask(id, `Publishing to ${template.topic}, ${perSecond === 1 ? 'once' : `${perSecond} times`} a second`)
    } catch (error) {
      flash({ id, type: 'error', header: 'Repeating did not begin', content: messageOf(error) })
    }
  }
  return (
    <ExpandableSection headerText="Repeat" variant="footer" defaultExpanded={task !== undefined}>
      <div className="td-repeat">
        <FormField label="Per second" errorText={repeat.ok ? undefined : repeat.rate}>
          <Input value={rate} inputMode="decimal" onChange={({ detail }) => setRate(detail.value)} />
        </FormField>
        <FormField label="In all" errorText={repeat.ok ? undefined : repeat.count}>
          <Input
            value={count}
            inputMode="numeric"
            placeholder="until stopped"
            onChange={({ detail }) => setCount(detail.value)}
          />
        </FormField>
        <Button
          formAction="none"
          onClick={() => void start()}
          disabled={!template || !repeat.ok || whyNot !== undefined}
          disabledReason={whyNot ?? 'The message or the rate has a problem.'}
        >
          Start repeating
        </Button>
      </div>
      {task !== undefined && <RepeatState id={task} />}
    </ExpandableSection>
  )
}

function RepeatState({ id }: { readonly id: string }) {
  const task = useTask(id)
  if (!task) return null
  return (
    <div className="td-draft-line">
      <span role="status">
        {isUnderWay(task) ? '' : `${task.state === 'done' ? 'Done' : task.state === 'failed' ? 'Failed' : 'Stopped'}: `}
        {progressWords(task)}
      </span>
      <TaskButtons id={id} />
    </div>
  )
}
