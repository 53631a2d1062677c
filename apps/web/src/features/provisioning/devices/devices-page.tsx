import SpaceBetween from '@cloudscape-design/components/space-between'
import { usePageChrome } from '../../../shared/chrome/chrome.tsx'
import { PageHeader } from '../../../shared/help/page-header.tsx'
import { paths } from '../../../shared/paths.ts'
import type { SearchProps } from '../../../shared/search-props.ts'
import type { TimeRange } from '../../../shared/time-range.ts'
import { ProvisionedList } from './provisioned-list.tsx'

const NO_CLAIMS: readonly string[] = []

/** The same of all templates, and of those that devices name and that are not there. */
export function ProvisionedDevicesPage({ search, setSearch }: SearchProps<TimeRange>) {
  usePageChrome({
    title: 'Provisioned lately',
    breadcrumbs: [
      { text: 'Provisioning', href: paths.provisioningTemplates() },
      { text: 'Provisioned lately', href: paths.provisionedDevices() },
    ],
  })
  return (
    <SpaceBetween size="m">
      <PageHeader description="By any template. Claims that were not let in are on the pages of their templates, and among the refusals.">
        Provisioned lately
      </PageHeader>
      <ProvisionedList claimIds={NO_CLAIMS} range={search} onRange={setSearch} />
    </SpaceBetween>
  )
}
