import SpaceBetween from '@cloudscape-design/components/space-between'
import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query'
import { endpoints, type JobTemplateSummary } from '@thingdeck/contract'
import { useState } from 'react'
import type { Action } from '../../../shared/action/action.ts'
import { api } from '../../../shared/api.ts'
import { Facts } from '../../../shared/details/facts.tsx'
import { DestroyDialog } from '../../../shared/dialog/destroy-dialog.tsx'
import { JsonEditor } from '../../../shared/editor/create-editor.tsx'
import { capitalised } from '../../../shared/format.ts'
import type { ListColumn } from '../../../shared/list/list-column.ts'
import { ListPage } from '../../../shared/list/list-page.tsx'
import { useListPageSize } from '../../../shared/list/list-preference.ts'
import type { ListSearch } from '../../../shared/list/list-search.ts'
import { pagesOf } from '../../../shared/list/list-source.ts'
import { paths } from '../../../shared/paths.ts'
import type { SearchProps } from '../../../shared/search-props.ts'
import { NameText } from '../../../shared/text/name-text.tsx'
import { visible } from '../../../shared/text/visible.tsx'
import { visibleText } from '../../../shared/text/visible-text.ts'
import { Age } from '../../../shared/time.tsx'
import { ErrorAlert } from '../../../shared/ui/error-alert.tsx'
import { Loading } from '../../../shared/ui/loading.tsx'
import { templatePagesQuery, templateQuery, templatesChanged } from '../api.ts'
import { abortInWords, retriesInWords, rolloutInWords, timeoutInWords } from '../words/config.ts'

const COLUMNS: readonly ListColumn<JobTemplateSummary>[] = [
  {
    id: 'template',
    header: 'Template',
    isRowHeader: true,
    isFixed: true,
    width: 280,
    minWidth: 160,
    cell: ({ jobTemplateId }) => <NameText text={jobTemplateId} />,
  },
  { id: 'description', header: 'Description', minWidth: 220, cell: ({ description = '–' }) => visible(description) },
  {
    id: 'created',
    header: 'Created',
    width: 140,
    cell: ({ createdAt }) => createdAt && <Age atMs={Date.parse(createdAt)} />,
  },
]

const CREATE: Action = { id: 'create', text: 'Create job', needs: 'operator', href: paths.createJob() }

const WORDS = {
  title: 'Job templates',
  one: 'template',
  many: 'templates',
  description: 'What jobs are made of again and again: a document, how it is rolled out, and what stops it.',
  empty: {
    title: 'No job templates yet',
    text: 'A job that went well can be kept as a template, on its page: the next one is then made of it with the same pace and limits.',
    action: CREATE,
  },
}

/** The job templates of the account; AWS's own are chosen where a job is made. */
export function JobTemplatesPage({ search, setSearch }: SearchProps<ListSearch>) {
  const client = useQueryClient()
  const pageSize = useListPageSize('job-templates', 25)
  const pages = useInfiniteQuery(templatePagesQuery(pageSize))
  const [deleting, setDeleting] = useState<string>()
  return (
    <>
      <ListPage
        name="job-templates"
        breadcrumbs={[
          { text: 'Jobs', href: paths.jobs() },
          { text: 'Job templates', href: paths.jobTemplates() },
        ]}
        words={WORDS}
        columns={COLUMNS}
        rowId={({ jobTemplateId }) => jobTemplateId}
        source={pagesOf(pages, ({ templates }) => templates)}
        paging="numbered"
        pageSize={pageSize}
        pageSizes={[25, 50]}
        search={search}
        setSearch={setSearch}
        selection="single"
        actions={([selected]) => [
          {
            id: 'delete',
            text: 'Delete template',
            needs: 'operator',
            whyNot: selected === undefined ? 'Select a template.' : undefined,
            onAction: () => setDeleting(selected),
          },
          {
            id: 'use',
            text: 'Create job of it',
            needs: 'operator',
            isPrimary: true,
            href: paths.createJob({ template: selected }),
            whyNot: selected === undefined ? 'Select a template.' : undefined,
          },
        ]}
        rowActions={({ jobTemplateId }) => [
          {
            id: 'use',
            text: 'Create job of it',
            needs: 'operator',
            href: paths.createJob({ template: jobTemplateId }),
          },
          { id: 'delete', text: 'Delete template', needs: 'operator', onAction: () => setDeleting(jobTemplateId) },
        ]}
        look={(jobTemplateId) => ({ header: jobTemplateId, content: <TemplateLook jobTemplateId={jobTemplateId} /> })}
      />
      {deleting !== undefined && (
        <DestroyDialog
          header={`Delete the job template ${visibleText(deleting)}?`}
          action="Delete template"
          name={deleting}
          consequences={[
            'Jobs that were made of it stay as they are, and go on.',
            'No job can be made of it any more.',
          ]}
          failure="The template could not be deleted"
          onDestroy={async () => {
            await api(endpoints.deleteJobTemplate, { params: { jobTemplateId: deleting } })
            await templatesChanged(client)
          }}
          onClose={() => setDeleting(undefined)}
        />
      )}
    </>
  )
}

function TemplateLook({ jobTemplateId }: { readonly jobTemplateId: string }) {
  const { data, error, refetch } = useQuery(templateQuery(jobTemplateId))
  if (error) return <ErrorAlert error={error} what="The template could not be read" onRetry={() => void refetch()} />
  if (!data) return <Loading what="template" />
  return (
    <SpaceBetween size="m">
      {data.document !== undefined && (
        <JsonEditor label={`Document of ${jobTemplateId}`} text={data.document} onChange={() => {}} readOnly />
      )}
      <Facts
        facts={[
          { label: 'Rollout', value: capitalised(rolloutInWords(data.jobExecutionsRolloutConfig)) },
          {
            label: 'Stops by itself',
            list: data.abortConfig?.criteriaList.map((criterion) => capitalised(abortInWords(criterion))) ?? [],
          },
          { label: 'Time-out', value: capitalised(timeoutInWords(data) ?? 'none') },
          { label: 'Retries', value: capitalised(retriesInWords(data) ?? 'none') },
          data.documentSource === undefined ? undefined : { label: 'Read from', copy: data.documentSource },
          { label: 'ARN', copy: data.jobTemplateArn },
        ]}
      />
    </SpaceBetween>
  )
}
