import Button from '@cloudscape-design/components/button'
import ExpandableSection from '@cloudscape-design/components/expandable-section'
import FormField from '@cloudscape-design/components/form-field'
import Input from '@cloudscape-design/components/input'
import { useState } from 'react'
import { useFlash } from '../../../../shared/flash/flash.tsx'
import type { MessageTemplate } from '../../protocol/publish.ts'
import { useLiveClient } from '../client.ts'
import { JobButtons, progressWords, useJobFlash } from '../tasks/task-flash.tsx'
import { isUnderWay, useJob, useRunningJob } from '../tasks/use-task.ts'
import { readRepeat } from './repeat.ts'

interface RepeatSectionProps {
  /** Undefined while the message has a problem. */
  readonly template: MessageTemplate | undefined
  readonly whyNot: string | undefined
}

/** The same message again and again, until it is stopped; it goes on when the page is left. */
export function RepeatSection({ template, whyNot }: RepeatSectionProps) {
  const client = useLiveClient()
  const { flash } = useFlash()
  const showJob = useJobFlash()
  const [job, setJob] = useRunningJob('publish')
  const [rate, setRate] = useState('1')
  const [count, setCount] = useState('')
  const repeat = readRepeat(rate, count)

  const start = async () => {
    if (!template || !repeat.ok) return
    const id = `publish-${crypto.randomUUID()}`
    const { perSecond } = repeat
    try {
      await client.call('live.publishRepeatedly', {
        job: id,
        template,
        perSecond,
        ...(repeat.count === undefined ? {} : { count: repeat.count }),
      })
      setJob(id)
      showJob(id, `Publishing to ${template.topic}, ${perSecond === 1 ? 'once' : `${perSecond} times`} a second`)
    } catch (error) {
      flash({ id, type: 'error', header: 'Repeating did not begin', content: (error as Error).message })
    }
  }
  return (
    <ExpandableSection headerText="Repeat" variant="footer" defaultExpanded={job !== undefined}>
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
      {job !== undefined && <RepeatState id={job} />}
    </ExpandableSection>
  )
}

function RepeatState({ id }: { readonly id: string }) {
  const job = useJob(id)
  if (!job) return null
  return (
    <div className="td-drawer-line">
      <span role="status">
        {isUnderWay(job) ? '' : `${job.state === 'done' ? 'Done' : job.state === 'failed' ? 'Failed' : 'Stopped'}: `}
        {progressWords(job)}
      </span>
      <JobButtons id={id} />
    </div>
  )
}
