import Alert from '@cloudscape-design/components/alert'
import Container from '@cloudscape-design/components/container'
import SpaceBetween from '@cloudscape-design/components/space-between'
import type { JsonValue } from '@thingdeck/json'
import type { SectionName } from '@thingdeck/shadows'
import { useCallback, useDeferredValue, useEffect, useMemo } from 'react'
import { usePageChrome } from '../../shared/chrome/chrome.tsx'
import { preloadJsonEditor } from '../../shared/editor/create-editor.tsx'
import type { Parts } from '../../shared/feature/parts.ts'
import { paths } from '../../shared/paths.ts'
import type { SearchProps } from '../../shared/search-props.ts'
import { useWhyNot } from '../../shared/session/session.tsx'
import { useTourStep } from '../../shared/tour/tour.ts'
import { Loading } from '../../shared/ui/loading.tsx'
import { DraftEditor } from './components/draft-editor.tsx'
import { DraftPanel } from './components/draft-panel.tsx'
import { HistorySection } from './components/history-section.tsx'
import { LivePanel } from './components/live-panel.tsx'
import { Notices } from './components/notices.tsx'
import { SchemaSection } from './components/schema-section.tsx'
import { ShadowConflicts } from './components/shadow-conflicts.tsx'
import { ShadowHeader } from './components/shadow-header.tsx'
import './shadow.css'
import type { Change } from './model/change.ts'
import { hasChanges, type TypedUpon } from './model/editor-draft.ts'
import { type EditorState, liveState } from './model/editor-state.ts'
import type { ShadowEditor } from './model/shadow-editor.ts'
import { type ShadowKey, shadowTitle } from './model/shadow-key.ts'
import type { ShadowSearch } from './search.ts'
import { useSchema } from './use-schema.ts'
import { useShadowEditor } from './use-shadow-editor.ts'

const isDone = ({ purpose, status }: Change): boolean => purpose === 'update' && status.kind === 'accepted'

interface ShadowPageProps extends SearchProps<ShadowSearch>, Pick<Parts, 'ThingStatus'> {
  readonly thingName: string
}

export function ShadowPage({ thingName, search, setSearch, ThingStatus }: ShadowPageProps) {
  const { shadowName } = search
  const key = useMemo((): ShadowKey => ({ thingName, shadowName }), [thingName, shadowName])
  usePageChrome({
    title: `${shadowTitle(key)} of ${thingName}`,
    breadcrumbs: [
      { text: 'Things', href: paths.things() },
      { text: thingName, href: paths.thing(thingName) },
      { text: shadowTitle(key), href: paths.shadow(thingName, shadowName) },
    ],
  })
  const { editor, state } = useShadowEditor(thingName, shadowName)
  useTourStep('shadow', state.changes.some(isDone))
  return (
    <SpaceBetween size="s">
      <ShadowHeader
        thingName={thingName}
        shadowName={shadowName}
        connection={<ThingStatus thingName={thingName} />}
        live={useDeferredValue(state.live)}
        hasDraft={state.draft !== undefined}
        isDeleting={state.isDeleting}
        editor={editor}
      />
      <Notices state={state} editor={editor} />
      {editor ? (
        <OpenShadow shadowKey={key} state={state} editor={editor} search={search} setSearch={setSearch} />
      ) : (
        <Loading what="shadow" />
      )}
    </SpaceBetween>
  )
}

interface OpenShadowProps extends SearchProps<ShadowSearch> {
  readonly shadowKey: ShadowKey
  readonly state: EditorState
  readonly editor: ShadowEditor
}

function OpenShadow({ shadowKey, state, editor, search, setSearch }: OpenShadowProps) {
  const forbidden = useWhyNot('operator')
  const { live, draft, line } = state
  const shadow = live.kind === 'shadow' ? live.document.shadow : undefined
  const setValue = useCallback(
    (path: readonly string[], value: JsonValue | undefined) =>
      editor.dispatch({ type: 'set-value', path: ['desired', ...path], value }),
    [editor],
  )
  // The table follows keystrokes and messages as the browser finds time: neither waits for four hundred rows.
  const laterLive = useDeferredValue(live)
  const shownLive = laterLive.kind === 'unknown' ? live : laterLive // but the first time they are what one came for
  const shownDraft = useDeferredValue(draft)
  const type = useCallback(
    (section: SectionName, text: string, upon: TypedUpon | undefined) =>
      editor.dispatch({ type: 'typed', section, text, ...(upon && { upon }) }),
    [editor],
  )
  const save = useCallback(() => editor.save(), [editor])
  const undo = useCallback(() => editor.undo(), [editor])
  const discard = useCallback(() => editor.dispatch({ type: 'discarded' }), [editor])
  // What one came for is painted first. The editors follow at once; until the shadow is read they have nothing to hold.
  const areEditorsDue = useDeferredValue(live.kind !== 'unknown' || draft !== undefined, false)
  useEffect(preloadJsonEditor, [])
  const schema = useSchema(shadowKey)
  const isForm = search.edit === 'form'
  const conflicts = draft?.conflicts ?? []
  return (
    <SpaceBetween size="s">
      <LivePanel
        shadowKey={shadowKey}
        live={shownLive}
        draft={shownDraft}
        line={line}
        changes={state.changes}
        knownUntilMs={state.fault?.during === 'get' ? state.confirmedAtMs : undefined}
        isRefused={state.fault?.during === 'get'}
        schema={schema.schema}
        onSet={isForm && forbidden === undefined ? setValue : undefined}
        onAsk={forbidden === undefined && !isDrafting(state) ? setValue : undefined}
      />
      {areEditorsDue && (
        <Container>
          <SpaceBetween size="s">
            <DraftEditor
              live={live}
              draft={draft}
              forbidden={forbidden}
              schema={schema.schema}
              search={search}
              setSearch={setSearch}
              onType={type}
              onSet={setValue}
            />
            {/* Behind the text, which stays under the hands of who types, and before what it holds up. */}
            {conflicts.length > 0 && (
              <ShadowConflicts
                conflicts={conflicts}
                version={shadow?.version}
                onChoose={(conflict, side) => editor.dispatch({ type: 'settled', conflict, side })}
              />
            )}
            <DraftPanel
              state={state}
              forbidden={forbidden}
              schema={schema.schema}
              onSave={save}
              onUndo={undo}
              onDiscard={discard}
            />
          </SpaceBetween>
        </Container>
      )}
      {schema.isRegistered === false && (
        <Alert type="info">
          No thing of this name is in the registry (any more). Its shadow stays until it is deleted, and a thing created
          under the name finds it again.
        </Alert>
      )}
      <SchemaSection schema={schema} forbidden={forbidden} />
      <HistorySection
        shadowKey={shadowKey}
        history={useDeferredValue(state.history)}
        search={search}
        setSearch={setSearch}
        editor={editor}
        whyNoRestore={forbidden ?? whyNoRestore(state)}
      />
    </SpaceBetween>
  )
}

function whyNoRestore(state: EditorState): string | undefined {
  if (state.live.kind === 'unknown') return 'The shadow is not read yet.'
  return isDrafting(state) ? 'Send or discard your draft first.' : undefined
}

const isDrafting = (state: EditorState): boolean =>
  state.draft !== undefined && hasChanges(state.draft, liveState(state))
