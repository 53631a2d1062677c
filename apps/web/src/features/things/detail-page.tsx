import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { DetailsPage } from '../../shared/details/details-page.tsx'
import type { Parts } from '../../shared/feature/parts.ts'
import { DebugClientDialog } from '../../shared/iot-logs/debug-client-dialog.tsx'
import { paths } from '../../shared/paths.ts'
import type { SearchProps } from '../../shared/search-props.ts'
import { thingDetailsQuery } from './api.ts'
import { DeleteThingDialog } from './components/delete-thing-dialog.tsx'
import { ThingHeader } from './components/thing-header.tsx'
import { ThingOverview } from './components/thing-overview.tsx'
import type { ThingSearch } from './search.ts'

interface ThingPageProps extends SearchProps<ThingSearch>, Pick<Parts, 'thingTabs'> {
  readonly thingName: string
}

export function ThingPage({ thingName, search, setSearch, thingTabs }: ThingPageProps) {
  const [isDebugging, setDebugging] = useState(false)
  const [isDeleting, setDeleting] = useState(false)
  const query = useQuery(thingDetailsQuery(thingName))
  return (
    <>
      <DetailsPage
        title={thingName}
        breadcrumbs={[
          { text: 'Things', href: paths.things() },
          { text: thingName, href: paths.thing(thingName) },
        ]}
        status={query.data && <ThingHeader details={query.data} />}
        actions={[
          { id: 'debug', text: 'Debug for 15 minutes', needs: 'operator', onAction: () => setDebugging(true) },
          { id: 'shadow', text: 'Open shadow', href: paths.shadow(thingName) },
          { id: 'like', text: 'Create one like it', needs: 'admin', href: paths.createThing({ like: thingName }) },
          {
            id: 'delete',
            text: 'Delete thing',
            needs: 'admin',
            whyNot: query.error && !query.data ? 'It could not be read.' : undefined,
            onAction: () => setDeleting(true),
          },
        ]}
        what="thing"
        query={query}
        notFound={`The registry knows no thing named ${thingName}`}
        tabs={[
          { id: 'overview', label: 'Overview', content: (details) => <ThingOverview details={details} /> },
          ...thingTabs.map(({ id, label, Content }) => ({
            id,
            label,
            content: <Content thingName={thingName} search={search} setSearch={setSearch} />,
          })),
        ]}
        search={search}
        setSearch={setSearch}
      />
      {isDebugging && <DebugClientDialog clientId={thingName} onClose={() => setDebugging(false)} />}
      {isDeleting && <DeleteThingDialog thingName={thingName} onClose={() => setDeleting(false)} />}
    </>
  )
}
