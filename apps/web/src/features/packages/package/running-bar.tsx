import Box from '@cloudscape-design/components/box'
import Container from '@cloudscape-design/components/container'
import Header from '@cloudscape-design/components/header'
import Link from '@cloudscape-design/components/link'
import type { UseQueryResult } from '@tanstack/react-query'
import type { PackageThings } from '@thingdeck/contract'
import type { CSSProperties } from 'react'
import '../../../shared/chart/series.css'
import { formatCount, formatCounted } from '../../../shared/format.ts'
import { runningQuery } from '../../../shared/packages/package-queries.ts'
import { paths } from '../../../shared/paths.ts'
import { visible } from '../../../shared/text/visible.tsx'
import { ErrorAlert } from '../../../shared/ui/error-alert.tsx'
import '../packages.css'

interface RunningBarProps {
  readonly packageName: string
  readonly query: UseQueryResult<PackageThings>
  readonly defaultVersionName: string | undefined
}

/** So many versions have a part of their own; the rest is one. */
const SHOWN = 7

interface Part {
  readonly versionName: string | undefined
  readonly count: number
}

/** How the things that run a package are spread over its versions, each a way to these things. */
export function RunningBar({ packageName, query, defaultVersionName }: RunningBarProps) {
  const { data, error, refetch } = query
  if (error) return <ErrorAlert error={error} what="The things could not be counted" onRetry={() => void refetch()} />
  if (data?.outcome !== 'counted') return null
  const { about = 0, versions } = data
  const shown = versions.slice(0, SHOWN)
  const rest = Math.max(0, about - shown.reduce((sum, { count }) => sum + count, 0))
  const parts: readonly Part[] = [...shown, ...(rest > 0 ? [{ versionName: undefined, count: rest }] : [])]
  return (
    <Container
      header={
        <Header variant="h2" description="As things say it in their shadow $package; the fleet index lags a little.">
          What things run
        </Header>
      }
    >
      {about === 0 ? (
        <Box color="text-body-secondary">No thing says that it runs any version of it.</Box>
      ) : (
        <>
          <div className="td-running-bar" aria-hidden="true">
            {parts.map(({ versionName, count }, index) => (
              <span
                key={versionName ?? ''}
                data-series={versionName === undefined ? undefined : index}
                style={share(count)}
              />
            ))}
          </div>
          <ul className="td-running-list" aria-label={`Things by version of ${packageName}`}>
            {parts.map(({ versionName, count }, index) => (
              <li key={versionName ?? ''} data-series={versionName === undefined ? undefined : index}>
                {versionName === undefined ? (
                  <>
                    other versions <strong>{formatCount(count)}</strong>
                  </>
                ) : (
                  <>
                    <Link href={paths.things({ query: runningQuery(packageName, versionName) })}>
                      {visible(versionName)}
                      {versionName === defaultVersionName && ' (default)'}
                    </Link>{' '}
                    <strong>{formatCounted(count, 'thing')}</strong> {percent(count, about)}
                  </>
                )}
              </li>
            ))}
          </ul>
        </>
      )}
    </Container>
  )
}

const share = (count: number): CSSProperties & Record<'--td-share', number> => ({ '--td-share': count })

const percent = (count: number, all: number): string =>
  count === 0 || count >= all ? '' : `${Math.max(1, Math.round((count / all) * 100))} %`
