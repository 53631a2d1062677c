import Alert from '@cloudscape-design/components/alert'
import Button from '@cloudscape-design/components/button'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { MOST_BULK_CHANGE_TARGETS, MOST_JOB_TARGETS } from '@thingdeck/contract'
import { useState } from 'react'
import type { Form } from '../../../shared/form/use-form.ts'
import { formatCount } from '../../../shared/format.ts'
import { paths } from '../../../shared/paths.ts'
import { useWhyNot } from '../../../shared/session/session.tsx'
import { isThingName } from '../../../shared/things/is-thing-name.ts'
import type { JobValues } from './job-values.ts'
import { type GroupedThings, MakeGroupDialog } from './make-group-dialog.tsx'

interface TooManyThingsProps {
  readonly form: Form<JobValues>
  readonly things: GroupedThings
  /** More than a job takes one by one. */
  readonly count: number
  /** There are more of them than were counted. */
  readonly isAtLeast: boolean
}

/** What to do where a job is for more things than AWS takes one by one: a group of them. */
export function TooManyThings({ form, things, count, isAtLeast }: TooManyThingsProps) {
  const [isMaking, setMaking] = useState(false)
  const mayNot = useWhyNot('admin')
  const whyNot = mayNot ?? whyNotGrouped(things, count, isAtLeast)
  return (
    <Alert
      type="warning"
      header={`A job takes ${formatCount(MOST_JOB_TARGETS)} single things`}
      action={
        <SpaceBetween direction="horizontal" size="xs">
          {'query' in things && (
            <Button href={paths.createThingGroup({ query: things.query })}>Make a dynamic group of it</Button>
          )}
          <Button
            formAction="none"
            onClick={() => setMaking(true)}
            {...(whyNot !== undefined && { disabled: true, disabledReason: whyNot })}
          >
            {'query' in things ? 'Make a static group of what it finds' : 'Make a group of them'}
          </Button>
        </SpaceBetween>
      }
    >
      {'query' in things
        ? `This finds ${isAtLeast ? 'more than ' : ''}${formatCount(count)}. A dynamic thing group holds what a query finds from then on, however many; a static one what it finds now. The job is for the group then. What is written here is kept.`
        : `These are ${formatCount(count)}. A job for a thing group is for all that are in it, however many.`}
      {isMaking && (
        <MakeGroupDialog
          things={things}
          count={count}
          suggested={form.values.jobId}
          onMade={(thingGroupName) => {
            form.change({ who: 'group', groups: [thingGroupName], beside: '', selection: 'SNAPSHOT' })
            setMaking(false)
          }}
          onClose={() => setMaking(false)}
        />
      )}
    </Alert>
  )
}

function whyNotGrouped(things: GroupedThings, count: number, isAtLeast: boolean): string | undefined {
  if (isAtLeast || count > MOST_BULK_CHANGE_TARGETS) {
    const most = `At most ${formatCount(MOST_BULK_CHANGE_TARGETS)} things are put into a group at once.`
    return 'query' in things ? `${most} A dynamic group holds more.` : most
  }
  const wrong = 'query' in things ? undefined : things.thingNames.find((name) => !isThingName(name))
  return wrong === undefined ? undefined : `No thing can be called ${wrong}.`
}
