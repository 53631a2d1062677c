import SpaceBetween from '@cloudscape-design/components/space-between'
import { useQuery } from '@tanstack/react-query'
import { ActionButtons } from '../../shared/action/action-buttons.tsx'
import { usePageChrome } from '../../shared/chrome/chrome.tsx'
import { PageHeader } from '../../shared/help/page-header.tsx'
import { paths } from '../../shared/paths.ts'
import type { SearchProps } from '../../shared/search-props.ts'
import { visible } from '../../shared/text/visible.tsx'
import { visibleText } from '../../shared/text/visible-text.ts'
import { traceQuery } from './api.ts'
import { TraceView } from './components/trace-view.tsx'
import type { TraceSearch } from './search.ts'

/** Everything that one request caused, by its trace id. */
export function TracePage({ traceId, search, setSearch }: SearchProps<TraceSearch> & { readonly traceId: string }) {
  const query = useQuery(traceQuery(traceId, search))
  const title = `Trace ${visibleText(traceId.slice(0, 8))}`
  usePageChrome({
    title,
    breadcrumbs: [
      { text: 'Logs', href: paths.logs() },
      { text: title, href: paths.trace(traceId, search) },
    ],
  })
  return (
    <SpaceBetween size="m">
      <PageHeader
        description={
          <>
            Exact: all of it has the trace id <span className="td-mono">{visible(traceId)}</span>.
          </>
        }
        actions={
          <ActionButtons
            actions={[{ id: 'logs', text: 'Show in the logs', href: paths.logs({ trace: traceId, last: '24h' }) }]}
          />
        }
      >
        {title}
      </PageHeader>
      <TraceView
        query={query}
        onWiden={search.at !== undefined && search.wide === undefined ? () => setSearch({ wide: '1' }) : undefined}
      />
    </SpaceBetween>
  )
}
