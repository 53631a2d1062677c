import Box from '@cloudscape-design/components/box'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useCallback, useEffect, useRef, useState } from 'react'
import { createEditor, JsonEditor } from '../../../shared/editor/create-editor.tsx'
import type { TextCheck } from '../../../shared/editor/text-problem.ts'
import { FieldRow, RadioField, SelectField, TextField } from '../../../shared/form/fields.tsx'
import { OneFile } from '../../../shared/form/one-file.tsx'
import type { Form } from '../../../shared/form/use-form.ts'
import { IotRoleField } from '../../../shared/iot-roles/role-field.tsx'
import { ErrorAlert } from '../../../shared/ui/error-alert.tsx'
import { Loading } from '../../../shared/ui/loading.tsx'
import { managedTemplateQuery, managedTemplatesQuery, templatePagesQuery, templateQuery } from '../api.ts'
import { documentProblems } from './document-problems.ts'
import type { JobValues } from './job-values.ts'
import { packagePlaceholders } from './package-placeholders.ts'
import { PackageVersionsField } from './package-versions-field.tsx'
import { useDestinationFacts } from './use-destination-facts.ts'
import { valuesOfTemplate } from './values-from.ts'

const SOURCES = [
  { value: 'document', label: 'Written here, or from a file' },
  { value: 'template', label: 'A job template of the account', description: 'With its rollout, limits and time-out.' },
  {
    value: 'managed',
    label: "One of AWS's own templates",
    description: 'For devices that run the AWS IoT Device Client, or obey the same words.',
  },
  { value: 's3', label: 'A file in S3', description: 'AWS reads it once, when the job is made.' },
] as const

/** What the devices are told. */
export function DocumentStep({ form }: { readonly form: Form<JobValues> }) {
  const { source } = form.values
  return (
    <SpaceBetween size="l">
      <PackageVersionsField form={form} />
      <RadioField field={form.field('source')} label="What they are to do" options={SOURCES} />
      {source === 'document' && <WrittenDocument form={form} />}
      {source === 'template' && <OwnTemplate form={form} />}
      {source === 'managed' && <ManagedTemplate form={form} />}
      {source === 's3' && (
        <TextField
          field={form.field('documentSource')}
          label="Address in S3"
          placeholder="https://BUCKET.s3.REGION.amazonaws.com/KEY"
        />
      )}
      {source !== 'managed' && (
        <>
          <IotRoleField
            field={form.field('roleArn')}
            label="Role for presigned URLs"
            description="Only for documents with presigned URLs of S3: AWS IoT makes them by this role whenever a device asks."
          />
          {form.values.roleArn !== '' && (
            <TextField
              field={form.field('expiresInSec')}
              label="They are good for, in seconds"
              placeholder="3600"
              constraint="60 to 3,600. Long enough for the slowest device to fetch the file."
              inputMode="numeric"
            />
          )}
        </>
      )}
    </SpaceBetween>
  )
}

function WrittenDocument({ form }: { readonly form: Form<JobValues> }) {
  const field = form.field('document')
  const { packageVersions, roleArn } = form.values
  const hasRole = roleArn !== ''
  const facts = useDestinationFacts(packageVersions)
  const known = useRef(facts)
  useEffect(() => {
    known.current = facts
  })
  // An editor of its own: what it completes is of this one job.
  const [{ Editor }] = useState(() =>
    createEditor({
      load: async () =>
        (await import('./job-document-extension.ts')).jobDocumentExtension(() => packagePlaceholders(known.current)),
    }),
  )
  const check = useCallback<TextCheck>(
    (text) => documentProblems(text, { hasRole, packageVersions, facts }),
    [hasRole, packageVersions, facts],
  )
  return (
    <FieldRow
      field={field}
      label="Document"
      description="JSON, as the program on the device understands it. Type $ for what AWS puts in for each device."
    >
      <SpaceBetween size="xs">
        <Editor label="Document" text={field.value} onChange={field.set} check={check} />
        <OneFile
          text="From a file"
          accept=".json,application/json"
          onFile={async (file) => field.set(await file.text())}
        />
      </SpaceBetween>
    </FieldRow>
  )
}

function OwnTemplate({ form }: { readonly form: Form<JobValues> }) {
  const pages = useInfiniteQuery(templatePagesQuery(250))
  const { template } = form.values
  const chosen = useQuery({ ...templateQuery(template), enabled: template !== '' })
  // What it says of rollout and limits is put into the next step once, when it is chosen: AWS takes what the job says first.
  const [taking, setTaking] = useState<string>()
  const { change } = form
  const { data: taken } = chosen
  useEffect(() => {
    if (taken === undefined || taken.jobTemplateId !== taking) return
    setTaking(undefined)
    change(valuesOfTemplate(taken))
  }, [taken, taking, change])
  const templates = pages.data?.pages.flatMap((page) => page.templates) ?? []
  const field = form.field('template')
  if (pages.error) return <ErrorAlert error={pages.error} what="The templates could not be listed" />
  return (
    <SpaceBetween size="m">
      <SelectField
        field={{
          ...field,
          set: (name) => {
            setTaking(name)
            form.change({
              template: name,
              templateArn: templates.find(({ jobTemplateId }) => jobTemplateId === name)?.jobTemplateArn ?? '',
            })
          },
        }}
        label="Template"
        description={templates.length === 0 && pages.data ? 'There is none yet: a job can be kept as one.' : undefined}
        options={templates.map(({ jobTemplateId, description }) => ({
          value: jobTemplateId,
          label: jobTemplateId,
          ...(description !== undefined && { description }),
        }))}
      />
      {chosen.error && <ErrorAlert error={chosen.error} what="The template could not be read" />}
      {chosen.data && (
        <Box color="text-body-secondary">
          Its rollout and limits stand in the next step, where they can be changed for this job.
        </Box>
      )}
      {chosen.data?.document !== undefined && (
        <JsonEditor label="Document of the template" text={chosen.data.document} onChange={() => {}} readOnly />
      )}
    </SpaceBetween>
  )
}

function ManagedTemplate({ form }: { readonly form: Form<JobValues> }) {
  const list = useQuery(managedTemplatesQuery)
  const { managed, parameters } = form.values
  const chosen = useQuery({ ...managedTemplateQuery(managed), enabled: managed !== '' })
  const field = form.field('managed')
  const given = form.field('parameters')
  if (list.error) return <ErrorAlert error={list.error} what="AWS's templates could not be listed" />
  return (
    <SpaceBetween size="m">
      <SelectField
        field={{
          ...field,
          set: (name) =>
            form.change({
              managed: name,
              managedArn: list.data?.templates.find(({ templateName }) => templateName === name)?.templateArn ?? '',
              parameters: {},
            }),
        }}
        label="Template"
        options={(list.data?.templates ?? []).map(({ templateName, description }) => ({
          value: templateName,
          label: templateName,
          ...(description !== undefined && { description }),
        }))}
      />
      {managed !== '' && !chosen.data && !chosen.error && <Loading what="template" />}
      {chosen.data?.documentParameters.map(({ key, description, example, optional }) => (
        <TextField
          key={key}
          field={{
            ...given,
            name: key,
            value: parameters[key] ?? '',
            limits: undefined,
            error: given.error !== undefined && !optional && (parameters[key] ?? '') === '' ? given.error : undefined,
            set: (value) => given.set({ ...parameters, [key]: value }),
          }}
          label={optional ? `${key} (optional)` : key}
          {...(description !== undefined && { description })}
          {...(example !== undefined && { placeholder: example })}
        />
      ))}
      {chosen.data?.document !== undefined && (
        <JsonEditor label="Document of the template" text={chosen.data.document} onChange={() => {}} readOnly />
      )}
    </SpaceBetween>
  )
}
