import Box from '@cloudscape-design/components/box'
import Container from '@cloudscape-design/components/container'
import Header from '@cloudscape-design/components/header'
import Select, { type SelectProps } from '@cloudscape-design/components/select'
import SpaceBetween from '@cloudscape-design/components/space-between'
import StatusIndicator from '@cloudscape-design/components/status-indicator'
import { useQuery } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import type { Shadow } from '@thingdeck/shadows'
import type { ReactNode } from 'react'
import { usePageChrome } from '../../shared/chrome/chrome.tsx'
import { paths } from '../../shared/paths.ts'
import { ErrorAlert } from '../../shared/ui/error-alert.tsx'
import { Loading } from '../../shared/ui/loading.tsx'
import { shadowListQuery } from './api.ts'
import { DesiredEditor } from './components/desired-editor.tsx'
import { StateTable } from './components/state-table.tsx'
import { type ShadowAddress, shadowTitle } from './model/address.ts'
import { stateRows } from './model/rows.ts'
import { useShadow } from './use-shadow.ts'

interface ShadowPageProps extends ShadowAddress {
  /** How the device's connection stands: another feature knows. */
  readonly connection: ReactNode
}

export function ShadowPage({ thingName, shadowName, connection }: ShadowPageProps) {
  const address = { thingName, shadowName }
  usePageChrome({
    title: `${shadowTitle(address)} of ${thingName}`,
    breadcrumbs: [
      { text: 'Things', href: paths.things() },
      { text: thingName, href: paths.thing(thingName) },
      { text: shadowTitle(address), href: paths.shadow(thingName, shadowName) },
    ],
  })
  const { shadow, error, isLive, reload } = useShadow(address)

  return (
    <SpaceBetween size="s">
      <Header
        variant="h1"
        description={connection}
        actions={<ShadowSelect thingName={thingName} shadowName={shadowName} />}
      >
        Shadow of {thingName}
      </Header>
      {error && <ErrorAlert error={error} what="The shadow could not be read" onRetry={reload} />}
      {shadow === undefined && !error && <Loading what="shadow" />}
      {shadow !== undefined && (
        <SpaceBetween size="s">
          <Container
            header={
              <Header
                variant="h2"
                description={
                  <span className="td-shadow-facts">
                    {shadow && <span>version {shadow.version}</span>}
                    <SyncState shadow={shadow} />
                    {isLive ? (
                      <StatusIndicator type="success">live</StatusIndicator>
                    ) : (
                      <StatusIndicator type="warning">
                        not live: changes show when the page is read again
                      </StatusIndicator>
                    )}
                  </span>
                }
              >
                {shadowTitle(address)}
              </Header>
            }
          >
            {shadow ? <State shadow={shadow} /> : <Missing />}
          </Container>
          <DesiredEditor address={address} shadow={shadow} onReload={reload} />
        </SpaceBetween>
      )}
    </SpaceBetween>
  )
}

function State({ shadow }: { readonly shadow: Shadow }) {
  if (shadow.state.desired || shadow.state.reported) return <StateTable shadow={shadow} />
  return <Box color="text-body-secondary">The shadow is there, but nothing is desired and nothing reported.</Box>
}

function Missing() {
  return (
    <Box color="text-body-secondary">
      There is no such shadow yet. The device creates it with its first report, you with your first update.
    </Box>
  )
}

function SyncState({ shadow }: { readonly shadow: Shadow | null }) {
  if (!shadow) return <StatusIndicator type="stopped">no shadow</StatusIndicator>
  const waiting = stateRows(shadow).filter(({ status }) => status === 'differs' || status === 'missing').length
  if (waiting === 0) return <StatusIndicator type="success">in sync</StatusIndicator>
  return <StatusIndicator type="pending">{`delta: ${waiting} ${waiting === 1 ? 'key' : 'keys'}`}</StatusIndicator>
}

/** Changes to another shadow of the thing. */
function ShadowSelect({ thingName, shadowName }: ShadowAddress) {
  const { history } = useRouter()
  const { data } = useQuery(shadowListQuery(thingName))
  const named = new Set(data?.named)
  if (shadowName !== undefined) named.add(shadowName)
  const options: SelectProps.Option[] = [
    { value: '', label: 'Classic shadow' },
    ...[...named].sort().map((value) => ({ value, label: value })),
  ]
  return (
    <Select
      ariaLabel="Shadow"
      options={options}
      selectedOption={options.find(({ value }) => value === (shadowName ?? '')) ?? null}
      onChange={({ detail }) => history.push(paths.shadow(thingName, detail.selectedOption.value || undefined))}
    />
  )
}
