import Alert from '@cloudscape-design/components/alert'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { usePageChrome } from '../../../shared/chrome/chrome.tsx'
import { PageHeader } from '../../../shared/help/page-header.tsx'
import { paths } from '../../../shared/paths.ts'
import type { SearchProps } from '../../../shared/search-props.ts'
import { EXECUTION_COLUMNS, ExecutionList, FILTER_OF_ALL } from '../components/execution-list.tsx'
import type { ExecutionsSearch } from '../search.ts'

/** What was sent to a device, whatever it was; or of a command, to whomever. */
export function CommandExecutionsPage({ search, setSearch }: SearchProps<ExecutionsSearch>) {
  usePageChrome({
    title: 'Sent commands',
    breadcrumbs: [
      { text: 'Commands', href: paths.commands() },
      { text: 'Sent commands', href: paths.commandExecutions() },
    ],
  })
  const isNamed = [search.thing, search.client, search.command].some((each) => each !== undefined)
  return (
    <SpaceBetween size="s">
      <PageHeader description="What devices were told, and what they answered. AWS remembers it for six months.">
        Sent commands
      </PageHeader>
      <ExecutionList
        name="sent-commands"
        words={{
          title: 'Executions',
          one: 'execution',
          many: 'executions',
          empty: isNamed
            ? { title: 'Nothing was sent', text: 'Not to this device, and not within the time that AWS remembers.' }
            : { title: 'Whose?', text: 'Name a thing, a client id or a command in the filter.' },
        }}
        filter={FILTER_OF_ALL}
        placeholder="Thing, client id, command or state"
        columns={EXECUTION_COLUMNS}
        actions={[
          {
            id: 'send',
            text: 'Send command',
            needs: 'operator',
            isPrimary: true,
            href: paths.sendCommand({ thing: search.thing, client: search.client, command: search.command }),
          },
        ]}
        {...(!isNamed && {
          notice: (
            <Alert type="info">
              AWS lists what was sent to one device, or of one command: name a thing, a client id or a command above.
            </Alert>
          ),
        })}
        search={search}
        setSearch={setSearch}
      />
    </SpaceBetween>
  )
}
