import Button from '@cloudscape-design/components/button'
import Container from '@cloudscape-design/components/container'
import Header from '@cloudscape-design/components/header'
import SpaceBetween from '@cloudscape-design/components/space-between'
import Tabs from '@cloudscape-design/components/tabs'
import { useQuery } from '@tanstack/react-query'
import type { ThingDetail } from '@thingdeck/contract'
import { usePageChrome } from '../../shared/chrome/chrome.tsx'
import type { Parts } from '../../shared/feature/parts.ts'
import { ApiError } from '../../shared/http.ts'
import { paths, THING_TABS } from '../../shared/paths.ts'
import type { SearchProps } from '../../shared/search-props.ts'
import { ErrorAlert } from '../../shared/ui/error-alert.tsx'
import { Loading } from '../../shared/ui/loading.tsx'
import { thingQuery } from './api.ts'
import { Certificates } from './components/certificates.tsx'
import { ConnectionIndicator } from './components/connection-indicator.tsx'
import { ThingFacts } from './components/thing-facts.tsx'
import type { ThingSearch } from './search.ts'

interface ThingPageProps extends SearchProps<ThingSearch>, Pick<Parts, 'thingTabs'> {
  readonly thingName: string
}

export function ThingPage({ thingName, search, setSearch, thingTabs }: ThingPageProps) {
  usePageChrome({
    title: thingName,
    breadcrumbs: [
      { text: 'Things', href: paths.things() },
      { text: thingName, href: paths.thing(thingName) },
    ],
  })
  const { data, error, refetch } = useQuery(thingQuery(thingName))
  const gone = error instanceof ApiError && error.status === 404

  return (
    <SpaceBetween size="s">
      <Header
        variant="h1"
        description={gone ? undefined : <ConnectionIndicator thingName={thingName} />}
        actions={<Button href={paths.shadow(thingName)}>Open shadow</Button>}
      >
        {thingName}
      </Header>
      {error && (
        <ErrorAlert
          error={error}
          what={gone ? `The registry knows no thing named ${thingName}` : 'The thing could not be read'}
          onRetry={() => void refetch()}
        />
      )}
      <Tabs
        ariaLabel={`About ${thingName}`}
        activeTabId={search.tab ?? 'overview'}
        onChange={({ detail }) => setSearch({ tab: THING_TABS.find((tab) => tab === detail.activeTabId) })}
        tabs={[
          {
            id: 'overview',
            label: 'Overview',
            content: data ? <Overview thing={data} /> : !error && <Loading what="thing" />,
          },
          ...thingTabs.map(({ id, label, Content }) => ({
            id,
            label,
            content: <Content thingName={thingName} search={search} setSearch={setSearch} />,
          })),
        ]}
      />
    </SpaceBetween>
  )
}

function Overview({ thing }: { readonly thing: ThingDetail }) {
  return (
    <SpaceBetween size="m">
      <Container header={<Header variant="h2">Registry</Header>}>
        <ThingFacts thing={thing} columns={3} />
      </Container>
      <Container
        header={
          <Header
            variant="h2"
            counter={`(${thing.principals.length})`}
            description="Who may act as this thing, until when, and by which policies."
          >
            Certificates and identities
          </Header>
        }
      >
        <Certificates thing={thing} />
      </Container>
    </SpaceBetween>
  )
}
