import Header from '@cloudscape-design/components/header'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { usePageChrome } from '../../../shared/chrome/chrome.tsx'
import { paths } from '../../../shared/paths.ts'
import type { SearchProps } from '../../../shared/search-props.ts'
import '../shadow.css'
import { ChangeForm } from './change-form.tsx'
import { JobList } from './job-list.tsx'
import { JobView } from './job-view.tsx'
import type { ManyShadowsSearch } from './search.ts'

/** One key of `desired`, changed on many things at once. */
export function ManyShadowsPage({ search, setSearch }: SearchProps<ManyShadowsSearch>) {
  usePageChrome({
    title: 'Change many shadows',
    breadcrumbs: [
      { text: 'Things', href: paths.things() },
      { text: 'Change many shadows', href: paths.manyShadows() },
    ],
  })
  return (
    <SpaceBetween size="s">
      <Header
        variant="h1"
        description="One key of desired, on all things that you name. Everything else stays as it is."
      >
        Change many shadows
      </Header>
      {search.job === undefined ? (
        <ChangeForm search={search} onStarted={(job) => setSearch({ job })} />
      ) : (
        <JobView key={search.job} jobId={search.job} onOpen={(job) => setSearch({ job })} />
      )}
      <JobList shown={search.job} onOpen={(job) => setSearch({ job })} />
    </SpaceBetween>
  )
}
