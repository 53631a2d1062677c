import { endpoints, type Job } from '@thingdeck/contract'
import { api } from '../../../shared/api.ts'
import { FieldRow, TextField } from '../../../shared/form/fields.tsx'
import { FormDialog } from '../../../shared/form/form-dialog.tsx'
import { useForm } from '../../../shared/form/use-form.ts'
import { ThingGroupPicker } from '../../../shared/pickers/thing-group-picker.tsx'
import { visibleText } from '../../../shared/text/visible-text.ts'
import { targetOf } from '../words/targets.ts'

interface WidenDialogProps {
  readonly job: Job
  readonly onWidened: () => void
  readonly onClose: () => void
}

/** A further group for a continuous job: all that are in it are given the job. */
export function WidenDialog({ job: { jobId, targets }, onWidened, onClose }: WidenDialogProps) {
  const form = useForm({
    initial: { thingGroupName: '', comment: '' },
    limits: { thingGroupName: { isRequired: true, maxLength: 128 }, comment: { maxLength: 2_028 } },
    rules: {
      thingGroupName: (name) =>
        targets.map(targetOf).some((target) => target.kind === 'group' && target.name === name)
          ? 'It is among the targets already.'
          : undefined,
    },
    submit: ({ thingGroupName, comment }) =>
      api(endpoints.associateTargetsWithJob, {
        params: { jobId },
        body: { thingGroupNames: [thingGroupName], ...(comment !== '' && { comment }) },
      }),
    onDone: () => {
      onWidened()
      onClose()
    },
  })
  const group = form.field('thingGroupName')
  return (
    <FormDialog
      form={form}
      header={`Add a group to the job ${visibleText(jobId)}`}
      action="Add group"
      failure="The group could not be added"
      onClose={onClose}
    >
      <FieldRow
        field={group}
        label="Thing group"
        description="All things in it, and those that join it later, are given the job at its pace. A group cannot be taken from a job again."
      >
        <ThingGroupPicker value={group.value} onChange={group.set} onBlur={group.leave} />
      </FieldRow>
      <TextField field={form.field('comment')} label="Comment" />
    </FormDialog>
  )
}
