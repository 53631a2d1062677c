import Alert from '@cloudscape-design/components/alert'
import Container from '@cloudscape-design/components/container'
import Header from '@cloudscape-design/components/header'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useQueryClient } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { endpoints, type Job, type JobSettings } from '@thingdeck/contract'
import { useState } from 'react'
import { api } from '../../../shared/api.ts'
import { serverNow } from '../../../shared/clock/server-clock.ts'
import { Consequences } from '../../../shared/dialog/consequences.tsx'
import { useFlash } from '../../../shared/flash/flash.tsx'
import { CheckField, TextField } from '../../../shared/form/fields.tsx'
import { Form } from '../../../shared/form/form.tsx'
import { useForm } from '../../../shared/form/use-form.ts'
import { IotRoleField } from '../../../shared/iot-roles/role-field.tsx'
import { paths } from '../../../shared/paths.ts'
import { useWhyNot } from '../../../shared/session/session.tsx'
import { visibleText } from '../../../shared/text/visible-text.ts'
import { isOver, jobsChanged } from '../api.ts'
import { JOB_LIMITS } from '../create/job-rules.ts'
import type { JobValues } from '../create/job-values.ts'
import { AbortsField, PaceFields } from '../create/pace-fields.tsx'
import { retriesInWords } from '../words/config.ts'
import { changeInWords, changeOf, editRules, editValuesOf, hasRetries, retriesNoMore } from './job-change.ts'

/** What of a job may be changed while it goes on, and what each change means for those under way. */
export function EditJobForm({ job }: { readonly job: Job }) {
  const { jobId } = job
  const [opened] = useState(job)
  const { history } = useRouter()
  const { flash } = useFlash()
  const client = useQueryClient()
  const mayNot = useWhyNot('operator')
  const form = useForm<JobValues, JobSettings>({
    initial: editValuesOf(opened),
    limits: { ...(JOB_LIMITS.description && { description: JOB_LIMITS.description }) },
    rules: editRules(opened, serverNow),
    submit: (values) => api(endpoints.updateJob, { params: { jobId }, body: changeOf(opened, values) }),
    onDone: () => {
      void jobsChanged(client)
      flash({ id: `edit job ${jobId}`, type: 'success', header: `The job ${visibleText(jobId)} was changed` })
      history.push(paths.job(jobId, { tab: 'settings' }))
    },
  })
  const change = changeOf(opened, form.values)
  const words = form.isValid ? changeInWords(job, change) : []
  const { retryFailed, retryTimedOut } = editValuesOf(opened)
  const noRetries = {
    ...form.field('retryFailed'),
    value: retriesNoMore(opened, form.values),
    set: (isOff: boolean) =>
      form.change(isOff ? { retryFailed: '0', retryTimedOut: '0' } : { retryFailed, retryTimedOut }),
  }
  return (
    <Form
      form={form}
      action="Save job"
      failure="The job could not be changed"
      unsaved="the changes of the job"
      cancelHref={paths.job(jobId)}
      whyNot={
        mayNot ??
        (isOver(job.status) ? 'The job is over: nothing would go on otherwise.' : undefined) ??
        (Object.keys(change).length === 0 ? 'Nothing is changed.' : undefined)
      }
      isBare
    >
      {settingsText(job) !== settingsText(opened) && (
        <Alert type="warning" header="Somebody has changed the job meanwhile">
          What you do not change here stays as they have set it; what you change replaces theirs.
        </Alert>
      )}
      <Container header={<Header variant="h2">For people</Header>}>
        <TextField field={form.field('description')} label="Description" />
      </Container>
      <Container
        header={
          <Header variant="h2" description="For devices that have not been told yet.">
            How fast
          </Header>
        }
      >
        <PaceFields form={form} />
      </Container>
      <Container header={<Header variant="h2">What stops it, and how long a device has</Header>}>
        <SpaceBetween size="l">
          <AbortsField form={form} />
          <TextField
            field={form.field('timeout')}
            label="Time-out, in minutes"
            constraint="From when a device begins. Devices in the middle keep the one that they began with."
            placeholder="none"
            inputMode="numeric"
          />
          {hasRetries(opened) && (
            <CheckField field={noRetries} description={`Now: ${retriesInWords(opened) ?? 'none'}.`}>
              Retry no more
            </CheckField>
          )}
        </SpaceBetween>
      </Container>
      <Container
        header={
          <Header variant="h2" description="By which AWS IoT lets devices fetch and put files of S3.">
            Presigned URLs
          </Header>
        }
      >
        <SpaceBetween size="l">
          <IotRoleField field={form.field('roleArn')} label="Role for presigned URLs" />
          {form.values.roleArn !== '' && (
            <TextField
              field={form.field('expiresInSec')}
              label="They are good for, in seconds"
              placeholder="3600"
              constraint="60 to 3,600."
              inputMode="numeric"
            />
          )}
        </SpaceBetween>
      </Container>
      {words.length > 0 && (
        <Container header={<Header variant="h2">What changes</Header>}>
          <Consequences list={words} />
        </Container>
      )}
    </Form>
  )
}

/** What may be changed, to be compared. */
const settingsText = (job: Job): string => {
  const { description, presignedUrlConfig, jobExecutionsRolloutConfig, abortConfig, timeoutConfig } = job
  return JSON.stringify([
    description,
    presignedUrlConfig,
    jobExecutionsRolloutConfig,
    abortConfig,
    timeoutConfig,
    job.jobExecutionsRetryConfig,
  ])
}
