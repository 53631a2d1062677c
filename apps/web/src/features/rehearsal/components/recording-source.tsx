import Alert from '@cloudscape-design/components/alert'
import Button from '@cloudscape-design/components/button'
import Container from '@cloudscape-design/components/container'
import Header from '@cloudscape-design/components/header'
import SpaceBetween from '@cloudscape-design/components/space-between'
import StatusIndicator from '@cloudscape-design/components/status-indicator'
import { OneFile } from '../../../shared/form/one-file.tsx'
import { formatCounted } from '../../../shared/format.ts'
import type { SearchProps } from '../../../shared/search-props.ts'
import { visible } from '../../../shared/text/visible.tsx'
import { DEFAULT_PATTERN } from '../recording/thing-pattern.ts'
import type { OpenedTopics } from '../recording/use-recorded-topics.ts'
import type { PartiesSearch } from '../search.ts'
import { PartyField } from './party-field.tsx'

interface RecordingSourceProps extends SearchProps<PartiesSearch> {
  readonly topics: OpenedTopics
}

/** Which messages a policy is rehearsed on, or made of, and whose they are taken to be. The latter is in the address. */
export function RecordingSource({ topics, search, setSearch }: RecordingSourceProps) {
  const { open, reading, failure, readFile, takeKept } = topics
  return (
    <Container
      header={
        <Header
          variant="h2"
          description="A recording has what was received. Who published it, and who else received it, it does not say: that is what you say here."
        >
          Recorded messages
        </Header>
      }
    >
      <SpaceBetween size="m">
        <SpaceBetween size="s" direction="horizontal" alignItems="center">
          <OneFile text="Open a recording" accept=".gz,.jsonl,application/gzip,application/jsonl" onFile={readFile} />
          <Button onClick={takeKept}>Take what Live kept</Button>
          {reading !== undefined && <StatusIndicator type="loading">Reading {visible(reading)}</StatusIndicator>}
          {reading === undefined && open && (
            <StatusIndicator type="success">
              {visible(open.name)}: {formatCounted(open.recorded.messages, 'message')} on{' '}
              {formatCounted(open.recorded.topics.length, 'topic')}
            </StatusIndicator>
          )}
        </SpaceBetween>
        {failure !== undefined && (
          <Alert type="error" header="It could not be opened">
            {visible(failure)}
          </Alert>
        )}
        <div className="td-rehearsal-parties">
          <PartyField
            label="Published by"
            kind={search.by ?? 'topic'}
            pattern={search.byTopic ?? DEFAULT_PATTERN}
            thingName={search.byThing ?? ''}
            onKind={(kind) => setSearch({ by: kind === 'topic' ? undefined : kind })}
            onPattern={(byTopic) => setSearch({ byTopic }, { replace: true })}
            onThing={(byThing) => setSearch({ byThing: byThing || undefined })}
          />
          <PartyField
            label="Received by"
            kind={search.to ?? 'nobody'}
            pattern={search.toTopic ?? DEFAULT_PATTERN}
            thingName={search.toThing ?? ''}
            onKind={(kind) => setSearch({ to: kind === 'nobody' ? undefined : kind })}
            onPattern={(toTopic) => setSearch({ toTopic }, { replace: true })}
            onThing={(toThing) => setSearch({ toThing: toThing || undefined })}
          />
        </div>
      </SpaceBetween>
    </Container>
  )
}
