import Link from '@cloudscape-design/components/link'
import { useQueryClient } from '@tanstack/react-query'
import { endpoints, type Job, JobTemplateId } from '@thingdeck/contract'
import { api } from '../../../shared/api.ts'
import { useFlash } from '../../../shared/flash/flash.tsx'
import { TextField } from '../../../shared/form/fields.tsx'
import { FormDialog } from '../../../shared/form/form-dialog.tsx'
import { limitsOf } from '../../../shared/form/text-limits.ts'
import { useForm } from '../../../shared/form/use-form.ts'
import { paths } from '../../../shared/paths.ts'
import { visibleText } from '../../../shared/text/visible-text.ts'
import { templatesChanged } from '../api.ts'

interface KeepTemplateDialogProps {
  readonly job: Job
  readonly onClose: () => void
}

/** Keeps what a job is made of, for the next ones; AWS takes document and settings from the job itself. */
export function KeepTemplateDialog({ job: { jobId, jobArn, description }, onClose }: KeepTemplateDialogProps) {
  const client = useQueryClient()
  const { flash } = useFlash()
  const form = useForm({
    initial: { jobTemplateId: jobId, description: description ?? '' },
    limits: {
      jobTemplateId: limitsOf(JobTemplateId, 'letters, digits and _ -'),
      description: { isRequired: true, maxLength: 2_028 },
    },
    fieldsOfCodes: { ConflictException: 'jobTemplateId' },
    submit: (values) => api(endpoints.createJobTemplate, { body: { ...values, jobArn } }),
    onDone: ({ jobTemplateId }) => {
      void templatesChanged(client)
      flash({
        id: `template ${jobTemplateId}`,
        type: 'success',
        header: `The job template ${visibleText(jobTemplateId)} is kept`,
        content: <Link href={paths.jobTemplates({ look: jobTemplateId })}>Show it</Link>,
      })
      onClose()
    },
  })
  return (
    <FormDialog
      form={form}
      header={`Keep the job ${visibleText(jobId)} as a template`}
      action="Keep as template"
      failure="The template could not be made"
      onClose={onClose}
    >
      <TextField field={form.field('jobTemplateId')} label="Id of the template" />
      <TextField field={form.field('description')} label="Description" rows={2} />
    </FormDialog>
  )
}
