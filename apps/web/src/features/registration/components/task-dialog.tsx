import ExpandableSection from '@cloudscape-design/components/expandable-section'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useQueryClient } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { endpoints, type PlannedThing, RegistrationTaskRequest } from '@thingdeck/contract'
import { useMemo, useState } from 'react'
import { api } from '../../../shared/api.ts'
import { TextField } from '../../../shared/form/fields.tsx'
import { FormDialog } from '../../../shared/form/form-dialog.tsx'
import { limitsOf } from '../../../shared/form/text-limits.ts'
import { useForm } from '../../../shared/form/use-form.ts'
import { formatCounted } from '../../../shared/format.ts'
import { paths } from '../../../shared/paths.ts'
import { useSession } from '../../../shared/session/session.tsx'
import { REGISTRATION } from '../api.ts'
import type { FlowDraft } from '../flow-values.ts'
import { makeKeys } from '../keys/make-keys.ts'
import { makePolicy } from '../make-policy.ts'
import { EXAMPLE_TEMPLATE, rolePolicy, taskInputOf } from '../tasks/task-template.ts'

interface TaskDialogProps {
  /** Lines that are handed over; without them, a file that lies in S3 already. */
  readonly from?: { readonly draft: FlowDraft; readonly things: readonly PlannedThing[]; readonly onBegun: () => void }
  readonly onClose: () => void
}

const { properties } = RegistrationTaskRequest

/** Has AWS register the lines of a file in S3 by a template. */
export function TaskDialog({ from, onClose }: TaskDialogProps) {
  const { history } = useRouter()
  const client = useQueryClient()
  const session = useSession()
  const [made, setMade] = useState<number>()
  const ready = useMemo(() => (from ? inputOf(from.draft, from.things) : undefined), [from])
  const form = useForm({
    initial: {
      templateBody: ready?.templateBody ?? EXAMPLE_TEMPLATE,
      inputFileBucket: '',
      inputFileKey: from ? `${from.draft.fileName.replace(/[^a-zA-Z0-9_.-]/g, '-')}.json` : '',
      roleArn: '',
    },
    limits: {
      templateBody: limitsOf(properties.templateBody, 'JSON'),
      inputFileBucket: limitsOf(properties.inputFileBucket, 'letters, digits and . _ -'),
      inputFileKey: limitsOf(properties.inputFileKey, "letters, digits and ! _ . * ' ( ) / -"),
      roleArn: limitsOf(properties.roleArn, 'the ARN of a role'),
    },
    async submit(values) {
      if (from) {
        if (ready?.problem !== undefined) throw new Error(ready.problem)
        const things = await makeKeys(from.draft, from.things, setMade)
        if (from.draft.policy === 'template') await makePolicy(from.draft, session)
        const { lines } = taskInputOf(things, policyOf(from.draft))
        const body = { bucket: values.inputFileBucket, key: values.inputFileKey, lines: [...lines] }
        await api(endpoints.putRegistrationFile, { body })
      }
      return api(endpoints.startRegistrationTask, { body: values })
    },
    onDone: ({ taskId }) => {
      from?.onBegun()
      void client.invalidateQueries({ queryKey: REGISTRATION })
      history.push(paths.registrationTask(taskId))
    },
  })
  const { inputFileBucket, inputFileKey } = form.values
  return (
    <FormDialog
      form={form}
      header={from ? `Have AWS register ${formatCounted(from.things.length, 'thing')}` : 'Start a registration task'}
      action="Start the task"
      failure="The task could not be started"
      onClose={onClose}
      whyNot={ready?.problem}
    >
      <SpaceBetween size="m">
        <span>
          {from
            ? 'The lines are put into S3 as a file, and AWS registers them by the template: one task at a time, at its own pace, each line whole or not at all. What failed is in its reports.'
            : 'AWS reads a file of JSON lines from S3, each with the parameters of one thing, and registers them by the template: one task at a time.'}
        </span>
        <TextField field={form.field('inputFileBucket')} label="Bucket" />
        <TextField field={form.field('inputFileKey')} label="Key of the file" />
        <TextField
          field={form.field('roleArn')}
          label="Role"
          placeholder={`arn:aws:iam::${session.account}:role/…`}
          description="AWS IoT assumes it: its trust policy names iot.amazonaws.com, and you need iam:PassRole for it."
        />
        <ExpandableSection headerText="What the role has to allow at least">
          <pre>{rolePolicy(inputFileBucket || 'BUCKET', inputFileKey || 'KEY')}</pre>
        </ExpandableSection>
        <TextField field={form.field('templateBody')} label="Template" rows={12} />
        {made !== undefined && <span role="status">{`${formatCounted(made, 'key is', 'keys are')} made`}</span>}
      </SpaceBetween>
    </FormDialog>
  )
}

const policyOf = ({ policy, policyName }: FlowDraft): string | undefined => (policy === 'none' ? undefined : policyName)

/** Requests are made when it is started: until then they stand in for the template. */
function inputOf(draft: FlowDraft, things: readonly PlannedThing[]): { templateBody?: string; problem?: string } {
  const requested = things.map((thing) =>
    draft.keys === 'browser' ? { ...thing, certificateSigningRequest: 'made when it is started' } : thing,
  )
  try {
    return { templateBody: taskInputOf(requested, policyOf(draft)).templateBody }
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) }
  }
}
