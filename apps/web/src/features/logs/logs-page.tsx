import SpaceBetween from '@cloudscape-design/components/space-between'
import type { IotLogEntry } from '@thingdeck/contract'
import { useState } from 'react'
import { DebugClientDialog } from '../../shared/iot-logs/debug-client-dialog.tsx'
import { entryIdOf } from '../../shared/iot-logs/entry-id.ts'
import { isOpenEnded } from '../../shared/iot-logs/log-pages.ts'
import { LevelNotice, LoggingNotice } from '../../shared/iot-logs/logging-notice.tsx'
import { RunningDebugs } from '../../shared/iot-logs/running-debugs.tsx'
import { TailControl } from '../../shared/iot-logs/tail-control.tsx'
import { useLogEntries } from '../../shared/iot-logs/use-log-entries.ts'
import { ListPage } from '../../shared/list/list-page.tsx'
import type { ListWords } from '../../shared/list/list-props.ts'
import { paths } from '../../shared/paths.ts'
import type { SearchProps } from '../../shared/search-props.ts'
import { visibleText } from '../../shared/text/visible-text.ts'
import { TimeRangeField } from '../../shared/time-range-field.tsx'
import { selectionOf } from './api.ts'
import { COLUMNS, offeredColumns } from './columns.tsx'
import { EntryLook } from './components/entry-look.tsx'
import { ExportButton } from './components/export-button.tsx'
import { LogGroupSelect } from './components/log-group-select.tsx'
import { LOGS_FILTER } from './filter.ts'
import type { LogsFilter, LogsSearch } from './search.ts'

const WORDS: ListWords = {
  title: 'Logs',
  one: 'entry',
  many: 'entries',
  description: 'What AWS IoT logged in CloudWatch Logs, newest first: connects, refusals, messages, rules.',
  empty: {
    title: 'Nothing was logged in this time',
    text: 'Choose a longer time, or look whether AWS IoT is told to log what you look for.',
    action: { id: 'settings', text: 'Logging settings', href: paths.logSettings() },
  },
  partSearched: 'CloudWatch Logs searches a log group in parts: a part of it was searched so far.',
}

/** AWS IoT's log entries: found, followed as they come, and looked at. */
export function LogsPage({ search, setSearch }: SearchProps<LogsSearch>) {
  const { look: _, tail, ...filter } = search
  const isTailing = tail === '1'
  const { source, first, waiting, hasGap, tailError, showNew, throttled } = useLogEntries(
    selectionOf(filter),
    isTailing,
  )
  const [debugged, setDebugged] = useState<string>()
  const entries = source.pages.flat()
  return (
    <>
      <ListPage<IotLogEntry, LogsFilter>
        name="logs"
        breadcrumbs={[{ text: 'Logs', href: paths.logs() }]}
        words={WORDS}
        columns={COLUMNS}
        offered={offeredColumns(entries)}
        rowId={entryIdOf}
        source={source}
        paging="endless"
        isNewestFirst
        search={search}
        setSearch={setSearch}
        filter={{
          by: LOGS_FILTER,
          placeholder: 'Text, or client id, thing, topic, event, reason, trace id',
          beside: (
            <SpaceBetween direction="horizontal" size="xs">
              <LogGroupSelect group={filter.group} onChoose={(group) => setSearch({ group })} />
              <TimeRangeField range={filter} usual="1h" placeholder="The last hour" onChange={setSearch} />
            </SpaceBetween>
          ),
        }}
        notice={
          <SpaceBetween size="xs">
            <LoggingNotice outcome={first?.outcome} message={first?.message} />
            <LevelNotice />
            <RunningDebugs />
            {throttled && (
              <span className="td-weak" role="status">
                CloudWatch Logs was asked more often than it answers, here or elsewhere: it took longer.
              </span>
            )}
          </SpaceBetween>
        }
        selection="single"
        selectLabel={({ eventType = 'entry', clientId, at }) =>
          `Look at ${visibleText(eventType)}${clientId === undefined ? '' : ` of ${visibleText(clientId)}`}, ${at}`
        }
        actions={() => [
          { id: 'settings', text: 'Logging settings', href: paths.logSettings() },
          {
            id: 'debug',
            text: 'Debug a client',
            needs: 'operator',
            onAction: () => setDebugged(filter.client ?? ''),
          },
        ]}
        aside={
          <SpaceBetween direction="horizontal" size="xs">
            <TailControl
              isTailing={isTailing}
              whyNot={isOpenEnded(filter) ? undefined : 'The time that is shown ends in the past.'}
              waiting={waiting}
              hasGap={hasGap}
              error={tailError}
              onTail={(wanted) => setSearch({ tail: wanted ? '1' : undefined }, { replace: true })}
              onShow={showNew}
            />
            <ExportButton filter={filter} />
          </SpaceBetween>
        }
        look={(id, entry) => ({
          header: entry?.eventType ?? 'Log entry',
          content: <EntryLook id={id} listed={entry} group={filter.group} onDebug={setDebugged} />,
        })}
      />
      {debugged !== undefined && <DebugClientDialog clientId={debugged} onClose={() => setDebugged(undefined)} />}
    </>
  )
}
