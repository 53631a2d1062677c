import Alert from '@cloudscape-design/components/alert'
import ExpandableSection from '@cloudscape-design/components/expandable-section'
import ProgressBar from '@cloudscape-design/components/progress-bar'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { endpoints, type RegistrationTask } from '@thingdeck/contract'
import { api } from '../../../shared/api.ts'
import { DetailsPage } from '../../../shared/details/details-page.tsx'
import { Facts } from '../../../shared/details/facts.tsx'
import { paths } from '../../../shared/paths.ts'
import type { SearchProps } from '../../../shared/search-props.ts'
import { visible } from '../../../shared/text/visible.tsx'
import { formatDateTime } from '../../../shared/time.tsx'
import { ErrorAlert } from '../../../shared/ui/error-alert.tsx'
import { REGISTRATION, taskQuery } from '../api.ts'
import type { TaskSearch } from '../search.ts'
import { ReportList } from './report-list.tsx'
import { isTaskOver, TaskStatus } from './task-words.tsx'

interface TaskPageProps extends SearchProps<TaskSearch> {
  readonly taskId: string
}

/** How far AWS is with a registration task, and what it reports. */
export function TaskPage({ taskId, search, setSearch }: TaskPageProps) {
  const query = useQuery(taskQuery(taskId))
  const client = useQueryClient()
  const stop = useMutation({
    mutationFn: () => api(endpoints.stopRegistrationTask, { params: { taskId } }),
    onSettled: () => client.invalidateQueries({ queryKey: REGISTRATION }),
  })
  const { data } = query
  return (
    <DetailsPage
      title={taskId}
      breadcrumbs={[
        { text: 'Register things', href: paths.registerThings() },
        { text: 'Registration tasks', href: paths.registrationTasks() },
        { text: taskId, href: paths.registrationTask(taskId) },
      ]}
      status={data && <Announced task={data} />}
      what="registration task"
      query={query}
      notFound="AWS knows no registration task of this id; it keeps them for 30 days"
      actions={
        data?.status === 'InProgress'
          ? [
              {
                id: 'stop',
                text: 'Stop the task',
                needs: 'admin',
                isBusy: stop.isPending,
                onAction: () => stop.mutate(),
              },
            ]
          : []
      }
      content={(task) => (
        <SpaceBetween size="l">
          {stop.error && <ErrorAlert error={stop.error} what="The task could not be stopped" />}
          {task.message !== undefined && (
            <Alert type={task.status === 'Failed' ? 'error' : 'info'}>{visible(task.message)}</Alert>
          )}
          <TaskFacts task={task} />
          {isTaskOver(task) ? (
            <ReportList task={task} search={search} setSearch={setSearch} />
          ) : (
            <Alert type="info">AWS writes its reports when the task has ended.</Alert>
          )}
        </SpaceBetween>
      )}
    />
  )
}

/** That it ended is announced; how far it is would be read out over and over. */
function Announced({ task }: { readonly task: RegistrationTask }) {
  const status = <TaskStatus task={task} />
  return <span role="status">{isTaskOver(task) ? status : <span aria-live="off">{status}</span>}</span>
}

function TaskFacts({ task }: { readonly task: RegistrationTask }) {
  return (
    <SpaceBetween size="m">
      {!isTaskOver(task) && <ProgressBar ariaLabel="Progress of the task" value={task.percentageProgress} />}
      <Facts
        facts={[
          {
            label: 'Begun',
            value: task.createdAt === undefined ? undefined : formatDateTime(Date.parse(task.createdAt)),
          },
          { label: 'File', copy: `s3://${task.inputFileBucket}/${task.inputFileKey}` },
          { label: 'Role', copy: task.roleArn },
        ]}
      />
      <ExpandableSection headerText="Template">
        <pre>{task.templateBody}</pre>
      </ExpandableSection>
    </SpaceBetween>
  )
}
