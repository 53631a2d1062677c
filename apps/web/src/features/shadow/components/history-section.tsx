import ExpandableSection from '@cloudscape-design/components/expandable-section'
import FileDropzone, { useFilesDragging } from '@cloudscape-design/components/file-dropzone'
import FileInput from '@cloudscape-design/components/file-input'
import Link from '@cloudscape-design/components/link'
import SpaceBetween from '@cloudscape-design/components/space-between'
import type { Shadow } from '@thingdeck/shadows'
import { memo, useMemo, useState } from 'react'
import { paths } from '../../../shared/paths.ts'
import type { SearchProps } from '../../../shared/search-props.ts'
import type { History } from '../model/history.ts'
import type { ShadowEditor } from '../model/shadow-editor.ts'
import { formatShadowKey, type ShadowKey } from '../model/shadow-key.ts'
import { timelineOf } from '../recording/timeline.ts'
import { type Recordings, useRecordings } from '../recording/use-recordings.ts'
import type { ShadowSearch } from '../search.ts'
import { HistoryPanel } from './history-panel.tsx'
import { RecordingList } from './recording-list.tsx'

interface HistorySectionProps extends SearchProps<ShadowSearch> {
  readonly shadowKey: ShadowKey
  readonly history: History
  readonly editor: ShadowEditor
  readonly whyNoRestore: string | undefined
}

/** What is folded away is not drawn at all: two hundred versions a second may be coming in. */
export const HistorySection = memo(function HistorySection(props: HistorySectionProps) {
  const { history, search, shadowKey } = props
  const [isExpanded, setExpanded] = useState(search.version !== undefined || search.compare !== undefined)
  const recordings = useRecordings(shadowKey)
  const isDragging = useFilesDragging().areFilesDragging
  const read = (files: readonly File[]) => {
    const [file] = files
    if (!file) return
    setExpanded(true)
    recordings.read(file)
  }
  const recorded = recordings.open.reduce((count, { recording }) => count + recording.versions.length, 0)
  return (
    <ExpandableSection
      variant="container"
      headerText={`History of this session (${history.entries.length})${recorded > 0 ? ` and of recordings (${recorded})` : ''}`}
      headerActions={
        <FileInput value={[]} accept=".gz,.jsonl" onChange={({ detail }) => read(detail.value)}>
          Open a recording…
        </FileInput>
      }
      expanded={isExpanded || isDragging}
      onChange={({ detail }) => setExpanded(detail.expanded)}
    >
      {(isExpanded || isDragging) && (
        <SpaceBetween size="s">
          {isDragging && (
            <FileDropzone onChange={({ detail }) => read(detail.value)}>
              Drop a recording of live messages here to see this shadow's past.
            </FileDropzone>
          )}
          {isExpanded && <OpenHistory {...props} recordings={recordings} />}
        </SpaceBetween>
      )}
    </ExpandableSection>
  )
})

function OpenHistory(props: HistorySectionProps & { readonly recordings: Recordings }) {
  const { history, search, setSearch, editor, whyNoRestore, shadowKey, recordings } = props
  const { entries, agedOut } = history
  const moments = useMemo(() => timelineOf(entries, recordings.open), [entries, recordings.open])
  const restore = (past: Shadow) => editor.dispatch({ type: 'restored', state: past.state, sections: ['desired'] })
  return (
    <SpaceBetween size="s">
      <Link href={paths.shadowActivity(shadowKey.thingName, shadowKey.shadowName)}>
        What people changed of this shadow, also before this session
      </Link>
      <RecordingList recordings={recordings} shadowName={formatShadowKey(shadowKey)} />
      <HistoryPanel
        moments={moments}
        agedOut={agedOut}
        version={search.version}
        compare={search.compare}
        onShow={(shown) => setSearch(shown, { replace: true })}
        onRestore={restore}
        whyNoRestore={whyNoRestore}
      />
    </SpaceBetween>
  )
}
