import Box from '@cloudscape-design/components/box'
import Button from '@cloudscape-design/components/button'
import CopyToClipboard from '@cloudscape-design/components/copy-to-clipboard'
import { visible } from '../../../shared/text/visible.tsx'

interface QueryLineProps {
  /** As AWS is asked, `*` for everything. */
  readonly query: string
  readonly onEdit: () => void
  /** It is being edited: there is nothing to show. */
  readonly isEdited: boolean
}

/** The query that the filter stands for, to be read, copied and edited. */
export function QueryLine({ query, onEdit, isEdited }: QueryLineProps) {
  return (
    <div className="td-query-line">
      <Box variant="span" color="text-body-secondary">
        Query
      </Box>
      {!isEdited && <code className="td-mono td-query">{visible(query)}</code>}
      <CopyToClipboard
        variant="icon"
        textToCopy={query}
        copyButtonAriaLabel="Copy query"
        copySuccessText="Copied"
        copyErrorText="It could not be copied"
      />
      {!isEdited && (
        <Button variant="inline-link" iconName="edit" onClick={onEdit}>
          Edit as text
        </Button>
      )}
    </div>
  )
}
