import Alert from '@cloudscape-design/components/alert'
import Box from '@cloudscape-design/components/box'
import Button from '@cloudscape-design/components/button'
import Header from '@cloudscape-design/components/header'
import SegmentedControl from '@cloudscape-design/components/segmented-control'
import SpaceBetween from '@cloudscape-design/components/space-between'
import type { JsonObject, JsonValue } from '@thingdeck/json'
import type { SectionName } from '@thingdeck/shadows'
import { memo, useMemo, useState } from 'react'
import { Dialog } from '../../../shared/dialog/dialog.tsx'
import { JsonEditor } from '../../../shared/editor/create-editor.tsx'
import type { TextCheck } from '../../../shared/editor/text-problem.ts'
import type { SearchProps } from '../../../shared/search-props.ts'
import { type Draft, draftState, type TypedUpon } from '../model/editor-draft.ts'
import type { Live } from '../model/editor-state.ts'
import { sectionSchemaProblems } from '../model/schema/schema-problems.ts'
import { formatSection, readSectionText } from '../model/section-text.ts'
import type { ShadowSearch } from '../search.ts'
import { AddKey } from './add-key.tsx'

interface DraftEditorProps extends SearchProps<ShadowSearch> {
  readonly live: Live
  readonly draft: Draft | undefined
  readonly forbidden: string | undefined
  readonly schema: JsonObject | undefined
  readonly onType: (section: SectionName, text: string, upon: TypedUpon | undefined) => void
  readonly onSet: (path: readonly string[], value: JsonValue | undefined) => void
}

/** The draft as JSON, or field by field in the table above. */
export const DraftEditor = memo(function DraftEditor(props: DraftEditorProps) {
  const { live, draft, forbidden, schema, search, setSearch, onType, onSet } = props
  const mode = search.edit ?? 'json'
  const section = search.section ?? 'desired'
  const [mayReport, setMayReport] = useState(false)
  const [isAsking, setAsking] = useState(false)
  const check = useMemo(
    () => (schema && section === 'desired' ? checkAgainst(schema) : checkSection),
    [schema, section],
  )
  const isReadable = !draft || draftState(draft) !== undefined
  const held = live.kind === 'shadow' ? live.document.shadow.state[section] : undefined
  const text = useMemo(() => draft?.texts[section].text ?? formatSection(held), [draft, section, held])
  const upon = draft ?? (live.kind === 'unknown' ? undefined : shownUpon(live))
  return (
    <SpaceBetween size="xs">
      <EditorHeader mode={mode} section={section} setSearch={setSearch} />
      {mode === 'form' && !isReadable && (
        <Alert type="info">The draft is not valid JSON just now: mend it in the JSON editor first.</Alert>
      )}
      {mode === 'form' && isReadable && (
        <>
          <Box color="text-body-secondary">Each desired value has a field in the table above: press its ✎.</Box>
          {forbidden === undefined && <AddKey onAdd={onSet} />}
        </>
      )}
      {mode === 'json' && section === 'reported' && !mayReport && (
        <div className="td-ends">
          <Box color="text-body-secondary">What is reported belongs to the device. It is shown, not edited.</Box>
          <Button
            onClick={() => setAsking(true)}
            disabled={forbidden !== undefined}
            {...(forbidden === undefined ? {} : { disabledReason: forbidden })}
          >
            Edit reported…
          </Button>
        </div>
      )}
      {mode === 'json' && (
        <JsonEditor
          key={section}
          label={section === 'desired' ? 'Desired state as JSON' : 'Reported state as JSON'}
          text={text}
          onChange={(typed) => onType(section, typed, upon)}
          check={check}
          readOnly={
            forbidden !== undefined || (section === 'reported' && !mayReport) || (live.kind === 'unknown' && !draft)
          }
        />
      )}
      {isAsking && (
        <Dialog
          header="Edit what the device reports?"
          action="Edit reported"
          onAction={() => {
            setMayReport(true)
            setAsking(false)
          }}
          onClose={() => setAsking(false)}
        >
          <Box>
            The device owns this section and overwrites it with its next report. Applications that trust it will take
            what you write for the device's word. Use it for devices that are gone, or to clear what is stale.
          </Box>
        </Dialog>
      )}
    </SpaceBetween>
  )
})

/** Without a draft it is the shadow itself that is shown. */
const shownUpon = (live: Live): TypedUpon => ({
  base: live.kind === 'shadow' ? live.document.shadow.state : {},
  mergedKeys: 0,
})

const checkSection: TextCheck = (text) => readSectionText(text).problems

const checkAgainst =
  (schema: JsonObject): TextCheck =>
  (text) => {
    const section = readSectionText(text)
    return [...section.problems, ...sectionSchemaProblems(schema, section)]
  }

interface EditorHeaderProps {
  readonly mode: 'form' | 'json'
  readonly section: SectionName
  readonly setSearch: DraftEditorProps['setSearch']
}

const EditorHeader = memo(function EditorHeader({ mode, section, setSearch }: EditorHeaderProps) {
  return (
    <Header
      variant="h2"
      description="Only the keys that you change are sent, with the version. Removing a key sends null, which clears it."
      actions={
        <SpaceBetween direction="horizontal" size="xs">
          {mode === 'json' && (
            <SegmentedControl
              label="Section"
              selectedId={section}
              options={[
                { id: 'desired', text: 'desired' },
                { id: 'reported', text: 'reported' },
              ]}
              onChange={({ detail }) =>
                setSearch({ section: detail.selectedId === 'reported' ? 'reported' : undefined }, { replace: true })
              }
            />
          )}
          <SegmentedControl
            label="Edit as"
            selectedId={mode}
            options={[
              { id: 'form', text: 'Form' },
              { id: 'json', text: 'JSON' },
            ]}
            onChange={({ detail }) =>
              setSearch({ edit: detail.selectedId === 'form' ? 'form' : undefined }, { replace: true })
            }
          />
        </SpaceBetween>
      }
    >
      {mode === 'form' ? 'Draft' : section === 'desired' ? 'Desired state' : 'Reported state'}
    </Header>
  )
})
