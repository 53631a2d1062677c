import Container from '@cloudscape-design/components/container'
import Header from '@cloudscape-design/components/header'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useQuery } from '@tanstack/react-query'
import type { ThingDetail } from '@thingdeck/contract'
import { useState } from 'react'
import { ActionButtons } from '../../shared/action/action-buttons.tsx'
import { DetailsPage } from '../../shared/details/details-page.tsx'
import type { Parts } from '../../shared/feature/parts.ts'
import { DebugClientDialog } from '../../shared/iot-logs/debug-client-dialog.tsx'
import { RunningDebugs } from '../../shared/iot-logs/running-debugs.tsx'
import { paths } from '../../shared/paths.ts'
import type { SearchProps } from '../../shared/search-props.ts'
import { thingQuery } from './api.ts'
import { Certificates } from './components/certificates.tsx'
import { ConnectionFacts } from './components/connection-facts.tsx'
import { ConnectionIndicator } from './components/connection-indicator.tsx'
import { ThingFacts } from './components/thing-facts.tsx'
import type { ThingSearch } from './search.ts'

interface ThingPageProps extends SearchProps<ThingSearch>, Pick<Parts, 'thingTabs'> {
  readonly thingName: string
}

export function ThingPage({ thingName, search, setSearch, thingTabs }: ThingPageProps) {
  const [isDebugging, setDebugging] = useState(false)
  return (
    <>
      <DetailsPage
        title={thingName}
        breadcrumbs={[
          { text: 'Things', href: paths.things() },
          { text: thingName, href: paths.thing(thingName) },
        ]}
        status={<ConnectionIndicator thingName={thingName} />}
        actions={[
          { id: 'debug', text: 'Debug for 15 minutes', needs: 'operator', onAction: () => setDebugging(true) },
          { id: 'shadow', text: 'Open shadow', href: paths.shadow(thingName) },
        ]}
        what="thing"
        query={useQuery(thingQuery(thingName))}
        notFound={`The registry knows no thing named ${thingName}`}
        tabs={[
          { id: 'overview', label: 'Overview', content: (thing) => <Overview thing={thing} /> },
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
    </>
  )
}

function Overview({ thing }: { readonly thing: ThingDetail }) {
  return (
    <SpaceBetween size="m">
      <RunningDebugs clientId={thing.thingName} />
      <Container header={<Header variant="h2">Registry</Header>}>
        <ThingFacts thing={thing} />
      </Container>
      <Container header={<Header variant="h2">Connection</Header>}>
        <ConnectionFacts thingName={thing.thingName} />
      </Container>
      <Container
        header={
          <Header
            variant="h2"
            counter={`(${thing.principals.length})`}
            description="Who may act as this thing, until when, and by which policies."
            actions={
              <ActionButtons
                actions={[
                  {
                    id: 'create-certificate',
                    text: 'Create certificate',
                    needs: 'admin',
                    href: paths.createCertificate({ thing: thing.thingName }),
                  },
                ]}
              />
            }
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
