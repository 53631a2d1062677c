import './live-panel.css'
import Box from '@cloudscape-design/components/box'
import Container from '@cloudscape-design/components/container'
import Header from '@cloudscape-design/components/header'
import SpaceBetween from '@cloudscape-design/components/space-between'
import StatusIndicator from '@cloudscape-design/components/status-indicator'
import type { JsonObject, JsonValue } from '@thingdeck/json'
import { memo, useMemo } from 'react'
import { Age } from '../../../shared/time.tsx'
import { Loading } from '../../../shared/ui/loading.tsx'
import type { Change } from '../model/change.ts'
import type { Draft } from '../model/editor-draft.ts'
import type { Line, Live } from '../model/editor-state.ts'
import { keptByDevice } from '../model/kept-by-device.ts'
import { type ShadowKey, shadowTitle } from '../model/shadow-key.ts'
import { ChangeLine } from './change-line.tsx'
import { KeptLine } from './kept-line.tsx'
import { LiveTable } from './live-table.tsx'
import { SyncIndicator } from './sync-indicator.tsx'

interface LivePanelProps {
  readonly shadowKey: ShadowKey
  readonly live: Live
  readonly draft: Draft | undefined
  readonly line: Line
  /** Mine, oldest first. */
  readonly changes: readonly Change[]
  /** Since when it is not known whether this is still so: reading it failed. */
  readonly knownUntilMs: number | undefined
  /** It was asked for, and could not be read. */
  readonly isRefused: boolean
  readonly schema: JsonObject | undefined
  readonly onSet: ((path: readonly string[], value: JsonValue | undefined) => void) | undefined
  readonly onAsk: ((path: readonly string[], value: JsonValue) => void) | undefined
}

/** What the service holds, with the draft in it, and what became of my last update. */
export const LivePanel = memo(function LivePanel(props: LivePanelProps) {
  const { shadowKey, live, draft, line, changes, knownUntilMs, isRefused, schema, onSet, onAsk } = props
  const change = changes.at(-1)
  const shadow = live.kind === 'shadow' ? live.document.shadow : undefined
  const kept = useMemo(
    () => (change && shadow ? keptByDevice(change, changes, shadow.state) : []),
    [change, changes, shadow],
  )
  return (
    <Container
      header={
        <Header
          variant="h2"
          description={
            <span className="td-shadow-facts">
              {shadow && <span>version {shadow.version}</span>}
              {live.kind !== 'unknown' && <SyncIndicator shadow={shadow} />}
              {line.kind === 'mqtt' ? (
                <StatusIndicator type="success">live</StatusIndicator>
              ) : knownUntilMs !== undefined && live.kind !== 'unknown' ? (
                <StatusIndicator type="warning">
                  as of <Age atMs={knownUntilMs} />, not known since
                </StatusIndicator>
              ) : (
                <StatusIndicator type="pending">not live</StatusIndicator>
              )}
            </span>
          }
        >
          {shadowTitle(shadowKey)}
        </Header>
      }
    >
      <SpaceBetween size="xs">
        {change && <ChangeLine change={change} />}
        {kept.length > 0 && <KeptLine kept={kept} onAsk={onAsk} />}
        {live.kind === 'unknown' && isRefused ? (
          <Box color="text-body-secondary">What it holds is not known.</Box>
        ) : live.kind === 'unknown' ? (
          <Loading what="shadow" />
        ) : shadow || draft ? (
          <LiveTable live={live} draft={draft} schema={schema} onSet={onSet} />
        ) : (
          <Box color="text-body-secondary">
            There is no such shadow yet. The device creates it with its first report, you with your first update.
          </Box>
        )}
      </SpaceBetween>
    </Container>
  )
})
