import Box from '@cloudscape-design/components/box'
import Button from '@cloudscape-design/components/button'
import Header from '@cloudscape-design/components/header'
import Link from '@cloudscape-design/components/link'
import SpaceBetween from '@cloudscape-design/components/space-between'
import Table from '@cloudscape-design/components/table'
import { useQuery } from '@tanstack/react-query'
import { paths } from '../../shared/paths.ts'
import { ErrorAlert } from '../../shared/ui/error-alert.tsx'
import { shadowListQuery } from './api.ts'
import { type ShadowAddress, shadowTitle } from './model/address.ts'

/** The shadows of a thing, for its page. */
export function ShadowList({ thingName }: { readonly thingName: string }) {
  const { data, error, isPending, refetch } = useQuery(shadowListQuery(thingName))
  const shadows: ShadowAddress[] = data
    ? [...(data.classic ? [{ thingName }] : []), ...data.named.map((shadowName) => ({ thingName, shadowName }))]
    : []
  return (
    <SpaceBetween size="s">
      {error && <ErrorAlert error={error} what="The shadows could not be listed" onRetry={() => void refetch()} />}
      <Table
        items={shadows}
        trackBy={({ shadowName }) => shadowName ?? ''}
        loading={isPending}
        loadingText="Loading shadows"
        ariaLabels={{ tableLabel: 'Shadows' }}
        header={
          <Header
            variant="h2"
            counter={data ? `(${shadows.length})` : ''}
            actions={<Button iconName="refresh" ariaLabel="Refresh shadows" onClick={() => void refetch()} />}
          >
            Shadows
          </Header>
        }
        columnDefinitions={[
          {
            id: 'name',
            header: 'Name',
            isRowHeader: true,
            cell: (address) => (
              <Link href={paths.shadow(address.thingName, address.shadowName)}>{shadowTitle(address)}</Link>
            ),
          },
          {
            id: 'kind',
            header: 'Kind',
            cell: ({ shadowName }) => (shadowName === undefined ? 'classic' : 'named'),
          },
        ]}
        empty={
          <Box textAlign="center" padding="m">
            <SpaceBetween size="s">
              <Box variant="strong">No shadow yet</Box>
              <Box color="text-body-secondary">
                A shadow holds what a device should do and what it reports, also while it is away.
              </Box>
              <Button href={paths.shadow(thingName)}>Open classic shadow</Button>
            </SpaceBetween>
          </Box>
        }
      />
    </SpaceBetween>
  )
}
