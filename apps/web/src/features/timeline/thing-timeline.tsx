import Box from '@cloudscape-design/components/box'
import Button from '@cloudscape-design/components/button'
import Container from '@cloudscape-design/components/container'
import Header from '@cloudscape-design/components/header'
import SpaceBetween from '@cloudscape-design/components/space-between'
import StatusIndicator from '@cloudscape-design/components/status-indicator'
import { useCallback, useMemo, useState } from 'react'
import type { SearchProps } from '../../shared/search-props.ts'
import { formatDateTime, useNow } from '../../shared/time.tsx'
import { ErrorAlert } from '../../shared/ui/error-alert.tsx'
import { MomentList, PAGE_MOMENTS } from './components/moment-list.tsx'
import { TimelineAxis } from './components/timeline-axis.tsx'
import { TimelineControls } from './components/timeline-controls.tsx'
import { WhatIsKnown } from './components/what-is-known.tsx'
import { findMoment } from './model/find-moment.ts'
import { SAME_MS } from './model/heard.ts'
import { endOf, MOMENT_KINDS, type Moment, type MomentKind } from './model/moment.ts'
import type { TimelineSearch } from './search.ts'
import { type Timeline, useTimeline } from './use-timeline.ts'
import { useView } from './use-view.ts'

interface ThingTimelineProps extends SearchProps<TimelineSearch> {
  readonly thingName: string
}

/** What happened to a thing, on one axis. */
export function ThingTimeline({ thingName, search, setSearch }: ThingTimelineProps) {
  const { view, move, showLast, last } = useView({ search, setSearch })
  const timeline = useTimeline(thingName, view)
  const { moments, band, readFromMs, subject, log, newer, pages } = timeline
  const nowMs = useNow(10_000)
  const [cutMs, setCutMs] = useState(newer.readToMs)

  const counts = useMemo(() => countsOf(moments), [moments])
  const { kinds } = search
  const shown = useMemo(() => (kinds ? moments.filter(({ kind }) => kinds.includes(kind)) : moments), [moments, kinds])
  const lanes = MOMENT_KINDS.filter((kind) => kinds?.includes(kind) ?? counts.has(kind))
  const inView = useMemo(
    () => shown.filter((moment) => moment.atMs <= view.toMs && endOf(moment) >= view.fromMs).toReversed(),
    [shown, view.fromMs, view.toMs],
  )
  // What comes while one looks is on the axis at once, and waits to come into the list, where it would move the rows.
  const isFresh = ({ atMs }: Moment) => atMs > cutMs && atMs <= nowMs + 60_000 && newer.isFollowing
  const listed = inView.filter((moment) => !isFresh(moment))
  const fresh = shown.filter(isFresh)
  const find = useCallback((id: string) => findMoment(moments, id), [moments])
  const selected = selectedOf(search, moments)
  // What a link leads to may bear another id by now.
  const seen = selected && search.look ? { ...search, look: [selected.id] } : search

  const select = (moment: Moment) => {
    const index = listed.findIndex(({ id }) => id === moment.id)
    const page = Math.floor(index / PAGE_MOMENTS) + 1
    const at = new Date(moment.atMs).toISOString()
    setSearch({ look: [moment.id], at, page: page > 1 ? page : undefined }, { replace: true })
  }
  const showNew = () => {
    // What was heard may be ahead of what was read of the log, which then has it at a time of its own.
    setCutMs(Math.max(newer.readToMs, ...fresh.map(({ atMs }) => atMs + SAME_MS)))
    if (nowMs > view.toMs) showLast(last)
  }
  return (
    <SpaceBetween size="m">
      <Container
        header={
          <Header
            variant="h2"
            description={<Reading timeline={timeline} />}
            actions={
              <TimelineControls
                view={view}
                last={last}
                kinds={kinds}
                counts={counts}
                onLast={(next) => {
                  setCutMs(newer.readToMs)
                  showLast(next)
                }}
                onMove={move}
                onKinds={(next) => setSearch({ kinds: next, page: undefined })}
              />
            }
          >
            Timeline
          </Header>
        }
      >
        <SpaceBetween size="s">
          {subject.error && (
            <ErrorAlert
              error={subject.error}
              what="Which clients are the thing could not be asked"
              onRetry={() => void subject.refetch()}
            />
          )}
          <TimelineAxis
            view={view}
            moments={shown}
            lanes={lanes}
            band={band}
            readFromMs={readFromMs}
            nowMs={nowMs}
            selected={selected}
            atMs={search.at === undefined ? undefined : Date.parse(search.at)}
            onMove={move}
            onSelect={select}
          />
          {subject.data && <WhatIsKnown subject={subject.data} log={log} view={view} nowMs={nowMs} />}
        </SpaceBetween>
      </Container>
      <MomentList
        thingName={thingName}
        moments={listed}
        find={find}
        isPending={pages.isPending}
        isFetching={pages.isFetching}
        error={pages.error}
        readOn={timeline.isBehind && pages.hasNextPage ? () => void pages.fetchNextPage() : undefined}
        fresh={{ count: fresh.length, onShow: showNew }}
        emptyWords={EMPTY}
        search={seen}
        setSearch={setSearch}
        onRefresh={() => {
          newer.look()
          setCutMs(newer.readToMs)
          if (pages.isError) void pages.refetch()
        }}
      />
    </SpaceBetween>
  )
}

const EMPTY = {
  title: 'No moments in this time',
  text: 'Of what is known, nothing happened to this thing in the time that the axis shows. Zoom out, or go back further.',
}

function countsOf(moments: readonly Moment[]): ReadonlyMap<MomentKind, number> {
  const counts = new Map<MomentKind, number>()
  for (const { kind } of moments) counts.set(kind, (counts.get(kind) ?? 0) + 1)
  return counts
}

/** The moment that is looked at; of a link that has a time alone, the nearest to it. */
function selectedOf({ look, at }: TimelineSearch, moments: readonly Moment[]): Moment | undefined {
  if (look?.[0] !== undefined) return findMoment(moments, look[0])
  if (at === undefined) return undefined
  const atMs = Date.parse(at)
  let nearest: Moment | undefined
  for (const moment of moments) {
    if (!nearest || Math.abs(moment.atMs - atMs) < Math.abs(nearest.atMs - atMs)) nearest = moment
  }
  return nearest
}

/** How far it was read, and whether newer moments come by themselves. */
function Reading({ timeline }: { readonly timeline: Timeline }) {
  const { pages, newer, readFromMs, isFull, isBehind, log } = timeline
  if (pages.isPending) return <StatusIndicator type="loading">Reading the log</StatusIndicator>
  const back = readFromMs === undefined ? '' : `Read back to ${formatDateTime(readFromMs)}.`
  return (
    <Box variant="span" color="text-body-secondary">
      {pages.isFetching && isBehind ? <StatusIndicator type="loading">Reading further back</StatusIndicator> : back}
      {(log?.throttled ?? 0) > 0 && ' CloudWatch Logs asked to wait meanwhile.'}
      {newer.error
        ? ` Newer moments could not be read: ${newer.error.message}`
        : newer.isFollowing && ' New moments come by themselves.'}
      {isFull && isBehind && pages.hasNextPage && (
        <>
          {' '}
          <Button variant="inline-link" onClick={() => void pages.fetchNextPage()}>
            Read further back
          </Button>
        </>
      )}
    </Box>
  )
}
