import Button from '@cloudscape-design/components/button'
import ExpandableSection from '@cloudscape-design/components/expandable-section'
import SpaceBetween from '@cloudscape-design/components/space-between'
import type { JsonObject } from '@thingdeck/json'
import { type SectionName, SHADOW_LIMITS, type ShadowState, stateSizeBytes } from '@thingdeck/shadows'
import { useDeferredValue, useMemo } from 'react'
import { formatBytes } from '../../../shared/format.ts'
import { type Draft, type DraftObstacle, draftState, obstacleOf } from '../model/editor-draft.ts'
import { changeUnderWay, type EditorState, liveState, undoableChange } from '../model/editor-state.ts'
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
  const obstacle = draft ? obstacleOf(draft, live, SHADOW_LIMITS.maxStateBytes) : UNCHANGED
  const underWay = changeUnderWay(state)
  const whyNot =
    forbidden ??
    (underWay ? 'An update is under way.' : undefined) ??
    (state.live.kind === 'unknown' ? 'The shadow is not read yet.' : undefined) ??
    (obstacle && obstacleInWords(obstacle)) ??
    brokenInWords(schema, live, wanted)
  const sizeBytes = stateSizeBytes(wanted ?? live)
  const target = undoableChange(state)
  const whyNoUndo =
    forbidden ?? (target ? undefined : 'You have changed nothing here yet.') ?? whyNoUndoNow(draft, obstacle)
  const isReportedChanged =
    wanted !== undefined && draft !== undefined && draft.texts.reported !== undefined && changesReported(state)
  return (
    <SpaceBetween size="xs">
      <div className="td-draft-bar">
        <p className="td-editor-foot" role="status">
          <span className={sizeBytes > SHADOW_LIMITS.maxStateBytes ? 'td-error' : ''}>
            {formatBytes(sizeBytes)} of {formatBytes(SHADOW_LIMITS.maxStateBytes)}
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
        <SpaceBetween direction="horizontal" size="xs">
          <Button
            iconName="undo"
            onClick={onUndo}
            disabled={whyNoUndo !== undefined || underWay !== undefined}
            {...(whyNoUndo === undefined ? {} : { disabledReason: whyNoUndo })}
          >
            Undo my last update
          </Button>
          <Button onClick={onDiscard} disabled={draft === undefined || obstacle?.kind === 'unchanged'}>
            Discard draft
          </Button>
          <Button
            variant="primary"
            onClick={onSave}
            loading={underWay !== undefined}
            disabled={whyNot !== undefined}
            {...(whyNot === undefined ? {} : { disabledReason: whyNot })}
          >
            {isReportedChanged ? 'Update desired and reported' : 'Update desired'}
          </Button>
        </SpaceBetween>
      </div>
      {wanted && obstacle?.kind !== 'unchanged' && <PreviewOfDraft state={state} draft={draft} />}
    </SpaceBetween>
  )
}

const UNCHANGED: DraftObstacle = { kind: 'unchanged' }
const keys = (count: number) => (count === 1 ? '1 key' : `${count} keys`)

function whyNoUndoNow(draft: Draft | undefined, obstacle: DraftObstacle | undefined): string | undefined {
  return draft && obstacle?.kind !== 'unchanged' ? 'Send or discard your draft first.' : undefined
}

function changesReported(state: EditorState): boolean {
  const wanted = state.draft && draftState(state.draft)
  if (!wanted || state.live.kind === 'unknown') return false
  const shadow = state.live.kind === 'shadow' ? state.live.document.shadow : undefined
  return previewOf(shadow, wanted, 0)?.patch.reported !== undefined
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
      return `A shadow holds at most ${formatBytes(obstacle.maxBytes)}; this would be ${formatBytes(obstacle.sizeBytes)}.`
  }
}

/** Exactly what would be sent, and what the shadow and its delta would be afterwards. */
function PreviewOfDraft({ state, draft }: { readonly state: EditorState; readonly draft: Draft | undefined }) {
  const shown = useDeferredValue(draft)
  const shadow = state.live.kind === 'shadow' ? state.live.document.shadow : undefined
  const preview = useMemo(() => {
    const wanted = shown && draftState(shown)
    return wanted && previewOf(shadow, wanted, Date.now())
  }, [shadow, shown])
  if (!preview) return null
  return (
    <ExpandableSection
      headerText={`Preview: ${changesInWords(preview.patch)}${shadow ? '' : ', which creates the shadow'}`}
    >
      <div className="td-previews">
        <PreviewPart title="Request" text={preview.requestText} />
        <PreviewPart title="Resulting document" text={preview.documentText} />
        <PreviewPart
          title="Resulting delta"
          text={preview.deltaText ?? 'none: the device reports all that is desired'}
        />
      </div>
      {!shadow && (
        <p className="td-weak">
          An update that creates a shadow carries no version: AWS has none to compare with. It names only these keys.
        </p>
      )}
    </ExpandableSection>
  )
}

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
        {text}
      </pre>
    </section>
  )
}
