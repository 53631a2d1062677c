import Link from '@cloudscape-design/components/link'
import { useInfiniteQuery } from '@tanstack/react-query'
import type { RegistrationTask } from '@thingdeck/contract'
import { useState } from 'react'
import type { ListColumn } from '../../../shared/list/list-column.ts'
import { ListPage } from '../../../shared/list/list-page.tsx'
import type { ListWords } from '../../../shared/list/list-props.ts'
import type { ListSearch } from '../../../shared/list/list-search.ts'
import { pagesOf } from '../../../shared/list/list-source.ts'
import { paths } from '../../../shared/paths.ts'
import type { SearchProps } from '../../../shared/search-props.ts'
import { visible } from '../../../shared/text/visible.tsx'
import { formatDateTime } from '../../../shared/time.tsx'
import { taskPagesQuery } from '../api.ts'
import { TaskDialog } from '../components/task-dialog.tsx'
import { TaskStatus } from './task-words.tsx'

/** AWS lists ids alone, and each is asked for. */
const ROWS = 10

const COLUMNS: readonly ListColumn<RegistrationTask>[] = [
  {
    id: 'task',
    header: 'Task',
    isRowHeader: true,
    isFixed: true,
    width: 320,
    cell: ({ taskId }) => <Link href={paths.registrationTask(taskId)}>{taskId}</Link>,
  },
  {
    id: 'begun',
    header: 'Begun',
    width: 190,
    cell: ({ createdAt }) => (createdAt === undefined ? '–' : formatDateTime(Date.parse(createdAt))),
  },
  {
    id: 'file',
    header: 'File',
    width: 280,
    cell: ({ inputFileBucket, inputFileKey }) => visible(`s3://${inputFileBucket}/${inputFileKey}`),
  },
  { id: 'status', header: 'How far', minWidth: 280, cell: (task) => <TaskStatus task={task} /> },
]

const WORDS: ListWords = {
  title: 'Registration tasks',
  one: 'registration task',
  many: 'registration tasks',
  description: 'Files of things that AWS registers by itself, by a template. AWS keeps them for 30 days.',
  empty: {
    title: 'No registration tasks',
    text: 'A task registers the things of a file in S3, at the pace of AWS: for tens of thousands of things, or where the console is not to do it. For up to 10,000, Register things says more.',
  },
}

export function TaskListPage({ search, setSearch }: SearchProps<ListSearch>) {
  const pages = useInfiniteQuery(taskPagesQuery(ROWS))
  const [isStarting, setStarting] = useState(false)
  return (
    <>
      <ListPage
        name="registration-tasks"
        breadcrumbs={[
          { text: 'Register things', href: paths.registerThings() },
          { text: 'Registration tasks', href: paths.registrationTasks() },
        ]}
        words={WORDS}
        columns={COLUMNS}
        rowId={({ taskId }) => taskId}
        source={pagesOf(pages, ({ tasks }) => tasks)}
        paging="endless"
        isNewestFirst
        search={search}
        setSearch={setSearch}
        actions={() => [
          { id: 'register', text: 'Register things from a file', href: paths.registerThings() },
          {
            id: 'start',
            text: 'Start registration task',
            needs: 'admin',
            isPrimary: true,
            onAction: () => setStarting(true),
          },
        ]}
      />
      {isStarting && <TaskDialog onClose={() => setStarting(false)} />}
    </>
  )
}
