import ExpandableSection from '@cloudscape-design/components/expandable-section'
import type { Shadow } from '@thingdeck/shadows'
import { memo, useState } from 'react'
import type { SearchProps } from '../../../shared/search-props.ts'
import type { History } from '../model/history.ts'
import type { ShadowEditor } from '../model/shadow-editor.ts'
import type { ShadowSearch } from '../search.ts'
import { HistoryPanel } from './history-panel.tsx'

interface HistorySectionProps extends SearchProps<ShadowSearch> {
  readonly history: History
  readonly editor: ShadowEditor
  readonly whyNoRestore: string | undefined
}

/** What is folded away is not drawn at all: two hundred versions a second may be coming in. */
export const HistorySection = memo(function HistorySection(props: HistorySectionProps) {
  const { history, search, setSearch, editor, whyNoRestore } = props
  const [isExpanded, setExpanded] = useState(search.version !== undefined || search.compare !== undefined)
  const restore = (past: Shadow) => editor.dispatch({ type: 'restored', state: past.state, sections: ['desired'] })
  return (
    <ExpandableSection
      variant="container"
      headerText={`History of this session (${history.entries.length})`}
      expanded={isExpanded}
      onChange={({ detail }) => setExpanded(detail.expanded)}
    >
      {isExpanded && (
        <HistoryPanel
          history={history}
          version={search.version}
          compare={search.compare}
          onShow={(shown) => setSearch(shown, { replace: true })}
          onRestore={restore}
          whyNoRestore={whyNoRestore}
        />
      )}
    </ExpandableSection>
  )
})
