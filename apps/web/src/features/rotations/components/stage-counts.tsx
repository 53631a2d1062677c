import Box from '@cloudscape-design/components/box'
import Container from '@cloudscape-design/components/container'
import Header from '@cloudscape-design/components/header'
import Link from '@cloudscape-design/components/link'
import ProgressBar from '@cloudscape-design/components/progress-bar'
import SpaceBetween from '@cloudscape-design/components/space-between'
import StatusIndicator from '@cloudscape-design/components/status-indicator'
import { ROTATION_STAGES, type Rotation } from '@thingdeck/contract'
import { formatCount } from '../../../shared/format.ts'
import type { SearchProps } from '../../../shared/search-props.ts'
import type { RotationSearch } from '../search.ts'
import { STAGES, thingsInWords } from '../stage-words.ts'

interface StageCountsProps extends SearchProps<RotationSearch> {
  readonly rotation: Rotation
}

/** How many things are where on the way; each number leads to them. */
export function StageCounts({ rotation, search, setSearch }: StageCountsProps) {
  const { counts, total, failed } = rotation
  const over = (counts.replaced ?? 0) + (counts.finished ?? 0)
  const show = (stage: RotationSearch['stage']) => setSearch({ stage, page: undefined, look: undefined })
  return (
    <Container header={<Header variant="h2">How far it is</Header>}>
      <SpaceBetween size="s">
        <ProgressBar
          ariaLabel="Things whose old certificate is deactivated"
          value={total === 0 ? 0 : Math.floor((over / total) * 100)}
          additionalInfo={`${formatCount(over)} of ${thingsInWords(total)} without their old certificate`}
        />
        <SpaceBetween direction="horizontal" size="l">
          {failed > 0 && (
            <Link onFollow={() => show('failed')}>
              <StatusIndicator type="error">{`${thingsInWords(failed)} stuck`}</StatusIndicator>
            </Link>
          )}
          {ROTATION_STAGES.filter((stage) => (counts[stage] ?? 0) > 0).map((stage) => (
            <Link key={stage} onFollow={() => show(stage)}>
              <StatusIndicator type={STAGES[stage][0]}>
                {`${formatCount(counts[stage] ?? 0)} ${STAGES[stage][1]}`}
              </StatusIndicator>
            </Link>
          ))}
          {search.stage !== undefined && <Link onFollow={() => show(undefined)}>show all</Link>}
        </SpaceBetween>
        {rotation.isOver && (
          <Box color="text-body-secondary">
            Nothing is left to wait for. Old certificates that are deactivated stay until they are deleted.
          </Box>
        )}
      </SpaceBetween>
    </Container>
  )
}
