import { serverNow } from '../../../shared/clock/server-clock.ts'
import './draft-panel.css'
import Button from '@cloudscape-design/components/button'
import ExpandableSection from '@cloudscape-design/components/expandable-section'
import SpaceBetween from '@cloudscape-design/components/space-between'
import type { JsonObject } from '@thingdeck/json'
import { type SectionName, SHADOW_LIMITS, type ShadowState, stateSizeBytes, updateRequestFor } from '@thingdeck/shadows'
import { memo, useDeferredValue, useMemo, useState } from 'react'
import { formatBytes, formatCount } from '../../../shared/format.ts'
import { visible } from '../../../shared/text/visible.tsx'
import { type Draft, type DraftObstacle, draftState, obstacleOf } from '../model/editor-draft.ts'
import { changeUnderWay, type EditorState, type Live, liveState, undoableChange } from '../model/editor-state.ts'
import { previewOf } from '../model/preview.ts'
import { newViolations, violationInWords } from '../model/schema/schema-problems.ts'

interface DraftPanelProps {
  readonly state: EditorState
  /** Why this person may not write, if so. */
  readonly forbidden: string | undefined
  readonly schema: JsonObject | undefined
  readonly onSave: () => void
  readonly onUndo: () => void
  readonly onDiscard: () => void
}

/** What the draft comes to: its size, what stands in its way, what would be sent; and the buttons. */
export function DraftPanel({ state, forbidden, schema, onSave, onUndo, onDiscard }: DraftPanelProps) {
  const { draft } = state
  const live = liveState(state)
  const wanted = draft && draftState(draft)
  const obstacle = useMemo(
    () => (draft ? obstacleOf(draft, live, SHADOW_LIMITS.maxStateBytes) : UNCHANGED),
    [draft, live],
  )
  const underWay = changeUnderWay(state)
  const whyNot =
    forbidden ??
    (underWay ? 'An update is under way.' : undefined) ??
    (state.live.kind === 'unknown' ? 'The shadow is not read yet.' : undefined) ??
    (obstacle && obstacleInWords(obstacle)) ??
    brokenInWords(schema, live, wanted)
  const held = wanted ?? live
  const sizeBytes = useMemo(() => stateSizeBytes(held), [held])
  const target = undoableChange(state)
  const whyNoUndo =
    forbidden ?? (target ? undefined : 'You have changed nothing here yet.') ?? whyNoUndoNow(draft, obstacle)
  const isReportedChanged = useMemo(
    () => wanted !== undefined && updateRequestFor(live, wanted).reported !== undefined,
    [live, wanted],
  )
  return (
    <SpaceBetween size="xs">
      <div className="td-ends">
        <p className="td-editor-foot" role="status">
          <span className={sizeBytes > SHADOW_LIMITS.maxStateBytes ? 'td-error' : ''}>
            {formatCount(sizeBytes)} of {formatCount(SHADOW_LIMITS.maxStateBytes)} bytes
          </span>
          {' · '}
          {obstacle?.kind === 'text' ? (
            <span className="td-error">
              {obstacle.section}: {obstacle.message}
            </span>
          ) : obstacle?.kind === 'unchanged' ? (
            'no changes'
          ) : (
            <>
              draft not sent
              {obstacle?.kind === 'conflicts' && (
                <span className="td-error">, {keys(obstacle.count)} in conflict: choose above</span>
              )}
              {draft && draft.mergedKeys > 0 && `, ${keys(draft.mergedKeys)} of others merged in`}
            </>
          )}
          {forbidden !== undefined && ` · ${forbidden}`}
        </p>
        <Buttons
          whyNoUndo={whyNoUndo}
          whyNoUpdate={whyNot}
          isUnderWay={underWay !== undefined}
          mayDiscard={draft !== undefined && obstacle?.kind !== 'unchanged'}
          updateText={isReportedChanged ? 'Update desired and reported' : 'Update desired'}
          onSave={onSave}
          onUndo={onUndo}
          onDiscard={onDiscard}
        />
      </div>
      {wanted && obstacle?.kind !== 'unchanged' && <PreviewOfDraft live={state.live} draft={draft} />}
    </SpaceBetween>
  )
}

interface ButtonsProps extends Pick<DraftPanelProps, 'onSave' | 'onUndo' | 'onDiscard'> {
  readonly whyNoUndo: string | undefined
  readonly whyNoUpdate: string | undefined
  readonly isUnderWay: boolean
  readonly mayDiscard: boolean
  readonly updateText: string
}

/** Of words only, so that they are not drawn again with every key. */
const Buttons = memo(function Buttons(props: ButtonsProps) {
  const { whyNoUndo, whyNoUpdate, isUnderWay, mayDiscard, updateText, onSave, onUndo, onDiscard } = props
  return (
    <SpaceBetween direction="horizontal" size="xs">
      <Button
        iconName="undo"
        onClick={onUndo}
        disabled={whyNoUndo !== undefined || isUnderWay}
        {...(whyNoUndo === undefined ? {} : { disabledReason: whyNoUndo })}
      >
        Undo my last update
      </Button>
      <Button onClick={onDiscard} disabled={!mayDiscard}>
        Discard draft
      </Button>
      <Button
        variant="primary"
        onClick={onSave}
        loading={isUnderWay}
        disabled={whyNoUpdate !== undefined}
        {...(whyNoUpdate === undefined ? {} : { disabledReason: whyNoUpdate })}
      >
        {updateText}
      </Button>
    </SpaceBetween>
  )
})

const UNCHANGED: DraftObstacle = { kind: 'unchanged' }
const keys = (count: number) => (count === 1 ? '1 key' : `${count} keys`)

function whyNoUndoNow(draft: Draft | undefined, obstacle: DraftObstacle | undefined): string | undefined {
  return draft && obstacle?.kind !== 'unchanged' ? 'Send or discard your draft first.' : undefined
}

function brokenInWords(schema: JsonObject | undefined, live: ShadowState, wanted: ShadowState | undefined) {
  const [first, ...others] = schema && wanted ? newViolations(schema, live, wanted) : []
  if (!first) return undefined
  const more = others.length > 0 ? `, and ${others.length} more` : ''
  return `By the schema of the thing type: ${violationInWords(first)}${more}.`
}

function obstacleInWords(obstacle: DraftObstacle): string {
  switch (obstacle.kind) {
    case 'unchanged':
      return 'Nothing is changed.'
    case 'text':
      return `The text of ${obstacle.section} is not valid: ${obstacle.message}`
    case 'conflicts':
      return `Choose between your values and theirs first: ${keys(obstacle.count)}.`
    case 'size':
      return `A shadow holds at most ${formatCount(obstacle.maxBytes)} bytes (${formatBytes(obstacle.maxBytes)}): take ${formatCount(obstacle.sizeBytes - obstacle.maxBytes)} out.`
  }
}

/** Exactly what would be sent, and what the shadow and its delta would be afterwards. */
const PreviewOfDraft = memo(function PreviewOfDraft(props: { readonly live: Live; readonly draft: Draft | undefined }) {
  const [isExpanded, setExpanded] = useState(false)
  const shown = useDeferredValue(props.draft)
  const live = useDeferredValue(props.live)
  const shadow = live.kind === 'shadow' ? live.document.shadow : undefined
  const preview = useMemo(() => {
    const wanted = shown && draftState(shown)
    return wanted && previewOf(shadow, wanted, serverNow())
  }, [shadow, shown])
  if (!preview) return null
  return (
    <ExpandableSection
      headerText={`Preview: ${changesInWords(preview.patch)}${shadow ? '' : ', which creates the shadow'}`}
      expanded={isExpanded}
      onChange={({ detail }) => setExpanded(detail.expanded)}
    >
      {isExpanded && (
        <div className="td-previews">
          <PreviewPart title="Request" text={preview.requestText} />
          <PreviewPart title="Resulting document" text={preview.documentText} />
          <PreviewPart
            title="Resulting delta"
            text={preview.deltaText ?? 'none: the device reports all that is desired'}
          />
        </div>
      )}
      {!shadow && (
        <p className="td-weak">
          An update that creates a shadow carries no version: AWS has none to compare with. It names only these keys.
        </p>
      )}
    </ExpandableSection>
  )
})

function changesInWords(
  patch: { readonly [Name in SectionName]?: { readonly size: number } | null | undefined },
): string {
  const words = (['desired', 'reported'] as const).flatMap((name) => {
    const size = patch[name]?.size ?? 0
    return size > 0 ? [`${keys(size)} of ${name}`] : []
  })
  return words.join(', ')
}

function PreviewPart({ title, text }: { readonly title: string; readonly text: string }) {
  return (
    <section aria-label={title}>
      <h4>{title}</h4>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard */}
      <pre className="td-payload td-preview" tabIndex={0}>
        {visible(text, true)}
      </pre>
    </section>
  )
}
