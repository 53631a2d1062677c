import Button from '@cloudscape-design/components/button'
import Multiselect from '@cloudscape-design/components/multiselect'
import SegmentedControl from '@cloudscape-design/components/segmented-control'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { panned, type View, zoomed } from '../axis/view.ts'
import { KIND_WORDS, MOMENT_KINDS, type MomentKind } from '../model/moment.ts'
import { LASTS, type Last } from '../search.ts'

interface TimelineControlsProps {
  readonly view: View
  readonly last: Last | undefined
  readonly kinds: readonly MomentKind[] | undefined
  /** How many moments of each kind were read. */
  readonly counts: ReadonlyMap<MomentKind, number>
  readonly onLast: (last: Last | undefined) => void
  readonly onMove: (view: View) => void
  readonly onKinds: (kinds: readonly MomentKind[] | undefined) => void
}

const LAST_WORDS: Readonly<Record<Last, string>> = {
  '1h': '1 h',
  '6h': '6 h',
  '24h': '24 h',
  '7d': '7 d',
  '30d': '30 d',
}

/** Which time the axis shows, and which kinds. */
export function TimelineControls({ view, last, kinds, counts, onLast, onMove, onKinds }: TimelineControlsProps) {
  const middleMs = (view.fromMs + view.toMs) / 2
  const options = MOMENT_KINDS.map((kind) => ({
    value: kind,
    label: KIND_WORDS[kind].title,
    description: KIND_WORDS[kind].about,
    labelTag: String(counts.get(kind) ?? 0),
  }))
  return (
    <SpaceBetween direction="horizontal" size="xs" alignItems="center">
      <SegmentedControl
        label="How far back from now"
        selectedId={last ?? null}
        onChange={({ detail }) => onLast(LASTS.find((each) => each === detail.selectedId))}
        options={LASTS.map((id) => ({ id, text: LAST_WORDS[id] }))}
      />
      <SpaceBetween direction="horizontal" size="xxs">
        <Button iconName="angle-left" ariaLabel="Earlier" onClick={() => onMove(panned(view, -0.5))} />
        <Button iconName="angle-right" ariaLabel="Later" onClick={() => onMove(panned(view, 0.5))} />
        <Button iconName="zoom-in" ariaLabel="Zoom in" onClick={() => onMove(zoomed(view, 0.5, middleMs))} />
        <Button iconName="zoom-out" ariaLabel="Zoom out" onClick={() => onMove(zoomed(view, 2, middleMs))} />
        <Button onClick={() => onLast(last)}>Now</Button>
      </SpaceBetween>
      <Multiselect
        ariaLabel="Kinds"
        placeholder="All kinds"
        inlineTokens
        options={options}
        selectedOptions={options.filter(({ value }) => kinds?.includes(value))}
        onChange={({ detail }) => {
          const chosen = MOMENT_KINDS.filter((kind) => detail.selectedOptions.some(({ value }) => value === kind))
          onKinds(chosen.length === 0 ? undefined : chosen)
        }}
      />
    </SpaceBetween>
  )
}
