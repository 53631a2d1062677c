import Header from '@cloudscape-design/components/header'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { usePageChrome } from '../../shared/chrome/chrome.tsx'
import { paths } from '../../shared/paths.ts'
import type { SearchProps } from '../../shared/search-props.ts'
import { BulkChangeList } from './bulk-change-list.tsx'
import { BulkChangeView } from './bulk-change-view.tsx'
import { ChangeForm } from './change-form.tsx'
import { InterruptedNotice } from './interrupted-notice.tsx'
import type { BulkChangesSearch } from './search.ts'

/** One key of `desired`, changed on many things at once. */
export function BulkChangesPage({ search, setSearch }: SearchProps<BulkChangesSearch>) {
  usePageChrome({
    title: 'Bulk changes',
    breadcrumbs: [
      { text: 'Things', href: paths.things() },
      { text: 'Bulk changes', href: paths.bulkChanges() },
    ],
  })
  return (
    <SpaceBetween size="s">
      <Header
        variant="h1"
        description="One key of desired, on all things that you name. Everything else stays as it is."
      >
        Bulk changes
      </Header>
      <InterruptedNotice shown={search.bulkChange} />
      {search.bulkChange === undefined ? (
        <ChangeForm search={search} onStarted={(bulkChange) => setSearch({ bulkChange })} />
      ) : (
        <BulkChangeView
          key={search.bulkChange}
          bulkChangeId={search.bulkChange}
          onOpen={(bulkChange) => setSearch({ bulkChange })}
        />
      )}
      <BulkChangeList shown={search.bulkChange} />
    </SpaceBetween>
  )
}
